using System.Collections.Immutable;
using System.Globalization;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;

namespace SocialQI;

/// <summary>A row of a passport: that its holder holds something.</summary>
/// <param name="Holder">A key as in <see cref="Audience"/>: a person, or an institution for its policies.</param>
/// <param name="Holds">An audience key, <c>acting</c>, <c>grade</c>, <c>specialty</c>, <c>muted:COMMUNITY</c>, <c>record</c>, <c>em:INSTITUTION</c>, or <c>off:POLICY</c>.</param>
/// <param name="As">The role, institution or grade; null takes the row away.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; null: no end.</param>
public sealed record PassportRow(string Holder, string Holds, string? As, Moment From, Moment? Until);

/// <summary>Something planned: at this moment, send the topic the command that the key names. Null time takes the plan away.</summary>
public sealed record DueRow(string Key, Moment? At);

/// <summary>
/// What an event changes in the tables that stand beside the journal and are written in its transaction: who holds what, who may follow the topic,
/// what is due, how many contributions there are. A pure function of the event, so that the tables can be made again from the journal.
/// </summary>
/// <param name="Passports">Rows to put in place of those of the same holder and thing.</param>
/// <param name="Audience">The keys that open the topic from now on; default: as before.</param>
/// <param name="Due">Plans made or settled.</param>
/// <param name="Contributions">Contributions added.</param>
/// <param name="Redacts">The event whose payload is destroyed, and with it the images that only it shows.</param>
/// <param name="Images">The images it shows.</param>
/// <param name="Withdraws">The event whose images are shown no more.</param>
/// <param name="Hides">The contribution whose events are handed out without their payload from now on, and whose images are not shown.</param>
/// <param name="Restores">The contribution whose events are handed out whole again, with its images.</param>
public sealed record StoreRows(
    ImmutableArray<PassportRow> Passports,
    ImmutableArray<string> Audience,
    ImmutableArray<DueRow> Due,
    int Contributions,
    long? Redacts,
    ImmutableArray<ImageHash> Images = default,
    long? Withdraws = null,
    long? Hides = null,
    long? Restores = null)
{
    private const string ClosingKey = "close";
    private const string OutcomeKey = "outcome";

    private static readonly StoreRows Nothing = new([], default, [], 0, null);

    /// <summary>Whether open follows must be asked anew after it.</summary>
    public bool ChangesAccess => !Audience.IsDefault || Passports.Length > 0;

    /// <summary>The rows that follow from an event.</summary>
    public static StoreRows Of(TopicId topic, Envelope happened) => happened.Event switch
    {
        InstitutionFounded => Nothing with { Audience = [SocialQI.Audience.Network] },
        PolicySet it => Holds(SocialQI.Audience.Institution(topic.Home), "off:" + Text(it.Policy), it.On ? null : "off", happened.At),
        ClinicianRegistered it => Profile(topic, it.Grade, it.Specialty, happened.At) with { Audience = [SocialQI.Audience.Person(ClinicianId.Of(topic))] },
        ProfileRevised it => Profile(topic, it.Grade, it.Specialty, happened.At),
        AffiliationGranted it => Holds(Person(topic), SocialQI.Audience.Institution(it.Institution), Text(it.Role), it.From, it.Until),
        AffiliationEnded it => Holds(Person(topic), SocialQI.Audience.Institution(it.Institution), null, happened.At),
        EmergenciesDesignated it => Holds(Person(topic), "em:" + it.Institution, it.On ? "designated" : null, happened.At),
        ActingChosen it => Holds(Person(topic), "acting", it.Institution.ToString(), happened.At),
        CommunityFounded => Nothing with { Audience = [SocialQI.Audience.Network] },
        MemberJoined it => Member(topic, it.Who, it.Role, happened.At) with { Due = [Settled(it.Who)] },
        MemberRoleChanged it => Member(topic, it.Who, it.Role, happened.At),
        MemberLeft it => Member(topic, it.Who, null, happened.At),
        MemberRemoved it => Member(topic, it.Who, null, happened.At),
        ClinicianInvited it => Nothing with { Due = [new(InvitationKey(it.Guest), it.Until)] },
        InvitationDeclined it => Nothing with { Due = [Settled(it.Guest)] },
        InvitationExpired it => Nothing with { Due = [Settled(it.Guest)] },
        CaseStarted => Nothing with { Audience = [SocialQI.Audience.Person(happened.By)] },
        HallwayStarted it => Nothing with { Audience = SocialQI.Audience.OfOpen(topic, it.Audience) },
        CaseOpened it => Nothing with { Audience = SocialQI.Audience.OfOpen(topic, it.Audience) },
        VisibilityChanged it => Nothing with { Audience = SocialQI.Audience.OfOpen(topic, it.Audience) },
        GlassBroken it => Holds(SocialQI.Audience.Person(happened.By), SocialQI.Audience.Glass(topic), "glass", happened.At, it.Until),
        ContributionPosted it => Said(it.Images),
        FactAdded it => Said(it.Images),
        ContributionWithdrawn it => Nothing with { Withdraws = it.Number },
        TextRedacted it => Nothing with { Redacts = it.Number },
        ContributionHidden it => Nothing with { Hides = it.Number },
        ContributionRestored it => Nothing with { Restores = it.Number },
        MemberMuted it => Muted(topic, it.Who, "muted", happened.At, it.Until),
        MemberUnmuted it => Muted(topic, it.Who, null, happened.At),
        OutcomeExpected it => Nothing with { Due = [new(OutcomeKey, it.At)] },
        OutcomeOverdue it => Nothing with { Due = [new(OutcomeKey, it.Next)] },
        OutcomeRecorded => Nothing with { Due = [new(OutcomeKey, null)] },
        OpinionScored it => Holds(Person(topic), Passport.RecordKey, string.Create(CultureInfo.InvariantCulture, $"{it.Record.Right}/{it.Record.Cases}"), happened.At),
        _ => OfRounds(happened),
    };

    private static StoreRows OfRounds(Envelope happened) => happened.Event switch
    {
        // While it is open it is nobody's to follow.
        BallotBegun it => Nothing with { Audience = [], Due = it.Terms.ClosesAt is { } at ? [new(ClosingKey, at)] : [] },
        BallotClosed it => Nothing with { Audience = it.Audience, Due = [new(ClosingKey, null)] },
        BallotAdmitted it => Nothing with { Audience = it.Audience },
        RoundsPlanned it => Nothing with { Audience = it.Audience },
        RoundsRevised it => Nothing with { Audience = it.Audience },
        PanelPlanned it => Nothing with { Audience = it.Audience },
        ActionRecorded it => Nothing with { Due = [new(ActionKey(happened.N), it.Due)] },
        ActionSettled it => Nothing with { Due = [new(ActionKey(it.Number), null)] },
        ActionOverdue it => Nothing with { Due = [new(ActionKey(it.Number), null)] },
        AttendanceKept it => Nothing with { Audience = [.. it.Moderators.Select(SocialQI.Audience.Person)] },
        _ => Nothing,
    };

    /// <summary>The command that a due key of a topic stands for; null when the key is not known.</summary>
    public static Command? CommandOf(string dueKey) => dueKey.Split(':') switch
    {
        ["invitation", var guest] when ClinicianId.TryParse(guest, out var who) => new ExpireInvitation(who),
        [ClosingKey] => new CloseBallot(ClosingGround.Time),
        [OutcomeKey] => new RemindOfOutcome(),
        ["action", var number] when long.TryParse(number, CultureInfo.InvariantCulture, out var action) => new RemindOfAction(action),
        _ => null,
    };

    private static StoreRows Said(ImmutableArray<CaseImage> images) =>
        Nothing with { Contributions = 1, Images = [.. images.OrEmpty().Select(i => i.Hash).Distinct()] };

    private static string Person(TopicId topic) => SocialQI.Audience.Person(ClinicianId.Of(topic));

    private static StoreRows Holds(string holder, string holds, string? role, Moment from, Moment? until = null) =>
        Nothing with { Passports = [new(holder, holds, role, from, until)] };

    private static StoreRows Profile(TopicId topic, Grade grade, string specialty, Moment at) => Nothing with
    {
        Passports = [new(Person(topic), "grade", Text(grade), at, null), new(Person(topic), "specialty", specialty, at, null)],
    };

    private static StoreRows Member(TopicId topic, ClinicianId who, CommunityRole? role, Moment at) =>
        Holds(SocialQI.Audience.Person(who), SocialQI.Audience.Community(CommunityId.Of(topic)), role is { } held ? Text(held) : null, at);

    private static StoreRows Muted(TopicId topic, ClinicianId who, string? muted, Moment at, Moment? until = null) =>
        Nothing with { Passports = [new(SocialQI.Audience.Person(who), "muted:" + CommunityId.Of(topic), muted, at, until)] };

    private static string ActionKey(long number) => string.Create(CultureInfo.InvariantCulture, $"action:{number}");

    private static string InvitationKey(ClinicianId guest) => "invitation:" + guest;

    private static DueRow Settled(ClinicianId guest) => new(InvitationKey(guest), null);

    private static string Text<T>(T value) where T : struct, Enum => value.ToString("G").ToLower(CultureInfo.InvariantCulture);
}
