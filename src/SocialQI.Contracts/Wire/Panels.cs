using SocialQI.Panels;

namespace SocialQI.Wire;

/// <summary>A panel as lists show it.</summary>
/// <param name="Panel">Which.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Moved">When it last changed that.</param>
/// <param name="Round">How many rounds have begun.</param>
/// <param name="IsMine">Whether who asks has a seat in it or convened it.</param>
public sealed record PanelLine(TopicId Panel, string Title, PanelStage Stage, Moment Moved, int Round, bool IsMine);
