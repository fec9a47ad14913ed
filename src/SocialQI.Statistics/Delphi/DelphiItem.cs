using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Delphi;

/// <summary>What a panel agrees on.</summary>
public enum Consensus
{
    /// <summary>On nothing yet.</summary>
    None,

    /// <summary>That the item is in.</summary>
    For,

    /// <summary>That it is out.</summary>
    Against,
}

/// <summary>One item after a round.</summary>
/// <param name="Raters">How many rated it.</param>
/// <param name="ShareFor">Of the raters, 0 to 1; null where nobody rated.</param>
/// <param name="ShareAgainst">Of the raters, 0 to 1; null where nobody rated.</param>
/// <param name="Consensus">By the panel's rule.</param>
/// <param name="InterquartileRange">By percentiles of type 7, in points of the scale; null where nobody rated.</param>
/// <param name="CoefficientOfVariation">With n − 1; null with fewer than two raters, or where all rated 0.</param>
/// <param name="CvChange">|CV before − CV now|; null in the first round or where either is.</param>
/// <param name="Moved">The least share of answers that moved, as <see cref="Stability.DistributionChange"/>; null in the first round or where nobody rated.</param>
/// <param name="IsStable">Both are known, and below the rule's bounds.</param>
public sealed record DelphiItem(
    int Raters,
    double? ShareFor,
    double? ShareAgainst,
    Consensus Consensus,
    double? InterquartileRange,
    double? CoefficientOfVariation,
    double? CvChange,
    double? Moved,
    bool IsStable)
{
    /// <summary>Another round would bring nothing: there is consensus, or answers no longer move.</summary>
    public bool IsSettled => Consensus != Consensus.None || IsStable;

    /// <summary>
    /// Consensus for: share for ≥ <see cref="DelphiRule.ShareMin"/> and share against &lt; <see cref="DelphiRule.OppositeBelow"/>; against: the other way round.
    /// Where a rule lets both be true, neither is. Both need the interquartile range that the rule asks for.
    /// </summary>
    /// <param name="ratings">This round's, in any order, at most <see cref="Limits.ValuesMax"/>, each on the rule's scale.</param>
    /// <param name="before">Those of the round before; null in the first.</param>
    /// <param name="rule">What was agreed on before the first round.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rating, their number, or a value of the rule is out of range.</exception>
    public static DelphiItem Of(IReadOnlyList<int> ratings, IReadOnlyList<int>? before, DelphiRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.Check();
        Given.Integers(ratings, rule.ScaleMin, rule.ScaleMax);
        if (before is not null)
        {
            Given.Integers(before, rule.ScaleMin, rule.ScaleMax);
        }
        var values = ratings.Select(r => (double)r).ToArray();
        var shareFor = Share(ratings, r => r >= rule.ForFrom);
        var shareAgainst = Share(ratings, r => r <= rule.AgainstThrough);
        var cv = Spread.CoefficientOfVariation(values);
        var change = before is null ? null : Stability.CvChange([.. before.Select(r => (double)r)], values);
        var moved = before is null ? null : Stability.DistributionChange(before, ratings);
        var range = Percentile.InterquartileRange(values, PercentileType.Type7);
        return new(
            ratings.Count, shareFor, shareAgainst, range > rule.IqrMax ? Consensus.None : ConsensusOf(shareFor, shareAgainst, rule), range, cv, change, moved,
            change < rule.CvChangeBelow && (rule.MovedBelow is null || moved < rule.MovedBelow));
    }

    private static Consensus ConsensusOf(double? shareFor, double? shareAgainst, DelphiRule rule) =>
        (shareFor >= rule.ShareMin && shareAgainst < rule.OppositeBelow, shareAgainst >= rule.ShareMin && shareFor < rule.OppositeBelow) switch
        {
            (true, false) => Consensus.For,
            (false, true) => Consensus.Against,
            _ => Consensus.None,
        };

    private static double? Share(IReadOnlyList<int> ratings, Func<int, bool> counts) => ratings.Count == 0 ? null : (double)ratings.Count(counts) / ratings.Count;
}
