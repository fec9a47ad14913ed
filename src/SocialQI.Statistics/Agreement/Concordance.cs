using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Agreement;

/// <summary>How concordant a panel's rankings are. Source: Schmidt RC. Managing Delphi surveys using nonparametric statistical techniques. Decis Sci 1997;28:763.</summary>
public enum ConcordanceStrength
{
    /// <summary>W below .3.</summary>
    VeryWeak,

    /// <summary>W from .3.</summary>
    Weak,

    /// <summary>W from .5.</summary>
    Moderate,

    /// <summary>W from .7: another round is not needed.</summary>
    Strong,
}

/// <summary>Kendall's coefficient of concordance.</summary>
/// <param name="Raters">m, how many ranked.</param>
/// <param name="Items">n, how many were ranked.</param>
/// <param name="SquaredDeviations">S = Σ(Rᵢ − R̄)² of the items' rank sums.</param>
/// <param name="W">0 (no concordance) to 1 (all rank alike).</param>
/// <param name="ChiSquared">m(n − 1)W; good from about seven items on.</param>
/// <param name="DegreesOfFreedom">n − 1.</param>
/// <param name="P">The chance of as much or more where everybody ranks at random, 0 to 1.</param>
/// <param name="IsTieCorrected">Whether ties were reckoned with.</param>
public sealed record Concordance(int Raters, int Items, double SquaredDeviations, double W, double ChiSquared, int DegreesOfFreedom, double P, bool IsTieCorrected)
{
    /// <summary>In Schmidt's words.</summary>
    public ConcordanceStrength Strength =>
        W >= .7 ? ConcordanceStrength.Strong : W >= .5 ? ConcordanceStrength.Moderate : W >= .3 ? ConcordanceStrength.Weak : ConcordanceStrength.VeryWeak;

    /// <summary>
    /// Kendall MG, Babington Smith B. The problem of m rankings. Ann Math Stat 1939;10:275. W = 12S/(m²(n³ − n)), with ties corrected 12S/(m²(n³ − n) − mΣT),
    /// T = Σ(t³ − t) over each rater's groups of t equal scores.
    /// </summary>
    /// <param name="scores">One row a rater, one column an item: ranks, or scores of which ranks are made; equal ones share their mean rank. Each finite and within
    /// <see cref="Limits.MagnitudeMax"/>; at most <see cref="Limits.RatersMax"/> rows and <see cref="Limits.CellsMax"/> cells.</param>
    /// <param name="correctsTies">Whether to correct; without ties both are the same, with ties W uncorrected is too small.</param>
    /// <returns>Null with fewer than two raters or two items; corrected also where every rater scored all items the same.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A score or the table's size is out of range.</exception>
    /// <exception cref="ArgumentException">Rows differ in length.</exception>
    public static Concordance? Of(IReadOnlyList<IReadOnlyList<double>> scores, bool correctsTies)
    {
        var items = Given.Rectangle(scores, Limits.RatersMax, Limits.ValuesMax);
        foreach (var row in scores)
        {
            Given.Numbers(row, nameof(scores));
        }
        return scores.Count < 2 || items < 2 ? null : Of([.. scores.Select(Ranks.Of)], scores.Count, items, correctsTies);
    }

    private static Concordance? Of(Ranks[] ranks, int raters, int items, bool correctsTies)
    {
        // With ranks doubled everything is whole, and so the same in whatever order raters and items come.
        Int128 fourfold = 0;
        for (var item = 0; item < items; item++)
        {
            Int128 deviation = ranks.Sum(r => (long)r.Doubled[item]) - ((long)raters * (items + 1));
            fourfold += deviation * deviation;
        }
        Int128 m = raters, n = items;
        var most = (m * m * ((n * n * n) - n)) - (correctsTies ? m * ranks.Aggregate((Int128)0, (sum, r) => sum + r.TieTerm) : 0);
        if (most == 0)
        {
            return null;
        }
        var w = (double)(3 * fourfold) / (double)most;
        var chiSquared = (double)raters * (items - 1) * w;
        return new(raters, items, (double)fourfold / 4, w, chiSquared, items - 1, Distributions.ChiSquaredUpper(chiSquared, items - 1), correctsTies);
    }
}
