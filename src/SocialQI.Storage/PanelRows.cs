using SocialQI.Panels;

namespace SocialQI.Storage;

/// <summary>What one event changes in a panel's line.</summary>
/// <param name="Topic">Which panel.</param>
/// <param name="Number">The event's.</param>
/// <param name="At">When it happened.</param>
/// <param name="Stage">Where it is from now on.</param>
/// <param name="BeginsRound">Whether one more round has begun.</param>
/// <param name="Planned">That it is new; null: it was there.</param>
public sealed record PanelRow(TopicId Topic, long Number, Moment At, PanelStage Stage, bool BeginsRound = false, ConvenedRow? Planned = null);

/// <summary>A panel's plan, and who convened it.</summary>
public sealed record ConvenedRow(PanelPlan Plan, ClinicianId Convener);
