using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Cases;

/// <summary>What a contribution is.</summary>
[JsonConverter(typeof(KebabCase<ContributionKind>))]
public enum ContributionKind
{
    /// <summary>A remark.</summary>
    Comment,

    /// <summary>Something that wants an answer.</summary>
    Question,

    /// <summary>A reply to a question that answers it.</summary>
    Answer,

    /// <summary>A reference, and what it supports.</summary>
    Evidence,

    /// <summary>What became known later; comes by <see cref="FactAdded"/> only.</summary>
    Fact,
}

/// <summary>The reactions there are; no others.</summary>
[JsonConverter(typeof(KebabCase<Reaction>))]
public enum Reaction
{
    /// <summary>I think so too. It counts as no vote: opinions are not gathered by reactions.</summary>
    Agree,

    /// <summary>This helped me.</summary>
    Thanks,

    /// <summary>I had not seen it so.</summary>
    Insightful,

    /// <summary>Whoever reads only one thing here should read this.</summary>
    Important,

    /// <summary>I doubt it, without saying why.</summary>
    Unsure,
}

/// <summary>Where evidence is found.</summary>
[JsonConverter(typeof(KebabCase<EvidenceKind>))]
public enum EvidenceKind
{
    /// <summary>A digital object identifier, beginning with <c>10.</c>, without the resolver's address before it.</summary>
    Doi,

    /// <summary>A PubMed number: up to nine digits.</summary>
    Pmid,

    /// <summary>An https address without a user name in it. The service never fetches it.</summary>
    Url,
}

/// <summary>A citation.</summary>
/// <param name="Kind">What the reference is.</param>
/// <param name="Reference">A DOI (10.…), a PubMed number, or an https address; at most <see cref="ReferenceLengthMax"/> characters.</param>
/// <param name="Supports">What it supports, at most <see cref="SupportsLengthMax"/> characters.</param>
public sealed record Evidence(EvidenceKind Kind, string Reference, string Supports)
{
    /// <summary>The longest reference.</summary>
    public const int ReferenceLengthMax = 500;

    /// <summary>The longest statement of what it supports.</summary>
    public const int SupportsLengthMax = 500;
}

/// <summary>Who reacted so, in the order they did.</summary>
public sealed record ReactionsOf(Reaction Reaction, ImmutableArray<ClinicianId> By);

/// <summary>A contribution as it stands now.</summary>
/// <param name="Number">The number of the event that posted it: its name in the case.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="For">The institution they acted for.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says; without words when it was withdrawn or redacted.</param>
/// <param name="Day">With a fact only: days since admission.</param>
/// <param name="ReplyTo">What it replies to.</param>
/// <param name="Thread">The first contribution of its thread, when it replies.</param>
/// <param name="Mentions">Who is mentioned.</param>
/// <param name="Evidence">With evidence only.</param>
/// <param name="Reactions">One entry for each reaction that somebody gave.</param>
/// <param name="Revisions">How often it was written anew.</param>
/// <param name="Withdrawn">Whether it was taken back.</param>
public sealed record Contribution(
    long Number,
    ClinicianId By,
    InstitutionId? For,
    Moment At,
    ContributionKind Kind,
    Passage Text,
    int? Day,
    long? ReplyTo,
    long? Thread,
    ImmutableArray<ClinicianId> Mentions,
    Evidence? Evidence,
    ImmutableArray<ReactionsOf> Reactions,
    int Revisions,
    bool Withdrawn)
{
    /// <summary>The longest text, with the descriptions of its images; with every character escaped it still fits one hub message.</summary>
    public const int TextLengthMax = 5_000;

    /// <summary>The most people one contribution can mention.</summary>
    public const int MentionsMax = 20;

    /// <summary>The most images one contribution can show.</summary>
    public const int ImagesMax = 10;

    /// <summary>The most people who can give one contribution the same reaction.</summary>
    public const int ReactionsMax = 200;

    /// <summary>The most often a contribution can be written anew.</summary>
    public const int RevisionsMax = 50;

    /// <summary>The furthest day of a fact from admission, before or after.</summary>
    public const int DayMax = 45_000;

    /// <summary>What it shows; default where it shows nothing, also because it was withdrawn or redacted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<CaseImage> Images { get; init; }
}

/// <summary>A text and the number of the event that wrote it, so that redacting that event removes it wherever it stands.</summary>
/// <param name="Words">Empty when there are none any more.</param>
/// <param name="From">The event's number.</param>
public readonly record struct Passage(string Words, long From)
{
    /// <summary>Whether the text was destroyed: an accepted text is never empty.</summary>
    [JsonIgnore]
    public bool IsGone => From > 0 && Words.Length == 0;

    /// <summary>The passage after event <paramref name="number"/> was redacted.</summary>
    public Passage Without(long number) => From == number ? this with { Words = "" } : this;
}
