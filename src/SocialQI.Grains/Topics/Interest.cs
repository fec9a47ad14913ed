using System.Collections.Immutable;
using SocialQI.Grains.FanOut;
using SocialQI.Wire;

namespace SocialQI.Grains.Topics;

/// <summary>Which gateways follow a topic, and who is there: leases that end by themselves when a gateway dies.</summary>
internal sealed class Interest(TopicId topic, Pipes pipes, TimeProvider clock)
{
    private readonly Dictionary<Guid, Held> leases = [];
    private readonly Dictionary<Guid, Moment> since = [];
    private byte[] presence = Json.Encode(new TopicSignal(topic, [], 0));

    private sealed record Held(PersonHere[] Here, long Since);

    /// <summary>Who is there, as JSON.</summary>
    public byte[] Presence => presence;

    public bool IsEmpty => leases.Count == 0;

    /// <summary>Whether more are there than are named.</summary>
    public bool IsCrowd { get; private set; }

    /// <summary>Everybody who is there, once each.</summary>
    public IReadOnlyList<PersonHere> Here => [.. leases.Values.SelectMany(l => l.Here).DistinctBy(p => p.Person)];

    /// <summary>Since when somebody is there, as far as is known here; null when they are not.</summary>
    public Moment? SinceOf(Guid person) => since.TryGetValue(person, out var at) ? at : null;

    /// <summary>How many are there for an institution.</summary>
    public int CountFor(InstitutionId? institution) =>
        leases.Values.SelectMany(l => l.Here).Where(p => p.Institution == institution?.ToString()).DistinctBy(p => p.Person).Count();

    /// <summary>Takes a lease; true when who is there has changed.</summary>
    public bool Renew(Lease lease)
    {
        pipes.Open(lease.Gateway, lease.Inbox);
        leases[lease.Gateway] = new(lease.Here, clock.GetTimestamp());
        return Recount();
    }

    /// <summary>Ends a lease; true when who is there has changed.</summary>
    public bool Release(Guid gateway) => leases.Remove(gateway) && Recount();

    /// <summary>Ends what was not renewed; true when who is there has changed.</summary>
    public bool Expire()
    {
        var over = leases.Where(l => clock.GetElapsedTime(l.Value.Since) > Lease.Lasts).Select(l => l.Key).ToList();
        over.ForEach(g => leases.Remove(g));
        return over.Count > 0 && Recount();
    }

    /// <summary>Sends a parcel to everybody who follows.</summary>
    public void Push(Parcel parcel)
    {
        foreach (var gateway in leases.Keys)
        {
            pipes.Push(gateway, parcel);
        }
    }

    // Sent whole, not as a difference: at most fifty ids, and a lost signal heals with the next.
    private bool Recount()
    {
        var here = leases.Values.SelectMany(l => l.Here).DistinctBy(p => p.Person).OrderBy(p => p.Person).ToList();
        Remember(here);
        IsCrowd = here.Count > TopicSignal.HereMax;
        var signal = !IsCrowd
            ? new TopicSignal(topic, [.. here.Select(p => new ClinicianId(p.Person))], here.Count)
            : new TopicSignal(topic, [], here.Count, Institutions: ByInstitution(here));
        var next = Json.Encode(signal);
        var changed = !next.AsSpan().SequenceEqual(presence);
        presence = next;
        return changed;
    }

    private void Remember(List<PersonHere> here)
    {
        var now = Moment.Of(clock.GetUtcNow());
        here.ForEach(p => since.TryAdd(p.Person, now));
        if (since.Count > here.Count)
        {
            var there = here.Select(p => p.Person).ToHashSet();
            foreach (var gone in since.Keys.Where(p => !there.Contains(p)).ToList())
            {
                since.Remove(gone);
            }
        }
    }

    private static ImmutableArray<PresenceAt> ByInstitution(List<PersonHere> here) =>
    [
        .. here.GroupBy(p => p.Institution)
            .Where(g => g.Key is not null)
            .Select(g => new PresenceAt(InstitutionId.Parse(g.Key!), g.Count()))
            .OrderByDescending(p => p.Count),
    ];
}
