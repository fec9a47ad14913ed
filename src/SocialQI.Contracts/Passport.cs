using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI;

/// <summary>What a person is at an institution.</summary>
[JsonConverter(typeof(KebabCase<InstitutionRole>))]
public enum InstitutionRole
{
    /// <summary>Begins cases in the institution's name and writes where they may see.</summary>
    Clinician,

    /// <summary>Also withdraws contributions to its cases, closes and reopens them, and changes who may see those that are open.</summary>
    Moderator,

    /// <summary>Also registers and ends people, sets policies, and redacts. It opens no case that the person could not see otherwise.</summary>
    Administrator,

    /// <summary>Reads who saw and did what, and redacts; writes in no case and begins none.</summary>
    PrivacyOfficer,

    /// <summary>A clinician in training: as a clinician, but what they open stays in the institution until its moderator opens it further.</summary>
    Trainee,

    /// <summary>A machine: reads as a clinician and writes in its own name, but attests to nothing, so that what it writes stays where no person has to.</summary>
    Service,
}

/// <summary>What a person is in a community.</summary>
[JsonConverter(typeof(KebabCase<CommunityRole>))]
public enum CommunityRole
{
    /// <summary>Reads what is open to the community, and invites.</summary>
    Member,

    /// <summary>A member who also keeps order: membership, and the cases that are open to the community. At most <see cref="Communities.CommunityState.ModeratorsMax"/>.</summary>
    Moderator,
}

/// <summary>A switch of an institution. Every one is on until it is set off.</summary>
[JsonConverter(typeof(KebabCase<Policy>))]
public enum Policy
{
    /// <summary>Its clinicians may open cases to the whole network.</summary>
    CasesToNetwork,

    /// <summary>Its students may write in cases.</summary>
    StudentsWrite,
}

/// <summary>That a person belongs to an institution, from a moment until another (null: no end).</summary>
public sealed record Affiliation(InstitutionId Institution, InstitutionRole Role, Moment From, Moment? Until)
{
    /// <summary>Whether it holds at this moment.</summary>
    public bool HoldsAt(Moment at) => From <= at && (Until is not { } until || at < until);
}

/// <summary>That a person belongs to a community.</summary>
public sealed record Membership(CommunityId Community, CommunityRole Role);

/// <summary>That a person writes nothing in cases that are open to this community, until a moment.</summary>
public sealed record MutedIn(CommunityId Community, Moment Until);

/// <summary>That a person sees a case in an emergency, until a moment.</summary>
public sealed record BrokenGlass(TopicId Topic, Moment Until);

/// <summary>
/// What the rules need to know of a person, true at <paramref name="Position"/> of the store's tail.
/// Written in the transaction of the events it follows from, so that it is never behind them.
/// </summary>
/// <param name="Person">Whose it is.</param>
/// <param name="Grade">Null until the person is registered.</param>
/// <param name="Affiliations">All, also those of the past and the future.</param>
/// <param name="ChosenActing">The institution the person chose to act for; see <see cref="ActingAt"/>.</param>
/// <param name="Communities">The communities the person is a member of.</param>
/// <param name="SwitchedOff">The policies that the institution acted for has switched off.</param>
/// <param name="Position">The tail's position at which all this was true.</param>
public sealed record Passport(
    ClinicianId Person,
    Clinicians.Grade? Grade,
    ImmutableArray<Affiliation> Affiliations,
    InstitutionId? ChosenActing,
    ImmutableArray<Membership> Communities,
    ImmutableArray<Policy> SwitchedOff,
    long Position)
{
    /// <summary>The service itself: founds institutions, sends reactions and what is due. Never read from a table, never given to a connection.</summary>
    public static readonly Passport OfOperator = new(ClinicianId.Operator, null, [], null, [], [], 0);

    /// <summary>The communities whose moderators let the person write nothing for a time; default when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<MutedIn> Muted { get; init; }

    /// <summary>The institutions where the person may see cases in an emergency, as long as the affiliation holds; default when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<InstitutionId> Designated { get; init; }

    /// <summary>The cases the person sees in an emergency, also where that is over; default when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<BrokenGlass> Glass { get; init; }

    /// <summary>The field they work in; null until it is known.</summary>
    public string? Specialty { get; init; }

    /// <summary>How often their opinions were right; null while none is scored.</summary>
    public Clinicians.TrackRecord? Record { get; init; }

    internal const string RecordKey = "record";

    /// <summary>Whether this is the service itself.</summary>
    [JsonIgnore]
    public bool IsOperator => Person == ClinicianId.Operator;

    /// <summary>The institution acted for: the chosen one while that affiliation holds, else the first that does; null when none does.</summary>
    public InstitutionId? ActingAt(Moment at) =>
        (Affiliations.FirstOrDefault(a => a.Institution == ChosenActing && a.HoldsAt(at)) ?? Affiliations.FirstOrDefault(a => a.HoldsAt(at)))?.Institution;

    /// <summary>The role at an institution at a moment; null when there is none.</summary>
    public InstitutionRole? RoleAt(InstitutionId institution, Moment at) =>
        Affiliations.FirstOrDefault(a => a.Institution == institution && a.HoldsAt(at))?.Role;

    /// <summary>The role in a community; null when the person is no member.</summary>
    public CommunityRole? RoleIn(CommunityId community) => Communities.FirstOrDefault(m => m.Community == community)?.Role;

    /// <summary>Whether the person may see cases of this home in an emergency: its privacy officers, and attendings there who were designated.</summary>
    public bool SeesEmergenciesOf(InstitutionId home, Moment at) => RoleAt(home, at) switch
    {
        null => false,
        InstitutionRole.PrivacyOfficer => true,
        _ => Grade == Clinicians.Grade.Attending && Designated.OrEmpty().Contains(home),
    };

    /// <summary>Whether the person sees a topic, or did so lately, because of an emergency.</summary>
    public bool HasBrokenAt(TopicId topic, Moment at) => Glass.OrEmpty().Any(g => g.Topic == topic && at < g.Until);

    /// <summary>The keys that open doors: a topic may be followed by whoever holds one of its audience's keys.</summary>
    public IEnumerable<string> KeysAt(Moment at)
    {
        yield return Audience.Person(Person);
        var current = Affiliations.Where(a => a.HoldsAt(at)).ToList();
        if (current.Count > 0)
        {
            yield return Audience.Network;
        }
        foreach (var affiliation in current)
        {
            yield return Audience.Institution(affiliation.Institution);
        }
        // A community reaches clinicians only: who has left every hospital has left its conversations too.
        foreach (var membership in current.Count > 0 ? Communities : [])
        {
            yield return Audience.Community(membership.Community);
        }
        foreach (var glass in Glass.OrEmpty())
        {
            if (at < glass.Until && SeesEmergenciesOf(glass.Topic.Home, at))
            {
                yield return Audience.Glass(glass.Topic);
            }
        }
    }
}

/// <summary>The keys of which a person needs one to follow a topic. Kept beside the journal, so that lists ask the same question in SQL.</summary>
public static class Audience
{
    /// <summary>Everybody with a current affiliation.</summary>
    public const string Network = "n";

    /// <summary>One person.</summary>
    public static string Person(ClinicianId person) => "p:" + person;

    /// <summary>Everybody with a current affiliation to this institution.</summary>
    public static string Institution(InstitutionId institution) => "i:" + institution;

    /// <summary>Whoever sees this case in an emergency.</summary>
    public static string Glass(TopicId topic) => "g:" + topic;

    /// <summary>The keys of a case that is open to these: an emergency opens it too.</summary>
    public static ImmutableArray<string> OfOpen(TopicId topic, ImmutableArray<string> keys) => keys.Contains(Network) ? keys : keys.Add(Glass(topic));

    /// <summary>Every member of this community.</summary>
    public static string Community(CommunityId community) => "c:" + community;
}
