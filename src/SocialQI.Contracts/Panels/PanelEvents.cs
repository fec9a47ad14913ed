using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Ballots;

namespace SocialQI.Panels;

/// <summary>A panel was convened.</summary>
/// <param name="Plan">What is rated, by whom, by which rule.</param>
/// <param name="Audience">The keys that open it.</param>
public sealed record PanelPlanned(PanelPlan Plan, ImmutableArray<string> Audience) : TopicEvent;

/// <summary>A seat takes no part in these statements from now on.</summary>
public sealed record PanelRecused(ClinicianId Seat, ImmutableArray<int> Statements, string Reason) : TopicEvent;

/// <summary>A round began.</summary>
/// <param name="Ballot">The ballot that takes its ratings.</param>
/// <param name="Asked">The statements, from 0, that are its options in this order.</param>
/// <param name="ClosesAt">When it closes in any case; null: not by time.</param>
/// <param name="IsNecessity">Whether it asks if what is appropriate is necessary.</param>
public sealed record PanelRoundBegun(
    TopicId Ballot, ImmutableArray<int> Asked, Moment? ClosesAt = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsNecessity = false) : TopicEvent;

/// <summary>A round closed.</summary>
/// <param name="Ballot">The ballot that took its ratings.</param>
/// <param name="Ground">Why.</param>
/// <param name="Tally">All ratings, with comments and without names.</param>
/// <param name="Statements">What they say of each statement asked.</param>
/// <param name="Concordance">How alike those rank the statements who rated them; null where that is not defined.</param>
/// <param name="Ends">The rounds of ratings end with it; null: another may follow.</param>
public sealed record PanelRoundClosed(
    TopicId Ballot, ClosingGround Ground, Tally Tally, ImmutableArray<StatementResult> Statements, RankConcordance? Concordance = null, PanelEnd? Ends = null) : TopicEvent;

/// <summary>The panel is over.</summary>
/// <param name="Ground">Why.</param>
/// <param name="Reason">Where it was ended before its rule did; else null.</param>
public sealed record PanelClosed(PanelEnd Ground, string? Reason = null) : TopicEvent;

/// <summary>Somebody said something between rounds.</summary>
public sealed record PanelSaid(string Text) : TopicEvent;
