using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Clinicians;

/// <summary>What a person is by training.</summary>
[JsonConverter(typeof(KebabCase<Grade>))]
public enum Grade
{
    /// <summary>A physician who answers for patients.</summary>
    Attending,

    /// <summary>A physician in training for a subspecialty.</summary>
    Fellow,

    /// <summary>A physician in specialty training.</summary>
    Resident,

    /// <summary>The only grade that a rule asks for: see <see cref="Policy.StudentsWrite"/>.</summary>
    Student,

    /// <summary>A nurse of any training.</summary>
    Nurse,

    /// <summary>A pharmacist.</summary>
    Pharmacist,

    /// <summary>Any other; also whoever administers without treating.</summary>
    Other,
}

/// <summary>Why something is in the inbox.</summary>
[JsonConverter(typeof(KebabCase<MentionReason>))]
public enum MentionReason
{
    /// <summary>The contribution names the person. It wins where both are so.</summary>
    Mention,

    /// <summary>The contribution replies to one of theirs.</summary>
    Reply,

    /// <summary>Somebody saw the case in an emergency; the person is its author, or a privacy officer of its home.</summary>
    Glass,

    /// <summary>An action of a session that the person was to do is late; the number is the action's.</summary>
    Action,

    /// <summary>The outcome of a case that the person was to tell is late; the number is the reminder's.</summary>
    OutcomeOverdue,

    /// <summary>The outcome of a case is known that the person contributed to; the number is the outcome's.</summary>
    OutcomeKnown,

    /// <summary>A ballot takes entries in which the person has one of its fixed seats, as in a round of a panel; the number is that of its calling.</summary>
    Seat,
}

/// <summary>A line of the inbox.</summary>
/// <param name="Number">The event of the clinician's topic that put it there.</param>
/// <param name="At">When.</param>
/// <param name="Topic">Where it was said.</param>
/// <param name="Contribution">The number it has there.</param>
/// <param name="From">Who said it.</param>
/// <param name="Reason">Why it concerns this person.</param>
public sealed record InboxLine(long Number, Moment At, TopicId Topic, long Contribution, ClinicianId From, MentionReason Reason);

/// <summary>A clinician as they stand now. Private to them; name, specialty, grade and institutions are in the directory.</summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Specialty">Their field.</param>
/// <param name="Grade">What they are by training.</param>
/// <param name="Affiliations">All, one for each institution.</param>
/// <param name="Acting">The institution they chose to act for.</param>
/// <param name="Follows">The topics they follow, in the order they began.</param>
/// <param name="Inbox">The last <see cref="InboxMax"/> lines, oldest first.</param>
/// <param name="ReadThrough">The inbox is read up to this event.</param>
/// <param name="Notify">How much is told of topics that have no level of their own.</param>
/// <param name="Levels">Followed topics of which something else is told; default where there is none.</param>
/// <param name="Quiet">When nothing is told; null until it was set.</param>
/// <param name="TourTaken">Whether the tour of the program was seen.</param>
public sealed record ClinicianState(
    long Number,
    string Name,
    string Specialty,
    Grade Grade,
    ImmutableArray<Affiliation> Affiliations,
    InstitutionId? Acting,
    ImmutableArray<TopicId> Follows,
    ImmutableArray<InboxLine> Inbox,
    long ReadThrough,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] NotifyLevel Notify = NotifyLevel.All,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<TopicLevel> Levels = default,
    QuietHours? Quiet = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool TourTaken = false)
{
    /// <summary>The longest name.</summary>
    public const int NameLengthMax = 100;

    /// <summary>The longest specialty.</summary>
    public const int SpecialtyLengthMax = 80;

    /// <summary>The most affiliations a person can have.</summary>
    public const int AffiliationsMax = 20;

    /// <summary>The most topics a person can follow.</summary>
    public const int FollowsMax = 500;

    /// <summary>How many lines the inbox keeps.</summary>
    public const int InboxMax = 200;

    /// <summary>Where the person may see cases in an emergency; default where nowhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<InstitutionId> Designated { get; init; }

    /// <summary>What came of their opinions; null while none is scored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Calibration? Calibration { get; init; }

    /// <summary>Before anything happened.</summary>
    public static readonly ClinicianState None = new(0, "", "", Grade.Other, [], null, [], [], 0);

    /// <summary>The clinician after this event.</summary>
    public ClinicianState After(Envelope happened)
    {
        var next = this with { Number = happened.N };
        return happened.Event switch
        {
            ClinicianRegistered person => next with { Name = person.Name, Specialty = person.Specialty, Grade = person.Grade },
            ProfileRevised person => next with { Name = person.Name, Specialty = person.Specialty, Grade = person.Grade },
            AffiliationGranted granted => next with { Affiliations = Without(granted.Institution).Add(new(granted.Institution, granted.Role, granted.From, granted.Until)) },
            AffiliationEnded ended => next with { Affiliations = [.. Affiliations.Select(a => a.Institution == ended.Institution ? a with { Until = happened.At } : a)] },
            EmergenciesDesignated set => next with { Designated = With(set) },
            ActingChosen chosen => next with { Acting = chosen.Institution },
            TopicFollowed followed => next with { Follows = Follows.Remove(followed.Topic).Add(followed.Topic) },
            TopicUnfollowed unfollowed => next with { Follows = Follows.Remove(unfollowed.Topic), Levels = WithLevel(unfollowed.Topic, null) },
            NotificationsSet { Topic: null } set => next with { Notify = set.Level ?? Notify },
            NotificationsSet { Topic: { } topic } set => next with { Levels = WithLevel(topic, set.Level) },
            QuietHoursSet set => next with { Quiet = new(set.From, set.Until, set.Zone, set.On) },
            Clinicians.TourTaken => next with { TourTaken = true },
            Mentioned said => next with { Inbox = WithLine(new(happened.N, happened.At, said.Topic, said.Number, said.From, said.Reason)) },
            OpinionScored scored => next with { Calibration = (Calibration ?? Calibration.None).After(scored) },
            InboxRead read => next with { ReadThrough = Math.Max(ReadThrough, read.Through) },
            _ => next,
        };
    }

    /// <summary>How much is told of a topic.</summary>
    public NotifyLevel LevelOf(TopicId topic) => Levels.OrEmpty().FirstOrDefault(l => l.Topic == topic)?.Level ?? Notify;

    // Empty is nothing: the state of who never set a level is written as it always was.
    private ImmutableArray<TopicLevel> WithLevel(TopicId topic, NotifyLevel? level)
    {
        var others = Levels.OrEmpty().RemoveAll(l => l.Topic == topic);
        others = level is { } own ? others.Add(new(topic, own)) : others;
        return others.IsEmpty ? default : others;
    }

    private ImmutableArray<InstitutionId> With(EmergenciesDesignated set)
    {
        var others = Designated.OrEmpty().Remove(set.Institution);
        others = set.On ? others.Add(set.Institution) : others;
        return others.IsEmpty ? default : others;
    }

    private ImmutableArray<Affiliation> Without(InstitutionId institution) => Affiliations.RemoveAll(a => a.Institution == institution);

    private ImmutableArray<InboxLine> WithLine(InboxLine line) => (Inbox.Length >= InboxMax ? Inbox.RemoveAt(0) : Inbox).Add(line);
}
