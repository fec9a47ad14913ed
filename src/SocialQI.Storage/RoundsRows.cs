using SocialQI.GrandRounds;
using SocialQI.Wire;

namespace SocialQI.Storage;

/// <summary>Which sessions.</summary>
public enum RoundsWhen
{
    /// <summary>Those that are on, the earliest first.</summary>
    On,

    /// <summary>Those that are planned, the soonest first, until a day after they were to end.</summary>
    Coming,

    /// <summary>Those that are over, cancelled or were never opened, the newest first.</summary>
    Past,
}

/// <summary>A session as calendars show it.</summary>
/// <param name="Line">What its line says.</param>
/// <param name="Sequence">How often its plan was changed.</param>
/// <param name="Changed">When last.</param>
public sealed record RoundsEntry(RoundsLine Line, int Sequence, Moment Changed);

/// <summary>What one event changes in a session's line.</summary>
/// <param name="Topic">Which session.</param>
/// <param name="Number">The event's.</param>
/// <param name="At">When it happened.</param>
/// <param name="Stage">Where it is from now on; null with a plan.</param>
/// <param name="Plan">Planned, or planned anew; null: the plan is as it was.</param>
/// <param name="ChangesPlan">Whether calendars are to take it for another version.</param>
public sealed record RoundsRow(TopicId Topic, long Number, Moment At, RoundsStage? Stage, PlannedRow? Plan = null, bool ChangesPlan = false);

/// <summary>A session's plan, and who planned it and what it belongs to when it is new.</summary>
public sealed record PlannedRow(RoundsPlan Plan, Moment Begins, ClinicianId Planner = default, TopicId? Series = null);
