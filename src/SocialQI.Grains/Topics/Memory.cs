using SocialQI.Storage;

namespace SocialQI.Grains.Topics;

/// <summary>What a grain remembers of its topic: the state after the last durable event, and where the chain stands.</summary>
/// <param name="State">Folded from the journal.</param>
/// <param name="Hash">Of the last event.</param>
/// <param name="Last">When it happened.</param>
internal sealed record Memory<TState>(TState State, byte[] Hash, Moment Last);

/// <summary>Reads a topic: its snapshot, if the journal bears it out, and the events after it.</summary>
internal sealed class TopicReader<TState>(TopicId topic, ITopicRules<TState> rules, IJournal journal, Snapshots snapshots)
{
    private const int EventsAtOnce = 1_000;

    public async Task<Memory<TState>> Read(CancellationToken stop)
    {
        var memory = new Memory<TState>(rules.New(topic), Sealing.Start, default);
        if (await snapshots.Read(topic, journal.Epoch) is not { } snapshot)
        {
            return await ReadOn(memory, stop);
        }
        var events = await journal.Read(topic, snapshot.Number, EventsAtOnce, stop);
        if (events.Count == 0 || events[0].Number != snapshot.Number || !events[0].Hash.AsSpan().SequenceEqual(snapshot.Hash))
        {
            return await ReadOn(memory, stop);
        }
        var thawed = new Memory<TState>(rules.Thaw(topic, snapshot.State), snapshot.Hash, events[0].At);
        if (events.Any(e => e.Kind == "text-redacted"))
        {
            // The text must leave the disk here too: between the redaction and its clearing the process may have died.
            await snapshots.Clear(topic);
        }
        return await ReadOn(Fold(thawed, events.Skip(1)), stop);
    }

    /// <summary>Reads what came after what is remembered.</summary>
    public async Task<Memory<TState>> ReadOn(Memory<TState> memory, CancellationToken stop)
    {
        while (true)
        {
            var events = await journal.Read(topic, rules.NumberOf(memory.State) + 1, EventsAtOnce, stop);
            memory = Fold(memory, events);
            if (events.Count < EventsAtOnce)
            {
                return memory;
            }
        }
    }

    private Memory<TState> Fold(Memory<TState> memory, IEnumerable<StoredEvent> events) =>
        events.Aggregate(memory, (m, e) => new(rules.After(m.State, e.Decode()), e.Hash, e.At));
}
