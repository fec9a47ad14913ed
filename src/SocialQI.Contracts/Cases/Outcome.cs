using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Ballots;

namespace SocialQI.Cases;

/// <summary>How the patient fared, as far as it is known.</summary>
[JsonConverter(typeof(KebabCase<Fared>))]
public enum Fared
{
    /// <summary>Nobody knows.</summary>
    NotKnown,

    /// <summary>As well as before the illness.</summary>
    Recovered,

    /// <summary>Better than when the case was begun.</summary>
    Improved,

    /// <summary>As when the case was begun.</summary>
    Unchanged,

    /// <summary>Worse than when the case was begun, or with lasting harm.</summary>
    Worse,

    /// <summary>The patient died.</summary>
    Died,
}

/// <summary>What will be known of a case later.</summary>
/// <param name="What">What will be known, at most <see cref="WhatLengthMax"/> characters.</param>
/// <param name="At">When.</param>
/// <param name="Who">Who will say so.</param>
/// <param name="Reminded">How often they were reminded.</param>
public sealed record OutcomeDue(Passage What, Moment At, ClinicianId Who, int Reminded = 0)
{
    /// <summary>The longest text.</summary>
    public const int WhatLengthMax = 200;

    /// <summary>How often somebody is reminded of one outcome.</summary>
    public const int RemindersMax = 8;

    /// <summary>How far ahead it can be.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromDays(730);

    /// <summary>The time between two reminders.</summary>
    public static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(7);
}

/// <summary>What came of a case. Without identifiers, as everything in it.</summary>
/// <param name="Right">The diagnoses that were right, at most <see cref="DiagnosesMax"/>; none where it was never established: then no opinion is scored.</param>
/// <param name="RuledOut">Those that were not, at most as many.</param>
/// <param name="Done">What was done, at most <see cref="DoneLengthMax"/> characters.</param>
/// <param name="Fared">How the patient fared.</param>
public sealed record Outcome(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Condition> Right,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Condition> RuledOut,
    string Done,
    Fared Fared)
{
    /// <summary>The most diagnoses of either kind.</summary>
    public const int DiagnosesMax = 5;

    /// <summary>The longest text.</summary>
    public const int DoneLengthMax = 1_000;

    // A category of ICD-10-CM has three characters; what is shorter is a chapter's letter.
    private const int CategoryLength = 3;

    /// <summary>Whether a diagnosis was right: it is one of those, or a wider or narrower code of one.</summary>
    public bool Confirms(Condition diagnosis) => Right.OrEmpty().Any(right => IsWithin(Opinion.ConceptOf(right), Opinion.ConceptOf(diagnosis), right.Code is not null && diagnosis.Code is not null));

    private static bool IsWithin(string one, string other, bool areCodes) =>
        one == other
        || (areCodes && Math.Min(one.Length, other.Length) >= CategoryLength && (one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal)));
}

/// <summary>A case's outcome as it stands now.</summary>
/// <param name="Number">The event that said so.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why it was revised; null where it was not.</param>
public sealed record OutcomeShown(long Number, ClinicianId By, Moment At, Outcome Outcome, string? Reason = null);

/// <summary>What a case waits for, for its author and whoever will say so.</summary>
public abstract record OutcomeCommand : CaseCommand;

/// <summary>Say what will be known of the case, when, and by whom; in place of what was said before. They are reminded when it is time.</summary>
/// <param name="What">See <see cref="OutcomeDue.What"/>.</param>
/// <param name="At">When, at most <see cref="OutcomeDue.AheadMax"/> ahead.</param>
/// <param name="Who">Who will say so; null: the author.</param>
/// <param name="Attestation">Where words are marked; see <see cref="Cases.Attestation"/>.</param>
public sealed record ExpectOutcome(string What, Moment At, ClinicianId? Who = null, Attestation? Attestation = null) : OutcomeCommand, IAttested;

/// <summary>Say what came of the case; also when it is closed. Every opinion that was given in time is scored.</summary>
public sealed record RecordOutcome(Outcome Outcome, Attestation? Attestation = null) : OutcomeCommand, IAttested;

/// <summary>Say it anew, with a reason: scores are put in place of those before.</summary>
public sealed record ReviseOutcome(Outcome Outcome, string Reason, Attestation? Attestation = null) : OutcomeCommand, IAttested;

/// <summary>It is time to ask for the outcome. The service's own command.</summary>
public sealed record RemindOfOutcome : OutcomeCommand;

/// <summary>This will be known of the case.</summary>
public sealed record OutcomeExpected(string What, Moment At, ClinicianId Who, Attestation? Attestation = null) : TopicEvent;

/// <summary>The outcome is late.</summary>
/// <param name="Who">Who was to say it.</param>
/// <param name="Reminded">How often they were reminded, with this time.</param>
/// <param name="Next">When they are reminded again; null: not any more.</param>
public sealed record OutcomeOverdue(ClinicianId Who, int Reminded, Moment? Next) : TopicEvent;

/// <summary>This came of the case.</summary>
public sealed record OutcomeRecorded(Outcome Outcome, Attestation? Attestation = null) : TopicEvent;

/// <summary>This came of the case, and not what was said before.</summary>
public sealed record OutcomeRevised(Outcome Outcome, string Reason, Attestation? Attestation = null) : TopicEvent;
