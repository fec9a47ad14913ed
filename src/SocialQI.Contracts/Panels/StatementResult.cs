using System.Text.Json.Serialization;

namespace SocialQI.Panels;

/// <summary>What a panel says of a statement: by the median, and uncertain where it disagrees.</summary>
[JsonConverter(typeof(KebabCase<Verdict>))]
public enum Verdict
{
    /// <summary>Median below 3.5, without disagreement.</summary>
    Inappropriate,

    /// <summary>Neither, or the panel disagrees.</summary>
    Uncertain,

    /// <summary>Median 6.5 or more, without disagreement.</summary>
    Appropriate,
}

/// <summary>What counting ratings by thirds says: the classic RAND/UCLA rule.</summary>
[JsonConverter(typeof(KebabCase<CountedView>))]
public enum CountedView
{
    /// <summary>Neither agreement nor disagreement.</summary>
    Indeterminate,

    /// <summary>Few enough rated outside the median's third.</summary>
    Agreement,

    /// <summary>Many enough rated in each outer third.</summary>
    Disagreement,
}

/// <summary>On which side a Delphi panel agrees.</summary>
[JsonConverter(typeof(KebabCase<ConsensusSide>))]
public enum ConsensusSide
{
    /// <summary>On neither.</summary>
    None,

    /// <summary>7 to 9.</summary>
    For,

    /// <summary>1 to 3.</summary>
    Against,
}

/// <summary>Ratings of a statement assessed by the IPRAS rule, on the scale of ratings.</summary>
/// <param name="Median">1 to 9.</param>
/// <param name="Low">The 30th percentile.</param>
/// <param name="High">The 70th percentile.</param>
/// <param name="Range">IPR: High − Low.</param>
/// <param name="Ipras">How wide the range may be.</param>
/// <param name="Index">IPR/IPRAS: above 1 the panel disagrees.</param>
/// <param name="HasDisagreement">IPR &gt; IPRAS.</param>
/// <param name="Verdict">What follows.</param>
public sealed record Assessed(double Median, double Low, double High, double Range, double Ipras, double Index, bool HasDisagreement, Verdict Verdict);

/// <summary>How much ratings moved since the round before.</summary>
/// <param name="CvChange">By how much the coefficient of variation changed; null where it is not defined.</param>
/// <param name="Share">The least share of answers that moved, 0 to 1.</param>
/// <param name="IsStable">Whether the coefficient changed by less than 0.2.</param>
public sealed record Movement(double? CvChange, double? Share, bool IsStable);

/// <summary>What a round came to for one statement.</summary>
/// <param name="Statement">Which, from 0.</param>
/// <param name="Raters">How many rated it.</param>
/// <param name="Assessed">By the IPRAS rule; null where nobody rated.</param>
/// <param name="Counted">By the classic rule; null with fewer ratings than <see cref="PanelPlan.CountedFrom"/>.</param>
/// <param name="Consensus">Whether 70 percent or more are on one side, and fewer than 15 percent on the other.</param>
/// <param name="Moved">Since the round before; null in the first, after somebody recused themselves from it since, and where nobody rated.</param>
/// <param name="IsNecessary">In a round on necessity: it is appropriate, and of these ratings the median is 7 or more without disagreement.</param>
public sealed record StatementResult(
    int Statement, int Raters, Assessed? Assessed = null, CountedView? Counted = null, ConsensusSide Consensus = ConsensusSide.None, Movement? Moved = null, bool? IsNecessary = null);
