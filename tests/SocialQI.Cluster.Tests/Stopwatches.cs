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
    private readonly List<(TopicId Topic, long At)> answers = [];
    private readonly List<(TopicId Topic, string Code, long At)> outages = [];
    private readonly List<(TopicId Topic, long Since, TaskCompletionSource Answered)> waiting = [];
    private readonly List<(string Code, TaskCompletionSource Said)> codes = [];

    public void Outage(TopicId topic, string code)
    {
        lock (gate)
        {
            outages.Add((topic, code, Stopwatch.GetTimestamp()));
            foreach (var it in codes.Where(c => c.Code == code).ToList())
            {
                it.Said.SetResult();
                codes.Remove(it);
            }
        }
    }

    /// <param name="topic">Which.</param>
    /// <param name="asked">When it was asked for the first time.</param>
    public void Acknowledged(TopicId topic, long asked)
    {
        lock (gate)
        {
            answers.Add((topic, Stopwatch.GetTimestamp()));
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
}
