using System.Collections.Concurrent;
using Orleans.Storage;

namespace SocialQI.Grains.Tests;

/// <summary>Orleans' storage of snapshots, in which calls wait when a test asks, and which tells when they were done.</summary>
internal sealed class SnapshotStorage(IGrainStorage real) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string What, string Topic), ConcurrentQueue<Func<Task>>> before = new();
    private readonly ConcurrentDictionary<(string What, string Topic), ConcurrentQueue<TaskCompletionSource>> after = new();

    /// <summary>The next write of this topic's snapshot waits until it is let go.</summary>
    public Hang HoldsWrite(TopicId topic) => Holds("write", topic);

    /// <summary>The next reading waits; whoever writes reads before.</summary>
    public Hang HoldsRead(TopicId topic) => Holds("read", topic);

    /// <summary>The next clearing waits.</summary>
    public Hang HoldsClear(TopicId topic) => Holds("clear", topic);

    public void FailsToClear(TopicId topic) => Plan("clear", topic, () => throw new IOException("The storage does not answer."));

    /// <summary>Ends after the next write of this topic's snapshot.</summary>
    public Task Written(TopicId topic) => Done("write", topic);

    public Task Cleared(TopicId topic) => Done("clear", topic);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Run("read", grainId, () => real.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Run("write", grainId, () => real.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Run("clear", grainId, () => real.ClearStateAsync(stateName, grainId, grainState));

    private Hang Holds(string what, TopicId topic)
    {
        var hang = new Hang();
        Plan(what, topic, hang.Meet);
        return hang;
    }

    private void Plan(string what, TopicId topic, Func<Task> mishap) => before.GetOrAdd((what, topic.ToString()), _ => new()).Enqueue(mishap);

    private Task Done(string what, TopicId topic)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        after.GetOrAdd((what, topic.ToString()), _ => new()).Enqueue(done);
        return done.Task;
    }

    private async Task Run(string what, GrainId id, Func<Task> call)
    {
        var key = (what, id.Key.ToString()!);
        if (before.TryGetValue(key, out var planned) && planned.TryDequeue(out var mishap))
        {
            await mishap();
        }
        await call();
        if (after.TryGetValue(key, out var waiting))
        {
            while (waiting.TryDequeue(out var done))
            {
                done.TrySetResult();
            }
        }
    }
}
