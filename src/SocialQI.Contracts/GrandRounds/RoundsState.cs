using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.GrandRounds;

/// <summary>Where a session is in its life.</summary>
[JsonConverter(typeof(KebabCase<RoundsStage>))]
public enum RoundsStage
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It will be.</summary>
    Planned,

    /// <summary>People come in; nothing is presented yet.</summary>
    Lobby,

    /// <summary>It is presented.</summary>
    Live,

    /// <summary>What was presented is discussed.</summary>
    Discussion,

    /// <summary>It is over; its record stays.</summary>
    Closed,

    /// <summary>It will not be.</summary>
    Cancelled,
}

/// <summary>What is on stage.</summary>
/// <param name="Item">Which part of the agenda, from 0.</param>
/// <param name="Section">Of its case, this section; null: none.</param>
/// <param name="Image">Of its case, this image; null: none.</param>
/// <param name="Contribution">Of its case, the contribution with this number; null: none.</param>
public sealed record StageView(int Item, SectionKind? Section = null, ImageHash? Image = null, long? Contribution = null);

/// <summary>What became of a question.</summary>
[JsonConverter(typeof(KebabCase<QuestionStage>))]
public enum QuestionStage
{
    /// <summary>It waits.</summary>
    Waiting,

    /// <summary>It is being answered just now.</summary>
    Taken,

    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>It is another one in other words.</summary>
    Merged,

    /// <summary>It is not answered, for a reason.</summary>
    Dismissed,

    /// <summary>Who asked took it back.</summary>
    Withdrawn,
}

/// <summary>A question as it stands now.</summary>
/// <param name="Number">The event that asked it.</param>
/// <param name="At">When.</param>
/// <param name="By">Who asked; null where nobody is to know.</param>
/// <param name="Guest">Of an anonymous asker: the same number for all their questions of this session; null where it is known who asked.</param>
/// <param name="From">The institution; of an anonymous asker only where at least <see cref="GroupTally.EnteredMin"/> of it were present.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Item">Which part of the agenda was on stage, from 0; null: none.</param>
/// <param name="Stage">What became of it.</param>
/// <param name="Into">Merged into this one.</param>
/// <param name="Said">The answer in writing, or the reason why there is none; default where it was answered live.</param>
public sealed record QuestionShown(
    long Number, Moment At, ClinicianId? By, int? Guest, InstitutionId? From, Passage Text, int? Item = null,
    QuestionStage Stage = QuestionStage.Waiting, long? Into = null, Passage Said = default)
{
    /// <summary>The longest question.</summary>
    public const int TextLengthMax = 400;

    /// <summary>The longest answer in writing.</summary>
    public const int AnswerLengthMax = 2_000;

    /// <summary>The longest reason for dismissing one.</summary>
    public const int ReasonLengthMax = 400;
}

/// <summary>Something decided.</summary>
public sealed record DecisionShown(long Number, Moment At, Passage Text, int? Item);

/// <summary>Something somebody is to do.</summary>
/// <param name="Number">The event that recorded it.</param>
/// <param name="Text">What.</param>
/// <param name="Owner">Who.</param>
/// <param name="Due">Until when.</param>
/// <param name="Item">Which part of the agenda it comes from, from 0; null: none.</param>
/// <param name="IsOverdue">Whether its owner was told that it is late.</param>
/// <param name="Outcome">What became of it; default while it is to be done.</param>
public sealed record ActionShown(long Number, Passage Text, ClinicianId Owner, Moment Due, int? Item, bool IsOverdue = false, Passage Outcome = default);

/// <summary>How many came, in all and from where.</summary>
/// <param name="Count">In all.</param>
/// <param name="Minutes">Minutes attended, of all together.</param>
/// <param name="Institutions">How many of each institution from which at least <see cref="GroupTally.EnteredMin"/> came.</param>
public sealed record AttendanceSum(int Count, int Minutes, ImmutableArray<InstitutionCount> Institutions);

/// <summary>How many of an institution.</summary>
public sealed record InstitutionCount(InstitutionId Institution, int Count);

/// <summary>A rounds session as everybody sees it who may follow it.</summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Planner">Who planned it.</param>
/// <param name="Plan">When, about what and for whom; null while there is none.</param>
/// <param name="At">When it begins.</param>
/// <param name="Sequence">How often its plan was changed: the SEQUENCE of its calendar entry.</param>
public sealed record RoundsState(long Number, RoundsStage Stage, ClinicianId Planner, RoundsPlan? Plan, Moment At, int Sequence)
{
    /// <summary>The most questions of a session.</summary>
    public const int QuestionsMax = 300;

    /// <summary>The most questions of one person.</summary>
    public const int QuestionsOfOneMax = 20;

    /// <summary>The most decisions.</summary>
    public const int DecisionsMax = 100;

    /// <summary>The most actions.</summary>
    public const int ActionsMax = 100;

    /// <summary>The longest decision or action.</summary>
    public const int NoteLengthMax = 1_000;

    /// <summary>The longest reason.</summary>
    public const int ReasonLengthMax = 400;

    /// <summary>The first session of the series it belongs to; null: it is single.</summary>
    public TopicId? Series { get; init; }

    /// <summary>What is on stage; null before anything is.</summary>
    public StageView? View { get; init; }

    /// <summary>When each stage began, in order.</summary>
    public ImmutableArray<StageBegun> Course { get; init; } = [];

    /// <summary>The questions, in the order they were asked.</summary>
    public ImmutableArray<QuestionShown> Questions { get; init; } = [];

    /// <summary>The ballots called, in order; not that of the questions.</summary>
    public ImmutableArray<BallotShown> Ballots { get; init; } = [];

    /// <summary>What was decided.</summary>
    public ImmutableArray<DecisionShown> Decisions { get; init; } = [];

    /// <summary>What is to be done.</summary>
    public ImmutableArray<ActionShown> Actions { get; init; } = [];

    /// <summary>The ballot by which questions are voted on; null before the lobby opens.</summary>
    public TopicId? Votes { get; init; }

    /// <summary>What the questions' votes came to; null before the session is closed.</summary>
    public Tally? Voted { get; init; }

    /// <summary>How many came; null before it is closed.</summary>
    public AttendanceSum? Attendance { get; init; }

    /// <summary>An https address of a recording; null: none.</summary>
    public string? Recording { get; init; }

    /// <summary>Why it was cancelled; default where it was not.</summary>
    public Passage Reason { get; init; }

    /// <summary>Before anything happened.</summary>
    public static readonly RoundsState None = new(0, RoundsStage.None, default, null, default, 0);

    /// <summary>The session after this event.</summary>
    public RoundsState After(Envelope happened) => RoundsFold.After(this, happened);

    /// <summary>Whether it is going on.</summary>
    [JsonIgnore]
    public bool IsOn => Stage is RoundsStage.Lobby or RoundsStage.Live or RoundsStage.Discussion;

    /// <summary>When it ends by its plan.</summary>
    [JsonIgnore]
    public Moment Ends => At + TimeSpan.FromMinutes(Plan?.Minutes ?? 0);

    /// <summary>Whether a person leads it.</summary>
    public bool IsLedBy(ClinicianId person) => person == Planner || Plan?.Moderators.OrEmpty().Contains(person) == true;

    /// <summary>Whether a person presents what is on stage.</summary>
    public bool IsPresentedBy(ClinicianId person) => Plan?.Agenda.OrEmpty() is { } agenda && View is { } view && view.Item < agenda.Length && agenda[view.Item].Presenter == person;
}

/// <summary>Who asked a question.</summary>
public sealed record AskedBy(long Number, ClinicianId By);

/// <summary>A session as its snapshot keeps it.</summary>
public sealed record FrozenRounds(RoundsState Shown, ImmutableArray<AskedBy> Askers, ImmutableArray<ClinicianId> Guests, ImmutableArray<string> Audience);

/// <summary>When a stage began.</summary>
public sealed record StageBegun(RoundsStage Stage, Moment At);
