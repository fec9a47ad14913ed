using System.Collections.Immutable;
using SocialQI.Storage;

namespace SocialQI.Grains.Topics;

/// <summary>What a grain remembers of its topic: the state after the last durable event, and where the chain stands.</summary>
/// <param name="State">Folded from the journal.</param>
/// <param name="Hash">Of the last event.</param>
/// <param name="Last">When it happened.</param>
/// <param name="Redaction">The last event that destroyed a text, of those read; 0 when there was none.</param>
/// <param name="Restoration">The last event that brought a hidden text back, of those read; 0 when there was none.</param>
internal sealed record Memory<TState>(TState State, byte[] Hash, Moment Last, long Redaction = 0, long Restoration = 0);

/// <summary>Reads a topic: its snapshot, if the journal bears it out, and the events after it. Keeps the snapshot from which the next activation begins.</summary>
internal sealed class TopicReader<TState>(TopicId topic, ITopicRules<TState> rules, Store store, Snapshots snapshots)
{
    /// <summary>After so many events a snapshot is taken.</summary>
    public const int EventsBetweenSnapshots = 200;

    /// <summary>At the end of an activation so many are worth one.</summary>
    public const int EventsWorthASnapshot = 50;

    private const int EventsAtOnce = 1_000;

    private long snapshotAt;

    public async Task<Memory<TState>> Read(CancellationToken stop)
    {
        var fresh = Nothing;
        if (await snapshots.Read(topic, store.Journal.Epoch) is not { } snapshot)
        {
            return await ReadOn(fresh, stop);
        }
        var events = await store.Journal.Read(topic, snapshot.Number, EventsAtOnce, stop);
        if (events.Count == 0 || events[0].Number != snapshot.Number || !events[0].Hash.AsSpan().SequenceEqual(snapshot.Hash) || Thaw(snapshot) is not { } state)
        {
            return await ReadOn(fresh, stop);
        }
        var memory = await ReadOn(Fold(new(state, snapshot.Hash, events[0].At), events.Skip(1)), stop);
        if (memory.Restoration > snapshot.Number)
        {
            // What it brought back the snapshot may have lacked.
            return await ReadOn(Nothing, stop);
        }
        snapshotAt = snapshot.Number;
        if (memory.Redaction > 0)
        {
            // Between the redaction and its clearing the process may have died.
            await Forget();
        }
        return memory;
    }

    private Memory<TState> Nothing => new(rules.New(topic), Sealing.Start, default);

    /// <summary>Reads the topic from its first event, whatever is remembered: a text that was hidden has come back.</summary>
    public Task<Memory<TState>> ReadAfresh() => ReadOn(Nothing, CancellationToken.None);

    /// <summary>Reads what came after what is remembered; all of it where something hidden came back meanwhile, for what is remembered lacks it.</summary>
    public async Task<Memory<TState>> CatchUp(Memory<TState> memory)
    {
        var number = rules.NumberOf(memory.State);
        var next = await ReadOn(memory, CancellationToken.None);
        return next.Restoration > number ? await ReadAfresh() : next;
    }

    /// <summary>Reads what came after what is remembered.</summary>
    public async Task<Memory<TState>> ReadOn(Memory<TState> memory, CancellationToken stop)
    {
        while (true)
        {
            var events = await store.Journal.Read(topic, rules.NumberOf(memory.State) + 1, EventsAtOnce, stop);
            memory = Fold(memory, events);
            if (events.Count < EventsAtOnce)
            {
                return memory;
            }
        }
    }

    /// <summary>The keys that open what the topic belongs to; default when it belongs to none.</summary>
    public async ValueTask<ImmutableArray<string>> OwnersAudience(TState state) =>
        rules.OwnerOf(state) is { } owner ? [.. await store.Tables.AudienceOf(owner, CancellationToken.None)] : default;

    /// <summary>Keeps a snapshot when at least so many events came since the last one.</summary>
    public async Task Keep(Memory<TState> memory, int events)
    {
        var number = rules.NumberOf(memory.State);
        if (number - snapshotAt < events)
        {
            return;
        }
        snapshotAt = number;
        await snapshots.Write(topic, new Snapshot(store.Journal.Epoch, number, memory.Hash, rules.Freeze(memory.State)));
        // A text redacted meanwhile, here or by another activation, may have been cleared before this was written.
        if (await IsRedactedAfter(memory))
        {
            await Forget();
        }
    }

    /// <summary>
    /// Whether the journal's events up to a snapshot's number fold to it. One that a text was redacted in or brought back after is believed no more, and right so.
    /// </summary>
    public async Task<bool> Bears(Snapshot snapshot)
    {
        var memory = Nothing;
        while (rules.NumberOf(memory.State) < snapshot.Number)
        {
            var missing = (int)Math.Min(EventsAtOnce, snapshot.Number - rules.NumberOf(memory.State));
            var events = await store.Journal.Read(topic, rules.NumberOf(memory.State) + 1, missing, CancellationToken.None);
            if (events.Count == 0)
            {
                return false;
            }
            memory = Fold(memory, events);
        }
        if (memory.Hash.AsSpan().SequenceEqual(snapshot.Hash) && rules.Freeze(memory.State).AsSpan().SequenceEqual(snapshot.State.Span))
        {
            return true;
        }
        var since = await ReadOn(memory, CancellationToken.None);
        return Math.Max(since.Redaction, since.Restoration) > snapshot.Number;
    }

    /// <summary>Destroys the snapshot: a text was redacted. The next is taken as soon as it is worth it.</summary>
    public async Task Forget()
    {
        snapshotAt = 0;
        await snapshots.Clear(topic);
        await store.ScrubOrleans();
    }

    private async Task<bool> IsRedactedAfter(Memory<TState> memory)
    {
        try
        {
            return (await ReadOn(memory, CancellationToken.None)).Redaction > rules.NumberOf(memory.State);
        }
        catch (Exception)
        {
            // A snapshot of which this is not known is not worth its risk.
            return true;
        }
    }

    // Snapshots are disposable: one that cannot be read must not keep its topic from waking.
    private TState? Thaw(Snapshot snapshot)
    {
        try
        {
            return rules.Thaw(topic, snapshot.State.Span);
        }
        catch (Exception)
        {
            return default;
        }
    }

    private Memory<TState> Fold(Memory<TState> memory, IEnumerable<StoredEvent> events) => events.Aggregate(memory, (m, e) =>
        new(
            rules.After(m.State, e.Decode()), e.Hash, e.At,
            e.Kind == "text-redacted" ? e.Number : m.Redaction, e.Kind == "contribution-restored" ? e.Number : m.Restoration));
}
