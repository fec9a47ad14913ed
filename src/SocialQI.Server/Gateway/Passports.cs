using System.Collections.Concurrent;
using SocialQI.Storage;

namespace SocialQI.Server.Gateway;

/// <summary>
/// A passport for each person connected here, read again when the tail says that it changed. When the tail could not be read for
/// <see cref="FreshFor"/>, there is no passport: nothing is delivered and nothing decided.
/// </summary>
public sealed class Passports(Stores stores, TimeProvider clock)
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ClinicianId, Passport> known = new();
    private long readAt = clock.GetTimestamp();
    private long tail;

    /// <summary>Whether the tail was read lately.</summary>
    public bool AreFresh => clock.GetElapsedTime(Volatile.Read(ref readAt)) < FreshFor;

    /// <summary>By which this gateway tells the time.</summary>
    public TimeProvider Clock => clock;

    public Moment Now => Moment.Of(clock.GetUtcNow());

    /// <summary>The passport of a person; null when it cannot be vouched for at the moment.</summary>
    public async ValueTask<Passport?> Of(ClinicianId person, CancellationToken stop)
    {
        if (!AreFresh)
        {
            return null;
        }
        return known.TryGetValue(person, out var passport) ? passport : await Read(person, stop);
    }

    /// <summary>Whether a connected person may follow a topic with this audience; null when nobody can say at the moment.</summary>
    public bool? MaySee(ClinicianId person, IReadOnlyCollection<string> audience) =>
        AreFresh && known.TryGetValue(person, out var passport) ? Access.MaySee(passport, audience, Now) : null;

    /// <summary>The institution a connected person acts for.</summary>
    public InstitutionId? ActingOf(ClinicianId person) => known.TryGetValue(person, out var passport) ? passport.ActingAt(Now) : null;

    /// <summary>Reads a person's passport again.</summary>
    public async Task<Passport> Read(ClinicianId person, CancellationToken stop)
    {
        while (true)
        {
            var passport = await stores.Default.Tables.Passport(person, stop);
            passport = known.AddOrUpdate(person, passport, (_, before) => before.Position > passport.Position ? before : passport);
            // While it was read, the tail may have passed what it lacks, and not found it here to be read again.
            if (passport.Position >= Volatile.Read(ref tail))
            {
                return passport;
            }
        }
    }

    /// <summary>Reads all passports again that depend on one of these keys' holders, of whom the tail tells up to a position.</summary>
    public async Task ReadAgain(IReadOnlySet<string> holders, long position, CancellationToken stop)
    {
        Volatile.Write(ref tail, position);
        var now = Now;
        foreach (var (person, passport) in known)
        {
            if (holders.Contains(Audience.Person(person)) || (passport.ActingAt(now) is { } acting && holders.Contains(Audience.Institution(acting))))
            {
                await Read(person, stop);
            }
        }
    }

    /// <summary>Lets go of people who are not connected.</summary>
    public void KeepOnly(IReadOnlySet<ClinicianId> connected)
    {
        foreach (var person in known.Keys.Where(p => !connected.Contains(p)))
        {
            known.TryRemove(person, out _);
        }
    }

    /// <summary>The tail was read to its end just now.</summary>
    public void TailWasRead() => Volatile.Write(ref readAt, clock.GetTimestamp());
}
