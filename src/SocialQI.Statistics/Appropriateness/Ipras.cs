using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Appropriateness;

/// <summary>Ratings of one indication, assessed by the IPRAS rule. All but the index are on the scale of ratings.</summary>
/// <param name="Raters">How many rated.</param>
/// <param name="Median">Of the ratings, 1 to 9.</param>
/// <param name="Low">The 30th percentile.</param>
/// <param name="High">The 70th percentile.</param>
/// <param name="Range">IPR = High − Low, 0 to 8.</param>
/// <param name="CentralPoint">IPRCP = (Low + High)/2.</param>
/// <param name="Asymmetry">AI = |5 − IPRCP|, 0 to 4.</param>
/// <param name="Ipras">2.35 + 1.5 · AI: how wide the range may be, 2.35 to 8.35.</param>
/// <param name="DisagreementIndex">DI = IPR/IPRAS, 0 or more; above 1 the panel disagrees.</param>
/// <param name="HasDisagreement">IPR &gt; IPRAS.</param>
/// <param name="Class">Uncertain with disagreement, else by the median.</param>
public sealed record IprasAssessment(
    int Raters,
    double Median,
    double Low,
    double High,
    double Range,
    double CentralPoint,
    double Asymmetry,
    double Ipras,
    double DisagreementIndex,
    bool HasDisagreement,
    AppropriatenessClass Class);

/// <summary>
/// The rule of the interpercentile range adjusted for symmetry: the further a panel leans to one side, the wider its ratings may spread.
/// Source: Fitch K, et al. RAND MR-1269, 2001; it works with panels of any size.
/// </summary>
public static class IprasRule
{
    // What the range must exceed where ratings are symmetric about 5. A table in BMJ Open 2012;2:e001431 prints 2.5, but its numbers come from this.
    private const double SymmetricRange = 2.35;

    private const double AsymmetryFactor = 1.5;

    /// <summary>Tenths have no exact double: ranges that equal IPRAS on paper may exceed it by a last bit.</summary>
    private const double Slack = 1e-9;

    /// <summary>IPRAS = 2.35 + 1.5 · |5 − (P30 + P70)/2|; disagreement where P70 − P30 &gt; IPRAS.</summary>
    /// <param name="ratings">1 to 9, in any order, at most <see cref="Panel.SizeMax"/>.</param>
    /// <param name="type">How P30 and P70 are placed. Type 7 and type 6 may judge one panel differently: fix it with the panel.</param>
    /// <returns>Null where nobody rated; one rating is an assessment, with a range of 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rating or the number of ratings is out of range, or the type has no name.</exception>
    public static IprasAssessment? Assess(IReadOnlyList<int> ratings, PercentileType type)
    {
        var sorted = Panel.Sorted(ratings);
        Given.Named(type);
        if (sorted.Length == 0)
        {
            return null;
        }
        var (low, high) = (Percentile.At(sorted, .3, type), Percentile.At(sorted, .7, type));
        var median = Percentile.At(sorted, .5, PercentileType.Type7);
        var centralPoint = (low + high) / 2;
        var asymmetry = Math.Abs(5 - centralPoint);
        var ipras = SymmetricRange + (AsymmetryFactor * asymmetry);
        var hasDisagreement = high - low > ipras + Slack;
        return new(
            sorted.Length, median, low, high, high - low, centralPoint, asymmetry, ipras, (high - low) / ipras, hasDisagreement, Panel.ClassOf(median, hasDisagreement));
    }
}
