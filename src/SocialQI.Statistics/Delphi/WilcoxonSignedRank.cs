using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Delphi;

/// <summary>Whether the same people's answers moved one way between two rounds.</summary>
/// <param name="Pairs">How many moved at all; who did not is left out.</param>
/// <param name="Unmoved">How many did not.</param>
/// <param name="PositiveRanks">V, the sum of ranks of those who came down (before − now above 0).</param>
/// <param name="NegativeRanks">The sum of ranks of those who went up.</param>
/// <param name="P">Two-sided, 0 to 1; null where nobody moved.</param>
/// <param name="IsExact">Counted over all signs; else by the normal distribution with corrections for ties and continuity.</param>
public sealed record WilcoxonSignedRank(int Pairs, int Unmoved, double PositiveRanks, double NegativeRanks, double? P, bool IsExact)
{
    /// <summary>The most pairs for which the chance is counted exactly.</summary>
    public const int ExactPairsMax = 49;

    /// <summary>
    /// Wilcoxon F. Individual comparisons by ranking methods. Biometrics Bull 1945;1:80. The sizes of the differences are ranked, ties share their mean rank.
    /// Without ties, without anybody unmoved and up to <see cref="ExactPairsMax"/> pairs P is exact: twice the smaller tail of the distribution of V, at most 1. Else
    /// z = (|V − n(n+1)/4| − ½)/√(n(n+1)(2n+1)/24 − Σ(t³−t)/48), as R's wilcox.test. Ties are equal differences, to the last bit: give ratings, not shares of them.
    /// </summary>
    /// <param name="before">One value a person, finite and within <see cref="Limits.MagnitudeMax"/>, at most <see cref="Limits.ValuesMax"/>.</param>
    /// <param name="now">The same people in the same order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value or their number is out of range.</exception>
    /// <exception cref="ArgumentException">The rounds differ in length.</exception>
    public static WilcoxonSignedRank Of(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        Given.Numbers(before);
        Given.Numbers(now);
        Given.SameLength(before, now);
        var moved = before.Zip(now).Select(pair => pair.First - pair.Second).Where(d => d != 0).ToArray();
        var ranks = Ranks.Of([.. moved.Select(Math.Abs)]);
        var doubledPositive = moved.Zip(ranks.Doubled).Where(m => m.First > 0).Sum(m => (long)m.Second);
        var doubledAll = (long)moved.Length * (moved.Length + 1);
        var unmoved = before.Count - moved.Length;
        var isExact = moved.Length is > 0 and <= ExactPairsMax && unmoved == 0 && ranks.TieTerm == 0;
        return new(
            moved.Length, unmoved, doubledPositive / 2.0, (doubledAll - doubledPositive) / 2.0,
            moved.Length == 0 ? null : isExact ? Exact((int)doubledPositive / 2, moved.Length) : Normal(doubledPositive / 2.0, moved.Length, ranks.TieTerm),
            isExact);
    }

    private static double Exact(int positive, int pairs)
    {
        // Of all 2ⁿ ways to give signs, how many have each sum: below 2⁴⁹, so whole numbers stay exact.
        var ways = new long[(pairs * (pairs + 1) / 2) + 1];
        ways[0] = 1;
        for (var rank = 1; rank <= pairs; rank++)
        {
            for (var sum = ways.Length - 1; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }
        // The distribution is symmetric: the smaller tail is the one below the smaller sum.
        var smaller = Math.Min(positive, ways.Length - 1 - positive);
        return Math.Min(1, Math.ScaleB(2.0 * ways.Take(smaller + 1).Sum(), -pairs));
    }

    private static double Normal(double positive, double pairs, Int128 tieTerm)
    {
        var variance = (pairs * (pairs + 1) * ((2 * pairs) + 1) / 24) - ((double)tieTerm / 48);
        var distance = Math.Max(0, Math.Abs(positive - (pairs * (pairs + 1) / 4)) - .5);
        return Distributions.NormalTwoSided(distance / Math.Sqrt(variance));
    }
}
