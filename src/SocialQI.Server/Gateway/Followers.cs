using SocialQI.Grains.Topics;
using SocialQI.Server.Auditing;

namespace SocialQI.Server.Gateway;

/// <summary>Who follows a topic here, and who may. Used under a lock of its <see cref="TopicRelay"/>.</summary>
internal sealed class Followers(TopicId topic, Passports passports)
{
    // What else is to be done in the process waits no longer than for so many.
    private const int SomeMax = 64;

    private readonly Dictionary<string, Seat> seats = [];
    private Seat[]? all;
    private Sending? sending;
    private volatile string[]? audience;
    private long audienceAt = -1;
    private long? idleSince = passports.Clock.GetTimestamp();

    /// <summary>The keys that open the topic; null when nobody has told yet.</summary>
    public string[]? Audience => audience;

    public bool IsEmpty => seats.Count == 0;

    /// <summary>Whether events are on their way that not everybody has been sent.</summary>
    public bool IsSending => sending is not null;

    private Seat[] All => all ??= [.. seats.Values];

    /// <summary>True, and for good, once nobody has followed for so long.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Who is here, each person once.</summary>
    public PersonHere[] Here =>
        [.. seats.Values.Select(s => s.Connection.Person).Distinct().Select(p => new PersonHere(p.Value, passports.ActingOf(p)?.ToString()))];

    public bool TryRetire(TimeSpan idle) => IsRetired |= idleSince is { } since && passports.Clock.GetElapsedTime(since) > idle;

    /// <summary>From now on it hears what comes after a number: up to there it has been given everything.</summary>
    public void Join(Connection connection, long number)
    {
        Leave(connection.Id);
        (seats[connection.Id], all, idleSince) = (new(connection, number), null, null);
    }

    /// <summary>False when it did not follow.</summary>
    public bool Leave(string connection)
    {
        if (!seats.Remove(connection, out var seat))
        {
            return false;
        }
        (seat.HasLeft, all) = (true, null);
        idleSince ??= IsEmpty ? passports.Clock.GetTimestamp() : null;
        return true;
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

    /// <summary>Begins to send events to everybody; goes on with <see cref="SendSome"/>, until <see cref="IsSending"/> is over.</summary>
    /// <param name="envelopes">In order.</param>
    /// <param name="last">The number of the last.</param>
    public void Send(byte[][] envelopes, long last) =>
        sending = envelopes.Length > 0 && !IsEmpty ? new(envelopes, last, HubMessages.Events(topic, envelopes), All) : null;

    /// <summary>Sends what is on its way to the next few; whose queue is full is told to catch up.</summary>
    public void SendSome(long head)
    {
        if (sending is not { } it)
        {
            return;
        }
        var (fresh, end) = (passports.AreFresh, Math.Min(it.To.Length, it.Next + SomeMax));
        var slow = new List<Connection>();
        for (; it.Next < end; it.Next++)
        {
            if (it.To[it.Next] is { HasLeft: false } seat && seat.Number < it.Last && !(fresh && TryTell(seat, it)))
            {
                slow.Add(seat.Connection);
            }
        }
        SendToCatchUp(slow, head);
        Telemetry.SlowReaders(fresh ? slow.Count : 0);
        if (it.Next == it.To.Length)
        {
            sending = null;
            Telemetry.Delivered(it.To.Length * it.Envelopes.Length);
            Telemetry.Lag(it.Envelopes[^1], passports.Now);
        }
    }

    // Who came while it was on its way has some of it already.
    private bool TryTell(Seat seat, Sending it)
    {
        var has = (int)Math.Max(0, seat.Number - (it.Last - it.Envelopes.Length));
        return has == 0 ? seat.Connection.TryEvents(topic, it.Envelopes, it.Record)
            : seat.Connection.TryEvents(topic, it.Envelopes[has..], HubMessages.Events(topic, it.Envelopes[has..]));
    }

    public void Signal(byte[] signal)
    {
        var record = HubMessages.Signals(signal);
        foreach (var seat in seats.Values)
        {
            seat.Connection.Signal(topic, record);
        }
    }

    /// <summary>Whoever may follow no more is told to let go, and hears nothing of what still waited for them.</summary>
    public void CloseThoseWhoMayNot(long head)
    {
        var asked = seats.Values.Select(s => s.Connection).ToLookup(c => passports.MaySee(c.Person, audience ?? []));
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
    private void SendToCatchUp(List<Connection> behind, long head)
    {
        foreach (var connection in behind)
        {
            Leave(connection.Id);
            connection.Control(topic, HubMessages.CatchUp(topic, head));
        }
    }

    // Who follows, and up to which number it was given everything when it came.
    private sealed class Seat(Connection connection, long number)
    {
        public Connection Connection => connection;

        public long Number => number;

        public bool HasLeft { get; set; }
    }

    private sealed record Sending(byte[][] Envelopes, long Last, HubRecord Record, Seat[] To)
    {
        public int Next { get; set; }
    }
}
