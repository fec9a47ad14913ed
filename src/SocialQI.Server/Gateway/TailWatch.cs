using SocialQI.Grains.FanOut;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>
/// Reads the store's tail once a second: heals lost pushes, carries revocations, and feeds the heads of what is watched but not open, at a cost per
/// event, not per topic followed.
/// </summary>
internal sealed partial class TailWatch(Rounds rounds, LiveSessions sessions, TimeProvider clock, ILogger<TailWatch> log) : BackgroundService
{
    private const int EventsAtOnce = 1_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<TopicId, TopicHead> moved = [];
    private long position;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        var isPlaced = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // From now on is enough: whoever follows says from which number.
                position = isPlaced ? position : await rounds.Stores.Default.Journal.Position(stoppingToken);
                isPlaced = true;
                await ReadOn(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e.GetType().Name);
            }
        }
    }

    private async Task ReadOn(CancellationToken stop)
    {
        IReadOnlyList<TailEvent> events;
        do
        {
            events = await rounds.Stores.Default.Journal.Tail(position, EventsAtOnce, stop);
            await Take(events, stop);
            position = events.Count > 0 ? events[^1].Position : position;
        }
        while (events.Count == EventsAtOnce);
        await sessions.ReadEnds(stop);
        rounds.Passports.TailWasRead();
        await EndSessions(stop);
        // Also without news: an affiliation may have reached its end. After the line above, for without fresh passports nobody may see anything.
        foreach (var relay in rounds.Relays)
        {
            relay.AskAgain();
        }
        await SendHeads(stop);
    }

    // Also without news: a session may have become too old, or nothing was done in it for too long.
    private async Task EndSessions(CancellationToken stop)
    {
        foreach (var connection in rounds.Connections)
        {
            if (await sessions.Find(connection.Session, stop) is null)
            {
                rounds.End(connection);
            }
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
                new Parcel(tail.Topic.ToString(), tail.Event.Number, [tail.Event.Encode()], rows.Audience.IsDefault ? null : [.. rows.Audience], null));
        }
        if (holders.Count > 0)
        {
            await rounds.Passports.ReadAgain(holders, events[^1].Position, stop);
        }
    }

    private async Task SendHeads(CancellationToken stop)
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

    [LoggerMessage(LogLevel.Error, "The tail could not be read ({Fault}); nothing is delivered until it can.")]
    private static partial void LogFailed(ILogger log, string fault);
}
