using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.Panels;

/// <summary>Where a panel is in its life.</summary>
[JsonConverter(typeof(KebabCase<PanelStage>))]
public enum PanelStage
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>No round is open: before the first, or between two.</summary>
    Between,

    /// <summary>A round takes ratings.</summary>
    Open,

    /// <summary>It is over; its report stays.</summary>
    Closed,
}

/// <summary>Why a panel asks no further.</summary>
[JsonConverter(typeof(KebabCase<PanelEnd>))]
public enum PanelEnd
{
    /// <summary>What its rule waits for has come.</summary>
    RuleMet,

    /// <summary>It was the last round that its rule allows.</summary>
    RoundsUsedUp,

    /// <summary>Who convened it ended it, with a reason.</summary>
    Convener,
}

/// <summary>That a seat takes no part in some statements.</summary>
/// <param name="Number">The event that said so.</param>
/// <param name="At">When.</param>
/// <param name="By">Who said so.</param>
/// <param name="Seat">Whose.</param>
/// <param name="Statements">Which, from 0.</param>
/// <param name="Reason">The interest.</param>
public sealed record RecusalShown(long Number, Moment At, ClinicianId By, ClinicianId Seat, ImmutableArray<int> Statements, string Reason);

/// <summary>What somebody said between rounds.</summary>
public sealed record PanelNote(long Number, Moment At, ClinicianId By, Passage Text);

/// <summary>A round. While it is open, only that it is.</summary>
/// <param name="Number">The event that began it.</param>
/// <param name="Ballot">The ballot that takes its ratings; there everybody sees their own.</param>
/// <param name="Asked">The statements, from 0, that are its options in this order.</param>
/// <param name="Begun">When.</param>
/// <param name="ClosesAt">When it closes in any case; null: not by time.</param>
/// <param name="IsNecessity">Whether it asks if what is appropriate is necessary.</param>
public sealed record PanelRound(
    long Number, TopicId Ballot, ImmutableArray<int> Asked, Moment Begun, Moment? ClosesAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsNecessity = false)
{
    /// <summary>When it closed; null while it is open.</summary>
    public Moment? Closed { get; init; }

    /// <summary>Why it closed; null while it is open.</summary>
    public ClosingGround? Ground { get; init; }

    /// <summary>The convener's, where they ended it.</summary>
    public string? Reason { get; init; }

    /// <summary>All ratings, without names; null while it is open. Its options are counted as in <see cref="Asked"/>.</summary>
    public Tally? Tally { get; init; }

    /// <summary>What the ratings say of each statement asked; default while it is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<StatementResult> Statements { get; init; }

    /// <summary>How alike those rank the statements who rated them; null where that is not defined.</summary>
    public RankConcordance? Concordance { get; init; }

    /// <summary>What it came to for this statement; null where it was not asked, or the round is open.</summary>
    public StatementResult? Of(int statement) => Statements.OrEmpty().FirstOrDefault(s => s.Statement == statement);

    /// <summary>The ratings of this statement: how many gave 1, 2 … 9; empty where it was not asked, or the round is open.</summary>
    public ImmutableArray<int> RatingsOf(int statement) => Tally is null || Asked.IndexOf(statement) is not (>= 0 and var option) ? [] : Tally.Options[option].Values;
}

/// <summary>What a panel's snapshot keeps beside its state.</summary>
public sealed record FrozenPanel(ImmutableArray<string> Audience);

/// <summary>A panel as everybody sees it who may follow it.</summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Convener">Who convened it.</param>
/// <param name="At">When.</param>
/// <param name="Plan">What is rated, by whom, by which rule; null while there is none.</param>
public sealed record PanelState(long Number, PanelStage Stage, ClinicianId Convener, Moment At, PanelPlan? Plan)
{
    /// <summary>The longest reason.</summary>
    public const int ReasonLengthMax = 400;

    /// <summary>The longest note.</summary>
    public const int NoteLengthMax = 1_000;

    /// <summary>The most notes.</summary>
    public const int NotesMax = 200;

    /// <summary>Who takes no part in what, in the order it was said.</summary>
    public ImmutableArray<RecusalShown> Recusals { get; init; } = [];

    /// <summary>The rounds, in order; the last may be open.</summary>
    public ImmutableArray<PanelRound> Rounds { get; init; } = [];

    /// <summary>What was said between them.</summary>
    public ImmutableArray<PanelNote> Notes { get; init; } = [];

    /// <summary>Why the rounds of ratings ended; null while they go on.</summary>
    public PanelEnd? Ends { get; init; }

    /// <summary>The convener's, where they ended it.</summary>
    public string? Reason { get; init; }

    /// <summary>Before anything happened.</summary>
    public static readonly PanelState None = new(0, PanelStage.None, default, default, null);

    /// <summary>The panel after this event.</summary>
    public PanelState After(Envelope happened) => PanelFold.After(this, happened);

    /// <summary>The round that takes ratings; null when none does.</summary>
    [JsonIgnore]
    public PanelRound? OpenRound => Stage == PanelStage.Open ? Rounds[^1] : null;

    /// <summary>The rounds that asked for ratings of the statements themselves.</summary>
    [JsonIgnore]
    public IEnumerable<PanelRound> RatingRounds => Rounds.Where(r => !r.IsNecessity);

    /// <summary>Whether the next round asks if what is appropriate is necessary.</summary>
    [JsonIgnore]
    public bool AwaitsNecessity => Stage == PanelStage.Between && Ends is not null;

    /// <summary>Whether a seat takes no part in a statement.</summary>
    public bool IsRecused(ClinicianId seat, int statement) => Recusals.Any(r => r.Seat == seat && r.Statements.Contains(statement));

    /// <summary>Whether a person has a seat.</summary>
    public bool IsSeated(ClinicianId person) => Plan?.Seats.OrEmpty().Contains(person) == true;
}
