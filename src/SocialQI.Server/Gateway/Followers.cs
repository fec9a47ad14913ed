using System.Collections.Immutable;
using SocialQI.Grains.Topics;
using SocialQI.Server.Auditing;

namespace SocialQI.Server.Gateway;

/// <summary>Who follows a topic here, and who may. Used under a lock of its <see cref="TopicRelay"/>.</summary>
internal sealed class Followers(TopicId topic, Passports passports)
{
    private readonly Dictionary<string, Connection> connections = [];
    private volatile string[]? audience;
    private long audienceAt = -1;
    private long? idleSince = passports.Clock.GetTimestamp();

    /// <summary>The keys that open the topic; null when nobody has told yet.</summary>
    public string[]? Audience => audience;

    public bool IsEmpty => connections.Count == 0;

    /// <summary>True, and for good, once nobody has followed for so long.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Who is here, each person once.</summary>
    public PersonHere[] Here =>
        [.. connections.Values.Select(c => c.Person).Distinct().Select(p => new PersonHere(p.Value, passports.ActingOf(p)?.ToString()))];

    public bool TryRetire(TimeSpan idle) => IsRetired |= idleSince is { } since && passports.Clock.GetElapsedTime(since) > idle;

    public void Join(Connection connection) => (connections[connection.Id], idleSince) = (connection, null);

    /// <summary>False when it did not follow.</summary>
    public bool Leave(string connection)
    {
        var was = connections.Remove(connection);
        idleSince ??= IsEmpty ? passports.Clock.GetTimestamp() : null;
        return was;
    }

    /// <summary>
    /// From an event on these keys open the topic. The tail comes a second after the pipe, and answers overtake pushes: an older audience must neither
    /// shut out nor let in.
    /// </summary>
    public void Learn(IEnumerable<string> keys, long at, long head)
    {
        if (at >= audienceAt)
        {
            (audience, audienceAt) = ([.. keys], at);
            CloseThoseWhoMayNot(head);
        }
    }

    /// <summary>Queues events for everybody; whose queue is full is told to catch up.</summary>
    public void Send(byte[][] envelopes, long head)
    {
        if (envelopes.Length == 0 || IsEmpty)
        {
            return;
        }
        if (!passports.AreFresh)
        {
            SendToCatchUp([.. connections.Values], head);
            return;
        }
        var record = HubMessages.Events(topic, envelopes);
        ImmutableArray<Connection> slow = [.. connections.Values.Where(c => !c.TryEvents(topic, envelopes, record))];
        SendToCatchUp(slow, head);
        Telemetry.SlowReaders(slow.Length);
        Telemetry.Delivered(connections.Count * envelopes.Length);
        Telemetry.Lag(envelopes[^1], passports.Now);
    }

    public void Signal(byte[] signal)
    {
        var record = HubMessages.Signals(signal);
        foreach (var connection in connections.Values)
        {
            connection.Signal(topic, record);
        }
    }

    /// <summary>Whoever may follow no more is told to let go, and hears nothing of what still waited for them.</summary>
    public void CloseThoseWhoMayNot(long head)
    {
        var asked = connections.Values.ToLookup(c => passports.MaySee(c.Person, audience ?? []));
        foreach (var connection in asked[false])
        {
            Leave(connection.Id);
            connection.Drop(topic);
            connection.Viewings?.End(topic, Viewings.Closed);
            connection.Control(topic, HubMessages.Closed(topic));
        }
        // Of these nobody can say. They hear nothing more until they have asked again, but need not let go of what they have.
        SendToCatchUp([.. asked[null]], head);
    }

    // They leave until they follow again, from the last event that reached them.
    private void SendToCatchUp(ImmutableArray<Connection> behind, long head)
    {
        foreach (var connection in behind)
        {
            Leave(connection.Id);
            connection.Control(topic, HubMessages.CatchUp(topic, head));
        }
    }
}
