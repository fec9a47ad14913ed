using System.Text.Json.Serialization;

namespace SocialQI.Wire;

/// <summary>What somebody did, as a privacy officer reads it. It never says what was read or written.</summary>
/// <param name="At">When it began.</param>
/// <param name="Who">A person's id, or the name of a machine, <c>operator</c> or <c>nobody</c>.</param>
/// <param name="Role">As what, where they acted for an institution.</param>
/// <param name="For">For which institution.</param>
/// <param name="Act">What it was: kebab case. Of what was written, the kind of its event.</param>
/// <param name="What">Which list, search, command or verb.</param>
/// <param name="Topic">What it was about.</param>
/// <param name="First">The first number of the topic that was given out or written.</param>
/// <param name="Last">The last one.</param>
/// <param name="Count">How many lines were given out.</param>
/// <param name="Purpose">Why: treatment, education, quality or operations.</param>
/// <param name="Origin">From where.</param>
/// <param name="Result"><c>ok</c>, <c>begun</c>, or the code of the refusal.</param>
/// <param name="Flag">What is to be looked at: <c>break-glass</c>.</param>
/// <param name="Ended">When it ended, where that is recorded.</param>
/// <param name="IsWriting">Whether an event in the journal is the record.</param>
/// <param name="Key">Tells it from all others.</param>
public sealed record AuditLine(
    Moment At, string Who, string? Role, InstitutionId? For, string Act, string? What, TopicId? Topic, long? First, long? Last, long? Count, string Purpose,
    string? Origin, string Result, string? Flag, Moment? Ended, bool IsWriting, string Key);

/// <summary>Which acts.</summary>
/// <param name="Person">Of this person.</param>
/// <param name="Topic">About this topic.</param>
/// <param name="Act">Of this name.</param>
/// <param name="From">At this moment or later.</param>
/// <param name="Until">Before this moment.</param>
/// <param name="Result">With such a result.</param>
/// <param name="Flagged">Those that are to be looked at.</param>
public sealed record AuditFilter(
    ClinicianId? Person = null, TopicId? Topic = null, string? Act = null, Moment? From = null, Moment? Until = null, AuditResult? Result = null, bool Flagged = false)
{
    /// <summary>The longest name of an act.</summary>
    public const int ActLengthMax = 80;

    /// <summary>Whether an act is one of them, as far as its own line tells.</summary>
    public bool Fits(AuditLine line) =>
        (Act is null || line.Act == Act) && (!Flagged || line.Flag is not null)
        && (Result is null || (Result == AuditResult.Refused) == line.Result is not ("ok" or "begun" or "closed"));
}

/// <summary>What came of an act.</summary>
[JsonConverter(typeof(KebabCase<AuditResult>))]
public enum AuditResult
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused.</summary>
    Refused,
}
