using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Cases;

/// <summary>Start a case as a draft that only its author sees. The topic's home must be the institution the author acts for.</summary>
public sealed record StartCase(
    string Title, string Question, Condition? Condition = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Section> Sections = default) : CaseCommand;

/// <summary>Start a case as a draft with what is known of it already, day by day: all of it or nothing. As a record that was read from a hospital's system brings it.</summary>
public sealed record ImportCase(
    string Title,
    string Question,
    Condition? Condition = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Section> Sections = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ImportedFact> Facts = default) : CaseCommand
{
    /// <summary>The most facts that come at once.</summary>
    public const int FactsMax = 200;
}

/// <summary>What was known on a day.</summary>
public sealed record ImportedFact(int Day, string Text);

/// <summary>Start a hallway thread: a case that has only a line. It is open at once, so it needs its author's attestation.</summary>
public sealed record StartHallway(string Line, Visibility Visibility, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Make a case of a hallway thread; number, link and followers stay. They see more of it at once, so it needs its author's attestation.</summary>
public sealed record PromoteHallway(
    string Title,
    string Question,
    Condition? Condition = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Section> Sections = default,
    Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Write title, question and condition anew.</summary>
public sealed record ReviseCase(string Title, string Question, Condition? Condition, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Write one section anew.</summary>
public sealed record ReviseSection(Section Section, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Open a draft to its audience. It needs its author's attestation.</summary>
public sealed record OpenCase(Visibility Visibility, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Make an open case visible to others than before. Where somebody comes in who could not see it, it needs an attestation.</summary>
public sealed record ChangeVisibility(Visibility Visibility, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Close the case with what was learned.</summary>
public sealed record CloseCase(string Learned, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Open a closed case again, with a reason.</summary>
public sealed record ReopenCase(string Reason, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Add what became known later, on a day counted from admission (day 0).</summary>
/// <param name="Day">The day.</param>
/// <param name="Text">Plain text, up to <see cref="Contribution.TextLengthMax"/> characters together with the descriptions of its images.</param>
/// <param name="Images">Up to <see cref="Contribution.ImagesMax"/> that were sent to this case before.</param>
/// <param name="Attestation">Where words are marked and others than the home's people read on; see <see cref="Cases.Attestation"/>.</param>
public sealed record AddFact(
    int Day,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<CaseImage> Images = default,
    Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Say something: a comment, question or evidence, or an answer to a question.</summary>
/// <param name="Contribution">Which of these.</param>
/// <param name="Text">Plain text, up to <see cref="Cases.Contribution.TextLengthMax"/> characters together with the descriptions of its images.</param>
/// <param name="ReplyTo">The number of the contribution it replies to; an answer needs one.</param>
/// <param name="Mentions">Up to <see cref="Cases.Contribution.MentionsMax"/> people.</param>
/// <param name="Evidence">With evidence only.</param>
/// <param name="Images">Up to <see cref="Cases.Contribution.ImagesMax"/> that were sent to this case before.</param>
/// <param name="Attestation">Where words are marked and others than the home's people read on; see <see cref="Cases.Attestation"/>.</param>
public sealed record PostContribution(
    ContributionKind Contribution,
    string Text,
    long? ReplyTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Mentions = default,
    Evidence? Evidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<CaseImage> Images = default,
    Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Write one's own contribution anew; what it said before stays readable as a revision.</summary>
public sealed record EditContribution(long Number, string Text, Attestation? Attestation = null) : CaseCommand, IAttested;

/// <summary>Take a contribution back; a mark stays. Its author, or a moderator.</summary>
public sealed record WithdrawContribution(long Number) : CaseCommand;

/// <summary>Add a reaction, or take it back.</summary>
public sealed record React(long Number, Reaction Reaction, bool On = true) : CaseCommand;
