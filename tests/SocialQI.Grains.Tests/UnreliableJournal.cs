using System.Collections.Concurrent;
using SocialQI.Storage;

namespace SocialQI.Grains.Tests;

/// <summary>A journal on a disk, in front of which calls fail, hang or lose their answers as a test asks, topic by topic.</summary>
internal sealed class UnreliableJournal(IJournal real) : IJournal
{
    private readonly ConcurrentDictionary<TopicId, Trouble> troubles = new();
    private readonly Lock gate = new();
    private readonly List<(long Position, TaskCompletionSource Reached)> awaited = [];

    public string Epoch => real.Epoch;

    /// <summary>What is on the disk, whatever goes wrong in front of it.</summary>
    public IJournal Real => real;

    /// <summary>What goes wrong with the tail.</summary>
    public Trouble OfTail => Of(default);

    public Trouble Of(TopicId topic) => troubles.GetOrAdd(topic, _ => new());

    /// <summary>Ends when somebody who reads the tail has come to this position and asks for more.</summary>
    public Task TailReadThrough(long position)
    {
        lock (gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited.Add((position, reached));
            return reached.Task;
        }
    }

    public async ValueTask<AppendOutcome> Append(Append append)
    {
        var trouble = Of(append.Topic);
        trouble.Note(append);
        if (await trouble.Meet(Step.BeforeCommit) is { } instead)
        {
            return instead;
        }
        var outcome = await real.Append(append);
        return await trouble.Meet(Step.AfterCommit) ?? outcome;
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> Read(TopicId topic, long from, int max, CancellationToken stop)
    {
        var trouble = Of(topic);
        trouble.NoteRead(from);
        await trouble.Meet(Step.Read);
        var events = await real.Read(topic, from, max, stop);
        await trouble.Meet(Step.AfterRead);
        return events;
    }

    public ValueTask<PageEvents> ReadPage(TopicId topic, long before, int contributions, CancellationToken stop) =>
        real.ReadPage(topic, before, contributions, stop);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBy(TopicId topic, ClinicianId actor, string kind, int max, CancellationToken stop) => real.ReadBy(topic, actor, kind, max, stop);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadHidden(TopicId topic, long number, CancellationToken stop) => real.ReadHidden(topic, number, stop);

    public async ValueTask<TopicHeadRow?> Head(TopicId topic, CancellationToken stop)
    {
        await Of(topic).Meet(Step.Head);
        return await real.Head(topic, stop);
    }

    public async ValueTask<DoneCommand?> Done(TopicId topic, Guid command, CancellationToken stop)
    {
        await Of(topic).Meet(Step.Done);
        return await real.Done(topic, command, stop);
    }

    public async ValueTask<IReadOnlyList<DoneCommand>> DoneLately(TopicId topic, int max, CancellationToken stop)
    {
        await Of(topic).Meet(Step.Done);
        return await real.DoneLately(topic, max, stop);
    }

    public async ValueTask<IReadOnlyList<TailEvent>> Tail(long after, int max, CancellationToken stop)
    {
        lock (gate)
        {
            foreach (var reached in awaited.Where(a => a.Position <= after).ToList())
            {
                awaited.Remove(reached);
                reached.Reached.SetResult();
            }
        }
        await OfTail.Meet(Step.Tail);
        return await real.Tail(after, max, stop);
    }

    public ValueTask<long> Position(CancellationToken stop) => real.Position(stop);

    public ValueTask DisposeAsync() => real.DisposeAsync();
}
