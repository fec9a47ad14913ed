using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Cases;

namespace SocialQI.Panels;

/// <summary>Convene a panel. The topic's home must be the institution acted for. Nothing of it changes afterwards.</summary>
/// <param name="Plan">What is rated, by whom, by which rule.</param>
/// <param name="Attestation">Where words of the plan are marked; see <see cref="Cases.Attestation"/>.</param>
public sealed record PlanPanel(PanelPlan Plan, Attestation? Attestation = null) : PanelCommand, IAttested;

/// <summary>Take no part in some statements, or in any: an interest is declared. While no round is open. The seat itself, and who convened the panel.</summary>
/// <param name="Reason">The interest, at most <see cref="PanelState.ReasonLengthMax"/> characters; everybody reads it who may see the panel.</param>
/// <param name="Statements">Which, from 0; default: all.</param>
/// <param name="Seat">Whose; null: one's own.</param>
/// <param name="Attestation">Where words of the reason are marked.</param>
public sealed record RecuseFrom(
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<int> Statements = default,
    ClinicianId? Seat = null,
    Attestation? Attestation = null) : PanelCommand, IAttested;

/// <summary>Ask all seats for ratings. It closes when all have entered, or at a time. Who convened it.</summary>
/// <param name="ClosesAt">When it closes in any case; null: only when all have entered or it is ended.</param>
public sealed record BeginRound(Moment? ClosesAt = null) : PanelCommand;

/// <summary>End the panel before its rule does, while no round is open. Who convened it.</summary>
public sealed record EndPanel(string Reason, Attestation? Attestation = null) : PanelCommand, IAttested;

/// <summary>Discuss, by name, while no round is open. Seats, and who convened it.</summary>
public sealed record SayInPanel(string Text, Attestation? Attestation = null) : PanelCommand, IAttested;
