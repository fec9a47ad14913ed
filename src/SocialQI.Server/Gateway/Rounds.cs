using System.Collections.Concurrent;
using System.Collections.Immutable;
using SocialQI.Grains.FanOut;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>
/// The gateway of this process: who is connected, which topics they follow, what they may see. Everything in it can be lost: a client that comes back,
/// here or elsewhere, says from which number it goes on.
/// </summary>
public sealed partial class Rounds(Stores stores, IGrainFactory grains, Passports passports, ILogger<Rounds> log, TaskScheduler? scheduler = null) : IGatewayInbox
{
    /// <summary>How many connections of one person a gateway serves.</summary>
    public const int ConnectionsMax = 20;

    /// <summary>How many topics one client can have open.</summary>
    public const int OpenTopicsMax = 100;

    /// <summary>How many topics one client can watch.</summary>
    public const int WatchedMax = 1_000;

    private const int LeasesAtOnce = 64;
    private static readonly TimeSpan IdleRelayLives = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<TopicId, TopicRelay> relays = new();
    private readonly ConcurrentDictionary<string, Connection> connections = new();
    private IGatewayInbox? inbox;

    /// <summary>New for every start.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public Stores Stores => stores;

    public ITables Tables => stores.Default.Tables;

    public IGrainFactory Grains => grains;

    public Passports Passports => passports;

    /// <summary>On which what nobody waits for goes on.</summary>
    public TaskScheduler Scheduler { get; } = scheduler ?? TaskScheduler.Default;

    /// <summary>The reference by which silos in other processes reach this gateway. Kept here, for Orleans holds the object weakly.</summary>
    public IGatewayInbox Inbox => inbox ??= grains.CreateObjectReference<IGatewayInbox>(this);

    public IEnumerable<Connection> Connections => connections.Values;

    internal IEnumerable<TopicRelay> Relays => relays.Values;

    internal TopicRelay Relay(TopicId topic) => relays.GetOrAdd(topic, t => new TopicRelay(t, this));

    internal TopicRelay? FindRelay(TopicId topic) => relays.GetValueOrDefault(topic);

    /// <summary>Sends a client everything after a number, and from then on everything, in order and once.</summary>
    internal async Task<Answer> Follow(TopicId topic, Connection connection, long after, CancellationToken stop)
    {
        while (true)
        {
            var relay = Relay(topic);
            if (await relay.Follow(connection, after, stop) is { } answer)
            {
                return answer;
            }
            relays.TryRemove(KeyValuePair.Create(topic, relay));
        }
    }

    /// <summary>Whether somebody has as many connections here as one may.</summary>
    public bool IsFull(ClinicianId person) => connections.Values.Count(c => c.Person == person) >= ConnectionsMax;

    public void Add(Connection connection) => connections[connection.Id] = connection;

    public void Remove(Connection connection)
    {
        connections.TryRemove(connection.Id, out _);
        foreach (var relay in relays.Values)
        {
            relay.Leave(connection.Id);
        }
    }

    /// <summary>Ends a connection whose session does not last: not even what waits for it is written.</summary>
    public void End(Connection connection)
    {
        connection.Shut();
        Remove(connection);
    }

    public Task Deliver(Parcel[] parcels)
    {
        foreach (var parcel in parcels)
        {
            if (TopicId.TryParse(parcel.Topic, out var topic))
            {
                FindRelay(topic)?.Receive(parcel);
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>The keys that open a topic; asked of the table, so that a stranger's guess activates no grain.</summary>
    public ValueTask<ImmutableArray<string>> AudienceOf(TopicId topic, CancellationToken stop) => Tables.AudienceOf(topic, stop);

    /// <summary>Renews the leases of what is followed, lets go of what is not, and ends connections that take nothing.</summary>
    internal async Task Tend()
    {
        foreach (var slow in connections.Values.Where(c => Environment.TickCount64 - c.WritingSince > Connection.WriteMax.TotalMilliseconds))
        {
            slow.Abort();
        }
        // Several at once: calls to a silo that has just died wait for their time limit, and the leases of all other topics must not run out meanwhile.
        await Parallel.ForEachAsync(relays.Values, new ParallelOptions { MaxDegreeOfParallelism = LeasesAtOnce, TaskScheduler = Scheduler }, async (relay, _) => await Tend(relay));
    }

    private async Task Tend(TopicRelay relay)
    {
        if (relay.TryRetire(IdleRelayLives))
        {
            relays.TryRemove(KeyValuePair.Create(relay.Topic, relay));
            await Quietly(relay.Release(), relay.Topic);
        }
        else if (relay.IsFollowed)
        {
            await relay.LeaseQuietly();
        }
    }

    /// <summary>An outage is told to the operator without the words that came with it.</summary>
    internal void LogUnreached(TopicId topic, Exception e) => LogFailed(log, topic, e.GetType().Name);

    /// <summary>What may be lost.</summary>
    internal async Task Quietly(Task task, TopicId topic)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            LogUnreached(topic, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Topic} could not be reached ({Fault}); it is tried again.")]
    private static partial void LogFailed(ILogger log, TopicId topic, string fault);
}
