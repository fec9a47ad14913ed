using System.Collections.Immutable;
using System.Text;
using SocialQI.Cases;

namespace SocialQI.Ballots;

/// <summary>A diagnosis that somebody thinks of.</summary>
/// <param name="Of">Which: by its code where it was found in the terminology, else in their own words.</param>
/// <param name="Confidence">How likely it is, in percent; null where that is not said.</param>
public sealed record Diagnosis(Condition Of, int? Confidence = null);

/// <summary>What one clinician thinks of a case, beside what they would do next.</summary>
/// <param name="Differential">The diagnoses, the likeliest first: 1 to <see cref="DiagnosesMax"/>, none of them twice. Their confidences sum to 100 percent at most.</param>
/// <param name="Reasons">What speaks for it, at most <see cref="TextLengthMax"/> characters; null where it is not said.</param>
/// <param name="WouldChange">What would change their mind; as long.</param>
public sealed record Opinion(ImmutableArray<Diagnosis> Differential, string? Reasons = null, string? WouldChange = null)
{
    /// <summary>The most diagnoses.</summary>
    public const int DiagnosesMax = 5;

    /// <summary>The longest text.</summary>
    public const int TextLengthMax = 1_000;

    /// <summary>By what two diagnoses are the same: by code, dot or no dot; without one by their words, whatever their case and spaces.</summary>
    public static string ConceptOf(Condition condition) =>
        condition.Code is { Length: > 0 } code
            ? code.Replace(".", "", StringComparison.Ordinal)
            : string.Join(' ', condition.Text.Normalize(NormalizationForm.FormKC).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}

/// <summary>A diagnosis as all opinions together place it.</summary>
/// <param name="Of">As most of them call it.</param>
/// <param name="Score">The sum of 1/r over all who put it in place r.</param>
/// <param name="Count">How many named it.</param>
/// <param name="First">How many put it first.</param>
/// <param name="Confidence">The mean confidence of those who said one, in percent; null when nobody did.</param>
public sealed record Pooled(Condition Of, double Score, int Count, int First, double? Confidence = null)
{
    /// <summary>The most diagnoses that stand in a result; those with the lowest scores are left out.</summary>
    public const int Max = 50;

    /// <summary>The same in the result of a group.</summary>
    public const int OfGroupMax = 10;
}

/// <summary>The pool in which each opinion counts by what came of earlier ones of the same person: never told of a person, only of groups.</summary>
/// <param name="Pool">As <see cref="Tally.Pool"/>; scores are sums of weight/r. The mean of the weights is 1.</param>
/// <param name="Groups">Where the weights come from: by specialty, in groups of at least <see cref="GroupTally.EnteredMin"/>; of all together where no two are as large.</param>
public sealed record WeightedPool(ImmutableArray<Pooled> Pool, ImmutableArray<GroupWeight> Groups)
{
    /// <summary>The fewest that must have a record for weights to count: with fewer one could tell whose it is.</summary>
    public const int RecordsMin = GroupTally.EnteredMin;
}

/// <summary>How much the opinions of a group weigh.</summary>
/// <param name="Of">The specialties; empty where it is all together, or who has none.</param>
/// <param name="Entered">How many entered.</param>
/// <param name="Recorded">How many of these have a record of ten cases or more; the others weigh as these do on average.</param>
/// <param name="Mean">The mean of their weights, where 1 is the mean of all.</param>
public sealed record GroupWeight(ImmutableArray<string> Of, int Entered, int Recorded, double Mean);
