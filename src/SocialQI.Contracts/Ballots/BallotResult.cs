using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Ballots;

/// <summary>How often an option was chosen.</summary>
/// <param name="Option">Which, from 0; with votes, the number of what is voted on.</param>
/// <param name="Count">How many entries chose, rated or ranked it; with votes, how many are for it.</param>
/// <param name="Values">With a scale, how many gave 1, 2 … 9; with a ranking, how many put it first, second …; with votes, how many are against it; else default.</param>
/// <param name="Confidence">The mean confidence of those who said one, in percent; null when nobody did.</param>
/// <param name="Comments">With a scale, what was written on ratings of it: by alphabet, at most <see cref="CommentsMax"/>; default where nothing was.</param>
public sealed record OptionTally(
    int Option, int Count, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<int> Values = default, double? Confidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<string> Comments = default)
{
    /// <summary>The most comments on one option that stand in a result.</summary>
    public const int CommentsMax = 50;
}

/// <summary>What entries come to, taken together.</summary>
/// <param name="Entered">How many there are.</param>
/// <param name="Options">One for each option that there is; with votes, for each that somebody voted on, by number.</param>
/// <param name="Texts">With <see cref="BallotKind.Text"/>, what was written, and with <see cref="BallotKind.Differential"/>, other next steps: by alphabet, at most <see cref="TextsMax"/>; else default.</param>
/// <param name="Pool">With <see cref="BallotKind.Differential"/>, the diagnoses by the 1/r rule, the best first, at most <see cref="Pooled.Max"/>; else default.</param>
public sealed record Tally(
    int Entered, ImmutableArray<OptionTally> Options,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<string> Texts = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Pooled> Pool = default)
{
    /// <summary>The most texts that stand in a result.</summary>
    public const int TextsMax = 200;
}

/// <summary>What the entries of some groups come to: at least <see cref="EnteredMin"/> of them.</summary>
/// <param name="Of">The institutions or disciplines; several where one alone would be too small. Empty: who has none.</param>
/// <param name="Tally">Without texts.</param>
public sealed record GroupTally(ImmutableArray<string> Of, Tally Tally)
{
    /// <summary>The fewest entries of which a group is told.</summary>
    public const int EnteredMin = 5;
}

/// <summary>What a ballot came to.</summary>
/// <param name="Whole">All entries.</param>
/// <param name="ByInstitution">By the institution each was given for; empty where no two groups are large enough.</param>
/// <param name="ByDiscipline">By the specialty of who entered; empty where no two groups are large enough.</param>
/// <param name="Weighted">With <see cref="BallotKind.Differential"/>, the pool in which those count more who were right more often; null where too few have a record, or these differ by no more than chance: then all count the same.</param>
/// <param name="Without">With <see cref="BallotKind.Differential"/>, the pool of all but one of the groups of <paramref name="ByInstitution"/>, in their order; default else.</param>
/// <param name="Concordance">With a scale, how alike those who entered rank the options; null where that is not defined.</param>
public sealed record BallotResult(
    Tally Whole, ImmutableArray<GroupTally> ByInstitution, ImmutableArray<GroupTally> ByDiscipline, WeightedPool? Weighted = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<GroupTally> Without = default,
    RankConcordance? Concordance = null);

/// <summary>Kendall's coefficient of concordance, corrected for ties.</summary>
/// <param name="Raters">How many entered.</param>
/// <param name="Options">How many options all of them rated: the others are left out.</param>
/// <param name="W">0, no concordance, to 1, all rank alike.</param>
/// <param name="ChiSquared">With <paramref name="Options"/> − 1 degrees of freedom; good from about seven options on.</param>
/// <param name="P">The chance of as much or more where everybody ranks at random.</param>
public sealed record RankConcordance(int Raters, int Options, double W, double ChiSquared, double P);

/// <summary>A ballot as what it belongs to shows it.</summary>
/// <param name="Ballot">Its name.</param>
/// <param name="Number">The event that called it.</param>
/// <param name="By">Who called it.</param>
/// <param name="Terms">What is asked, and how.</param>
/// <param name="Stage">Whether entries are still taken.</param>
/// <param name="Ground">Why it closed; null while it is open.</param>
/// <param name="Reason">The moderator's, where they ended it.</param>
/// <param name="Result">What it came to; null while it is open.</param>
public sealed record BallotShown(
    TopicId Ballot, long Number, ClinicianId By, BallotTerms Terms, BallotStage Stage = BallotStage.Open, ClosingGround? Ground = null, string? Reason = null, BallotResult? Result = null)
{
    /// <summary>The most ballots that one case or session can have.</summary>
    public const int Max = 50;

    /// <summary>The longest reason for ending one.</summary>
    public const int ReasonLengthMax = 400;
}
