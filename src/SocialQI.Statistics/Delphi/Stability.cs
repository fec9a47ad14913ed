using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Delphi;

/// <summary>How much a panel's answers moved from one round to the next.</summary>
public static class Stability
{
    /// <summary>ΔCV = |CV before − CV now|, each with n − 1; below .2 is stable (Dajani JS, Sincoff MZ, Talley WK. Technol Forecast Soc Change 1979;13:83).</summary>
    /// <param name="before">Ratings of the round before, 0 or more, in any order, at most <see cref="Limits.ValuesMax"/>.</param>
    /// <param name="now">Ratings of this round; not of the same number where people left.</param>
    /// <returns>Null where either coefficient is: fewer than two ratings, or all 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rating is negative or too large, or there are too many.</exception>
    public static double? CvChange(IReadOnlyList<double> before, IReadOnlyList<double> now) =>
        Spread.CoefficientOfVariation(before) - Spread.CoefficientOfVariation(now) is { } change ? Math.Abs(change) : null;

    /// <summary>
    /// Half the sum of |share before − share now| over the ratings: the least share of the panel that must have moved, 0 to 1. Below .15 is stable
    /// (Scheibe M, Skutsch M, Schofer J. In: Linstone HA, Turoff M, eds. The Delphi Method. 1975).
    /// </summary>
    /// <param name="before">Ratings of the round before, in any order, from 0 to <see cref="DelphiRule.ScaleLimit"/>, at most <see cref="Limits.ValuesMax"/>.</param>
    /// <param name="now">Ratings of this round.</param>
    /// <returns>Null where nobody rated in one of the rounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rating or their number is out of range.</exception>
    public static double? DistributionChange(IReadOnlyList<int> before, IReadOnlyList<int> now)
    {
        Given.Integers(before, 0, DelphiRule.ScaleLimit);
        Given.Integers(now, 0, DelphiRule.ScaleLimit);
        if (before.Count == 0 || now.Count == 0)
        {
            return null;
        }
        var moved = Enumerable.Range(0, DelphiRule.ScaleLimit + 1).Sum(rating =>
            Math.Abs(((long)before.Count(r => r == rating) * now.Count) - ((long)now.Count(r => r == rating) * before.Count)));
        return moved / (2.0 * before.Count * now.Count);
    }

    /// <summary>The share of people who gave another rating than the round before, 0 to 1; what Scheibe's bound of .15 is often applied to.</summary>
    /// <param name="before">One rating a person, at most <see cref="Limits.ValuesMax"/>.</param>
    /// <param name="now">The same people in the same order.</param>
    /// <returns>Null where nobody rated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too many.</exception>
    /// <exception cref="ArgumentException">The rounds differ in length.</exception>
    public static double? ShareChanged(IReadOnlyList<int> before, IReadOnlyList<int> now)
    {
        Given.Few(before, Limits.ValuesMax);
        Given.Few(now, Limits.ValuesMax);
        Given.SameLength(before, now);
        return before.Count == 0 ? null : (double)before.Zip(now).Count(pair => pair.First != pair.Second) / before.Count;
    }
}
