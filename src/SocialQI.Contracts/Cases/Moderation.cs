using System.Text.Json.Serialization;

namespace SocialQI.Cases;

/// <summary>Why a contribution is hidden.</summary>
[JsonConverter(typeof(KebabCase<HidingReason>))]
public enum HidingReason
{
    /// <summary>It tells, or could tell, who the patient is.</summary>
    Identifiers,

    /// <summary>It is no way to speak to or of each other.</summary>
    Conduct,

    /// <summary>It belongs to another case, or nowhere.</summary>
    Mistake,

    /// <summary>Another reason, which those who keep order tell its author.</summary>
    Other,
}

/// <summary>A contribution that waits hidden until somebody who keeps order has looked at it.</summary>
/// <param name="Number">Which.</param>
/// <param name="By">Who reported or hid it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record HiddenContribution(long Number, ClinicianId By, Moment At, HidingReason Reason);

/// <summary>Somebody who may not write until a moment.</summary>
public sealed record Muting(ClinicianId Who, Moment Until)
{
    /// <summary>The longest: a year.</summary>
    public static readonly TimeSpan LastsMost = TimeSpan.FromDays(365);
}

/// <summary>Say that a contribution or fact tells who the patient is: it is hidden at once. Whoever may follow the case, at most <see cref="CaseState.ReportsMax"/> that wait.</summary>
public sealed record ReportIdentifiers(long Number) : CaseCommand;

/// <summary>Hide a contribution or fact from all but its author and those who keep order here. Moderators, and the privacy officers of the case's home.</summary>
public sealed record HideContribution(long Number, HidingReason Reason) : CaseCommand;

/// <summary>Show a hidden contribution again. Moderators, and the privacy officers of the case's home; nobody what they wrote themselves.</summary>
public sealed record RestoreContribution(long Number) : CaseCommand;

/// <summary>Let somebody write nothing in this case until a moment. Moderators.</summary>
public sealed record MuteClinician(ClinicianId Who, Moment Until) : CaseCommand;

/// <summary>Let them write again. Moderators.</summary>
public sealed record UnmuteClinician(ClinicianId Who) : CaseCommand;

/// <summary>The contribution is hidden: its text is with its author and those who keep order alone, until it is restored.</summary>
public sealed record ContributionHidden(long Number, HidingReason Reason) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>The contribution is shown again. Who has let go of its text opens the case anew.</summary>
public sealed record ContributionRestored(long Number) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>They write nothing here until then.</summary>
public sealed record ClinicianMuted(ClinicianId Who, Moment Until) : TopicEvent;

/// <summary>They write again.</summary>
public sealed record ClinicianUnmuted(ClinicianId Who) : TopicEvent;
