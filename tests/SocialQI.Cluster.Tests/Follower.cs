using System.Text.Json;
using SocialQI.Wire;

namespace SocialQI.Cluster.Tests;

/// <summary>Follows topics over a line and writes down each event that reaches it. Whenever the line is back, it goes on from the last number it has.</summary>
internal sealed class Follower
{
    private readonly string name;
    private readonly Line line;
    private readonly Recorder recorder;
    private readonly Stopwatches watches;
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> last;
    private readonly List<(string Topic, long Number, TaskCompletionSource Reached)> waiting = [];
    private readonly TaskCompletionSource<string> letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Follower(string name, Line line, Recorder recorder, Stopwatches watches, IEnumerable<TopicId> topics)
    {
        this.name = name;
        this.line = line;
        this.recorder = recorder;
        this.watches = watches;
        last = topics.ToDictionary(t => t.ToString(), _ => 0L);
        line.WentUp += () =>
        {
            foreach (var topic in last.Keys.ToList())
            {
                _ = Follow(topic);
            }
        };
        line.CatchUp += topic => _ = Follow(topic);
        line.Closed += LetGo;
        line.Events += Arrived;
    }

    public string Name => name;

    public bool Follows(TopicId topic) => last.ContainsKey(topic.ToString());

    /// <summary>When it has heard this event.</summary>
    public Task Reaches(TopicId topic, long number)
    {
        lock (gate)
        {
            if (last[topic.ToString()] >= number)
            {
                return Task.CompletedTask;
            }
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((topic.ToString(), number, reached));
            return reached.Task;
        }
    }

    /// <summary>The first topic that it may follow no more, once there is one.</summary>
    public Task<string> IsLetGo => letGo.Task;

    /// <summary>How far it has come.</summary>
    public long Last(TopicId topic)
    {
        lock (gate)
        {
            return last[topic.ToString()];
        }
    }

    private async Task Follow(string topic)
    {
        var hub = await line.Up();
        try
        {
            while (await line.Up() == hub)
            {
                var answer = await line.Ask<Answer>("Follow", topic, From(topic));
                if (answer is { Refusal: null or { Code: "not-there" } })
                {
                    return;
                }
                if (answer is null)
                {
                    // It may follow or not: what comes could not be told from what came. A new line begins anew.
                    await hub.StopAsync();
                    return;
                }
                await line.Pause();
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private void LetGo(string topic)
    {
        lock (gate)
        {
            recorder.Add(new LetGo(name, topic));
        }
        letGo.TrySetResult(topic);
    }

    private long From(string topic)
    {
        lock (gate)
        {
            recorder.Add(new Followed(name, topic, last[topic]));
            return last[topic];
        }
    }

    private void Arrived(string topic, JsonElement[] events)
    {
        lock (gate)
        {
            foreach (var it in events)
            {
                var number = it.GetProperty("n").GetInt64();
                recorder.Add(new Heard(name, topic, number, it.GetRawText()));
                watches.Heard(topic, number);
                last[topic] = number;
            }
            foreach (var it in waiting.Where(w => w.Topic == topic && w.Number <= last[topic]).ToList())
            {
                it.Reached.SetResult();
                waiting.Remove(it);
            }
        }
    }
}
