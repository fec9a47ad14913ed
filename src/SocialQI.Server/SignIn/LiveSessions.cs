using System.Collections.Concurrent;
using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>
/// The sessions that this gateway has to do with. It hears of ends, wherever they came about, once a second with the tail; when that could not be read
/// for long, nothing is believed from memory any more.
/// </summary>
public sealed class LiveSessions(Stores stores, ServiceOptions options, TimeProvider clock)
{
    // What was done is kept at most so often: the end for doing nothing is about as exact as this.
    private static readonly TimeSpan KeptEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ForgottenEvery = TimeSpan.FromHours(1);

    // Whoever comes back within a day is told why they have to sign in.
    private static readonly TimeSpan ToldFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan FreshFor = Gateway.Passports.FreshFor;

    private readonly ConcurrentDictionary<Guid, Known> known = new();
    private long readAt = clock.GetTimestamp() - (10 * clock.TimestampFrequency);
    private long change = -1;
    private long forgottenAt = clock.GetTimestamp();

    private sealed class Known(Session session)
    {
        public Session Session { get; } = session;

        public long Seen = session.Seen.Micros;

        public long Kept = session.Seen.Micros;
    }

    private Moment Now => Moment.Of(clock.GetUtcNow());

    private Sessions Kept => stores.Default.Sessions;

    private bool IsFresh => clock.GetElapsedTime(Volatile.Read(ref readAt)) < FreshFor;

    /// <summary>Somebody who has proven who they are is signed in; null when they may not be, by these accounts.</summary>
    public async Task<Session?> Begin(ClinicianId person, InstitutionId? institution, string way, string agent, string origin, CancellationToken stop)
    {
        var session = new Session(Guid.NewGuid(), person, institution, way, Now, Now, agent[..Math.Min(agent.Length, Session.AgentLengthMax)], origin);
        return await Kept.Begin(session, stop) ? session : null;
    }

    /// <summary>A session that lasts; null when it has ended, or there never was one.</summary>
    public async ValueTask<Session?> Find(Guid id, CancellationToken stop)
    {
        if (IsFresh && known.TryGetValue(id, out var here) && !IsOver(here.Session with { Seen = new(Volatile.Read(ref here.Seen)) }, out _))
        {
            return here.Session;
        }
        // Somebody may have been active at another gateway.
        if (await Read(id, stop) is not { Ended: null } session)
        {
            return null;
        }
        if (IsOver(session, out var reason))
        {
            await End(new(Id: id, SeenUntil: reason == SessionEnd.Idle ? session.Seen : null), reason, stop);
            return null;
        }
        return session;
    }

    /// <summary>The sessions of a person that last, the last used first; not those that are over, though nobody has looked since.</summary>
    public async Task<IReadOnlyList<Session>> Of(ClinicianId person, CancellationToken stop) => [.. (await Kept.Of(person, stop)).Where(s => !IsOver(s, out _))];

    /// <summary>Why a session ended; null while it lasts, or where there is none.</summary>
    public async Task<SessionEnd?> WhyEnded(Guid id, CancellationToken stop) => (await Kept.Find(id, stop)).Session?.Reason;

    /// <summary>The person did something.</summary>
    public void Active(Guid id)
    {
        if (known.TryGetValue(id, out var here))
        {
            Volatile.Write(ref here.Seen, Now.Micros);
        }
    }

    /// <summary>Tells the other gateways who did something, off the way of any request; forgets what is long over.</summary>
    public async Task Keep(CancellationToken stop)
    {
        foreach (var (id, here) in known)
        {
            var seen = Volatile.Read(ref here.Seen);
            if (new Moment(seen) - new Moment(here.Kept) >= KeptEvery)
            {
                await Kept.Seen(id, new(seen), stop);
                here.Kept = seen;
            }
            if (Now - new Moment(seen) > options.IdleAfter)
            {
                // It is read again when it is used.
                known.TryRemove(id, out _);
            }
        }
        if (clock.GetElapsedTime(forgottenAt) > ForgottenEvery)
        {
            forgottenAt = clock.GetTimestamp();
            await Kept.Forget(Now + -(options.SessionLasts + ToldFor), stop);
        }
    }

    /// <summary>Ends sessions, here at once and at the other gateways within a second or two.</summary>
    public async Task<int> End(SessionsEnding which, SessionEnd reason, CancellationToken stop)
    {
        var ended = await Kept.End(which, reason, stop);
        await ReadEnds(stop);
        return ended;
    }

    /// <summary>Closes or opens somebody's way in by an institution's accounts.</summary>
    public async Task<bool> SetSignIn(ClinicianId person, InstitutionId institution, bool isClosed, ClinicianId by, CancellationToken stop)
    {
        var changed = await Kept.SetSignIn(person, institution, isClosed, by, stop);
        await ReadEnds(stop);
        return changed;
    }

    /// <summary>Hears of the ends since the last time.</summary>
    public async Task ReadEnds(CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        var ended = await Kept.EndedAfter(Volatile.Read(ref change), stop);
        foreach (var id in ended.Ids)
        {
            known.TryRemove(id, out _);
        }
        if (ended.Change < Volatile.Read(ref change))
        {
            // The database was put back to an earlier time: nothing that is remembered counts.
            known.Clear();
        }
        Volatile.Write(ref change, ended.Change);
        Volatile.Write(ref readAt, since);
    }

    private async Task<Session?> Read(Guid id, CancellationToken stop)
    {
        while (true)
        {
            var read = await Kept.Find(id, stop);
            if (read.Session is not { Ended: null } session)
            {
                known.TryRemove(id, out _);
                return read.Session;
            }
            var here = known.AddOrUpdate(id, _ => new(session), (_, before) =>
            {
                Volatile.Write(ref before.Seen, Math.Max(Volatile.Read(ref before.Seen), session.Seen.Micros));
                return before;
            });
            // While it was read, its end may have been heard of, and not found here to be taken away.
            if (read.Change >= Volatile.Read(ref change))
            {
                return session with { Seen = new(Volatile.Read(ref here.Seen)) };
            }
        }
    }

    private bool IsOver(Session session, out SessionEnd reason)
    {
        var isOld = Now - session.Begun >= options.SessionLasts;
        reason = isOld ? SessionEnd.TooOld : SessionEnd.Idle;
        return isOld || Now - session.Seen >= options.IdleAfter;
    }
}
