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

    /// <summary>Whether it is presented or discussed just now.</summary>
    [JsonIgnore]
    public bool IsLive => Stage is RoundsStage.Live or RoundsStage.Discussion;

    /// <summary>When it ends by its plan.</summary>
    [JsonIgnore]
    public Moment Ends => At + TimeSpan.FromMinutes(Plan?.Minutes ?? 0);

    /// <summary>Whether a person leads it.</summary>
    public bool IsLedBy(ClinicianId person) => person == Planner || Plan?.Moderators.OrEmpty().Contains(person) == true;

    /// <summary>Whether a person presents what is on stage.</summary>
    public bool IsPresentedBy(ClinicianId person) => Plan?.Agenda.OrEmpty() is { } agenda && View is { } view && view.Item < agenda.Length && agenda[view.Item].Presenter == person;
}
