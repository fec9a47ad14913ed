using SocialQI.Grains.FanOut;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>Where this gateway stands in the store's tail: what it reads on goes to the relays, the passports and whoever watches heads, at a cost per event.</summary>
internal sealed class TailReading(Rounds rounds)
{
    private const int EventsAtOnce = 1_000;

    private readonly Dictionary<TopicId, TopicHead> moved = [];
    private long position;
    private bool isPlaced;

    /// <summary>Reads to the end of the tail.</summary>
    public async Task ReadOn(CancellationToken stop)
    {
        // From now on is enough: whoever follows says from which number.
        position = isPlaced ? position : await rounds.Stores.Default.Journal.Position(stop);
        isPlaced = true;
        IReadOnlyList<TailEvent> events;
        do
        {
            events = await rounds.Stores.Default.Journal.Tail(position, EventsAtOnce, stop);
            await Take(events, stop);
            position = events.Count > 0 ? events[^1].Position : position;
        }
        while (events.Count == EventsAtOnce);
    }

    /// <summary>Asks of everybody again whether they may follow. Also without news: an affiliation may have reached its end.</summary>
    public void AskAgain()
    {
        foreach (var relay in rounds.Relays)
        {
            relay.AskAgain();
        }
    }

    private async Task Take(IReadOnlyList<TailEvent> events, CancellationToken stop)
    {
        var holders = new HashSet<string>();
        foreach (var tail in events)
        {
            var rows = StoreRows.Of(tail.Topic, tail.Event.Decode());
            holders.UnionWith(rows.Passports.Select(p => p.Holder));
            moved[tail.Topic] = new(tail.Topic, tail.Event.Number, tail.Contributions);
            rounds.FindRelay(tail.Topic)?.Receive(
                new Parcel(tail.Topic.ToString(), tail.Event.Number, [tail.Event.HandedOut()], rows.Audience.IsDefault ? null : [.. rows.Audience], null));
        }
        if (holders.Count > 0)
        {
            await rounds.Passports.ReadAgain(holders, events[^1].Position, stop);
        }
    }

    /// <summary>Sends the heads that have moved to whoever watches them.</summary>
    public async Task SendHeads(CancellationToken stop)
    {
        foreach (var connection in rounds.Connections)
        {
            var watched = moved.Keys.Where(connection.Watched.Contains).ToList();
            if (watched.Count > 0 && await rounds.Passports.Of(connection.Person, stop) is { } passport
                && await rounds.Tables.Heads(new(connection.Person, [.. passport.KeysAt(rounds.Passports.Now)]), watched, stop) is { Count: > 0 } heads)
            {
                connection.Signal(default, HubMessages.Heads(heads));
            }
        }
        moved.Clear();
    }
}
