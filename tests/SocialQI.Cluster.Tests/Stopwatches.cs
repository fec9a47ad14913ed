using System.Diagnostics;

namespace SocialQI.Cluster.Tests;

/// <summary>What an outage was to a topic.</summary>
/// <param name="Topic">Which.</param>
/// <param name="WasHit">Whether the outcome of a command to it was unknown meanwhile.</param>
/// <param name="Silence">The longest time in which it acknowledged nothing.</param>
public sealed record Recovery(TopicId Topic, bool WasHit, TimeSpan Silence);

/// <summary>When commands were answered, and when an outage was said, by topic.</summary>
internal sealed class Stopwatches
{
    private const string Unknown = "outcome-unknown";

    private readonly Lock gate = new();
    private readonly List<(TopicId Topic, long Number, long Asked, long At, bool IsSmooth)> answers = [];
    private readonly List<(string Topic, long Number, long At)> heard = [];
    private readonly List<(TopicId Topic, string Code, long At)> outages = [];
    private readonly List<(TopicId Topic, long Since, TaskCompletionSource Answered)> waiting = [];
    private readonly List<(string Code, TaskCompletionSource Said)> codes = [];

    public void Outage(TopicId topic, string code)
    {
        lock (gate)
        {
            Failed++;
            outages.Add((topic, code, Stopwatch.GetTimestamp()));
            foreach (var it in codes.Where(c => c.Code == code).ToList())
            {
                it.Said.SetResult();
                codes.Remove(it);
            }
        }
    }

    /// <summary>The longest that anybody waited for an answer of any kind.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>How many questions had no answer, or one that says that the outcome is not known.</summary>
    public int Failed { get; private set; }

    /// <summary>A single question has its answer, or the connection was lost over it.</summary>
    public void Answered(bool isThere, long asked)
    {
        lock (gate)
        {
            var waited = Stopwatch.GetElapsedTime(asked);
            Failed += isThere ? 0 : 1;
            LongestWait = isThere && waited > LongestWait ? waited : LongestWait;
        }
    }

    /// <summary>An event reached a follower.</summary>
    public void Heard(string topic, long number)
    {
        lock (gate)
        {
            heard.Add((topic, number, Stopwatch.GetTimestamp()));
        }
    }

    /// <param name="topic">Which.</param>
    /// <param name="number">Of its event.</param>
    /// <param name="asked">When it was asked for the first time.</param>
    /// <param name="isSmooth">Whether its writer's connection held all the while.</param>
    public void Acknowledged(TopicId topic, long number, long asked, bool isSmooth)
    {
        lock (gate)
        {
            answers.Add((topic, number, asked, Stopwatch.GetTimestamp(), isSmooth));
            foreach (var it in waiting.Where(w => w.Topic == topic && w.Since <= asked).ToList())
            {
                it.Answered.SetResult();
                waiting.Remove(it);
            }
        }
    }

    /// <summary>When an outage is said with this code, from now on.</summary>
    public Task Says(string code)
    {
        lock (gate)
        {
            var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            codes.Add((code, said));
            return said.Task;
        }
    }

    /// <summary>When a topic has acknowledged a command that is asked from now on: one that was on its way already proves nothing.</summary>
    public Task Next(TopicId topic)
    {
        lock (gate)
        {
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((topic, Stopwatch.GetTimestamp(), answered));
            return answered.Task;
        }
    }

    /// <summary>What an outage that began at a moment was to each topic.</summary>
    public IReadOnlyList<Recovery> Since(long moment)
    {
        lock (gate)
        {
            return
            [
                .. from answer in answers
                   where answer.At >= moment
                   group answer.At by answer.Topic into topic
                   let hit = outages.Any(o => o.Topic == topic.Key && o.Code == Unknown && o.At >= moment && o.At <= topic.Last())
                   select new Recovery(topic.Key, hit, topic.Prepend(moment).Zip(topic, Stopwatch.GetElapsedTime).Max()),
            ];
        }
    }

    /// <summary>How long each command took from a moment on, first asked to acknowledged, in topics that nothing hit, over connections that held.</summary>
    public IReadOnlyList<TimeSpan> Untouched(long moment)
    {
        lock (gate)
        {
            var hit = outages.Where(o => o.At >= moment && o.Code == Unknown).Select(o => o.Topic).ToHashSet();
            return [.. answers.Where(a => a.Asked >= moment && a.IsSmooth && !hit.Contains(a.Topic)).Select(a => Stopwatch.GetElapsedTime(a.Asked, a.At))];
        }
    }

    /// <summary>How long each delivery took of what was asked between two moments, from the asking to a follower.</summary>
    public IReadOnlyList<TimeSpan> Deliveries(long from, long to)
    {
        lock (gate)
        {
            var asked = answers.Where(a => a.Asked >= from && a.Asked < to).ToDictionary(a => (a.Topic.ToString(), a.Number), a => a.Asked);
            return [.. heard.Where(h => asked.ContainsKey((h.Topic, h.Number))).Select(h => Stopwatch.GetElapsedTime(asked[(h.Topic, h.Number)], h.At))];
        }
    }
}
