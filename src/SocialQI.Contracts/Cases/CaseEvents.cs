using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Cases;

/// <summary>A draft was begun.</summary>
public sealed record CaseStarted(string Title, string Question, Condition? Condition, ImmutableArray<Section> Sections) : TopicEvent;

/// <summary>A hallway thread was begun, visible to these.</summary>
public sealed record HallwayStarted(string Line, Visibility Visibility, ImmutableArray<string> Audience, Attestation? Attestation = null) : TopicEvent;

/// <summary>The hallway thread became a case.</summary>
public sealed record CasePromoted(string Title, string Question, Condition? Condition, ImmutableArray<Section> Sections, Attestation? Attestation = null) : TopicEvent;

/// <summary>Title, question and condition are these from now on.</summary>
public sealed record CaseRevised(string Title, string Question, Condition? Condition, Attestation? Attestation = null) : TopicEvent;

/// <summary>A section reads so from now on.</summary>
public sealed record SectionRevised(Section Section, Attestation? Attestation = null) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => (long)Section.Kind;
}

/// <summary>The draft was opened; from now on these may follow it.</summary>
public sealed record CaseOpened(Visibility Visibility, ImmutableArray<string> Audience, Attestation? Attestation = null) : TopicEvent;

/// <summary>From now on these may follow it.</summary>
public sealed record VisibilityChanged(Visibility Visibility, ImmutableArray<string> Audience, Attestation? Attestation = null) : TopicEvent;

/// <summary>The case was closed with what was learned.</summary>
public sealed record CaseClosed(string Learned, Attestation? Attestation = null) : TopicEvent;

/// <summary>The case was opened again, for this reason.</summary>
public sealed record CaseReopened(string Reason, Attestation? Attestation = null) : TopicEvent;

/// <summary>Something became known on this day, counted from admission.</summary>
/// <param name="Day">The day.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Images">What it shows.</param>
/// <param name="Attestation">What its author said of words that were marked.</param>
public sealed record FactAdded(
    int Day,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<CaseImage> Images = default,
    Attestation? Attestation = null) : TopicEvent;

/// <summary>Something was said. Its number is the event's.</summary>
/// <param name="Contribution">What it is.</param>
/// <param name="Text">Plain text.</param>
/// <param name="ReplyTo">What it replies to.</param>
/// <param name="Thread">The first contribution of that thread.</param>
/// <param name="Mentions">Who is mentioned.</param>
/// <param name="Evidence">With evidence only.</param>
/// <param name="ReplyToAuthor">Who wrote what it replies to.</param>
/// <param name="Images">What it shows.</param>
/// <param name="Attestation">What its author said of words that were marked.</param>
public sealed record ContributionPosted(
    ContributionKind Contribution,
    string Text,
    long? ReplyTo,
    long? Thread,
    ImmutableArray<ClinicianId> Mentions,
    Evidence? Evidence,
    ClinicianId? ReplyToAuthor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<CaseImage> Images = default,
    Attestation? Attestation = null) : TopicEvent;

/// <summary>The contribution reads so from now on.</summary>
public sealed record ContributionEdited(long Number, string Text, Attestation? Attestation = null) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>The contribution was taken back, by its author or a moderator.</summary>
public sealed record ContributionWithdrawn(long Number) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>A reaction was added by the event's actor.</summary>
public sealed record ReactionAdded(long Number, Reaction Reaction) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>The actor took the reaction back.</summary>
public sealed record ReactionTakenBack(long Number, Reaction Reaction) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}
