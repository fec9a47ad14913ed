using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Ballots;

/// <summary>How a ballot is answered.</summary>
[JsonConverter(typeof(KebabCase<BallotKind>))]
public enum BallotKind
{
    /// <summary>One option.</summary>
    SingleChoice,

    /// <summary>One or more options.</summary>
    MultipleChoice,

    /// <summary>Options rated from <see cref="BallotTerms.ScaleMin"/> to <see cref="BallotTerms.ScaleMax"/>; those left out are unrated.</summary>
    Scale,

    /// <summary>Options in order, the best first; not all need a place.</summary>
    Ranked,

    /// <summary>A line in one's own words.</summary>
    Text,

    /// <summary>For or against each of what is named by number elsewhere: the questions of a session.</summary>
    Votes,

    /// <summary>An opinion on a case: diagnoses in order, and what to do next, by an option or in one's own words.</summary>
    Differential,
}

/// <summary>What is asked, of whom, and when it opens. Fixed when the ballot is called; nobody can change it afterwards.</summary>
/// <param name="Kind">How it is answered.</param>
/// <param name="Question">What is asked, at most <see cref="QuestionLengthMax"/> characters.</param>
/// <param name="Options">What can be chosen: 2 to <see cref="OptionsMax"/>; none with <see cref="BallotKind.Text"/> and <see cref="BallotKind.Votes"/>. With <see cref="BallotKind.Differential"/> the next steps on offer, or none.</param>
/// <param name="IsSealed">Until it closes nobody learns anything of it but their own entry; else totals are shown as they grow.</param>
/// <param name="AsksConfidence">Whether each choice may say how sure one is, 0 to 100 percent.</param>
/// <param name="IsNamed">Whether entries are shown with their names once it is closed; else nobody ever sees one but who made it.</param>
/// <param name="Seats">Who may enter, where that is fixed; default: whoever may follow what it belongs to.</param>
/// <param name="ClosesAfter">It closes by itself with this many entries; null: not by count.</param>
/// <param name="ClosesAt">It closes by itself at this moment; null: not by time.</param>
/// <param name="Before">The ballot of which this is the second round; null when it is none.</param>
/// <param name="TraineesUntil">With <see cref="BallotKind.Differential"/>: before this moment only those in training enter; null: all at once.</param>
/// <param name="AsksAll">With a scale, whether an entry rates every option but those its seat is recused from.</param>
public sealed record BallotTerms(
    BallotKind Kind,
    string Question,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<string> Options = default,
    bool IsSealed = true,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AsksConfidence = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsNamed = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Seats = default,
    int? ClosesAfter = null,
    Moment? ClosesAt = null,
    TopicId? Before = null,
    Moment? TraineesUntil = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AsksAll = false)
{
    /// <summary>The longest question.</summary>
    public const int QuestionLengthMax = 400;

    /// <summary>The fewest options that leave a choice.</summary>
    public const int OptionsMin = 2;

    /// <summary>The most options.</summary>
    public const int OptionsMax = 20;

    /// <summary>The longest option.</summary>
    public const int OptionLengthMax = 200;

    /// <summary>The most fixed seats.</summary>
    public const int SeatsMax = 500;

    /// <summary>The most entries.</summary>
    public const int EntriesMax = 10_000;

    /// <summary>The least that an option can be rated.</summary>
    public const int ScaleMin = 1;

    /// <summary>The most that an option can be rated.</summary>
    public const int ScaleMax = 9;

    /// <summary>How far ahead it can close by time.</summary>
    public static readonly TimeSpan LastsMax = TimeSpan.FromDays(60);
}

/// <summary>A choice of an entry.</summary>
/// <param name="Option">Which option, from 0; with <see cref="BallotKind.Votes"/>, the number of what is voted on.</param>
/// <param name="Value">With a scale, the rating; with votes, 1 for it and -1 against it; else null.</param>
/// <param name="Confidence">How sure, in percent; null where it is not said.</param>
/// <param name="Comment">With a scale, a line on the rating, at most <see cref="Entry.TextLengthMax"/> characters: shown without a name once it is closed. Null: none.</param>
public sealed record Choice(int Option, int? Value = null, int? Confidence = null, string? Comment = null);

/// <summary>That a seat does not rate an option.</summary>
/// <param name="Seat">Whose.</param>
/// <param name="Option">Which, from 0.</param>
public sealed record Recusal(ClinicianId Seat, int Option);

/// <summary>What one seat says: choices, in order where they are ranked, or a line of text.</summary>
/// <param name="Choices">None with <see cref="BallotKind.Text"/>; with <see cref="BallotKind.Differential"/> the next step, where it is one on offer.</param>
/// <param name="Text">With <see cref="BallotKind.Text"/> at most <see cref="TextLengthMax"/> characters; with <see cref="BallotKind.Differential"/> the next step, where it is another one.</param>
/// <param name="Opinion">With <see cref="BallotKind.Differential"/> only.</param>
public sealed record Entry(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Choice> Choices = default, string? Text = null, Opinion? Opinion = null)
{
    /// <summary>The longest text.</summary>
    public const int TextLengthMax = 300;

    /// <summary>The most votes of one seat.</summary>
    public const int VotesMax = 300;

    /// <summary>The highest confidence.</summary>
    public const int ConfidenceMax = 100;
}

/// <summary>Where a ballot is in its life.</summary>
[JsonConverter(typeof(KebabCase<BallotStage>))]
public enum BallotStage
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Entries are taken and revised.</summary>
    Open,

    /// <summary>The result is there, and nothing changes any more.</summary>
    Closed,
}

/// <summary>Why a ballot closed.</summary>
[JsonConverter(typeof(KebabCase<ClosingGround>))]
public enum ClosingGround
{
    /// <summary>As many had entered as its terms said.</summary>
    Count,

    /// <summary>Its time was over.</summary>
    Time,

    /// <summary>Somebody who leads it ended it, with a reason.</summary>
    Moderator,

    /// <summary>What it belongs to is over.</summary>
    Over,
}
