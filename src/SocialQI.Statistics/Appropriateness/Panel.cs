using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Appropriateness;

/// <summary>What a panel says of doing something for a kind of patient.</summary>
public enum AppropriatenessClass
{
    /// <summary>The harm is expected to outweigh the good: median below 3.5, without disagreement.</summary>
    Inappropriate,

    /// <summary>Neither, or the panel disagrees.</summary>
    Uncertain,

    /// <summary>The good is expected to outweigh the harm: median 6.5 or more, without disagreement.</summary>
    Appropriate,
}

/// <summary>
/// Ratings of a RAND/UCLA panel: 1 (harm far outweighs good) to 9 (good far outweighs harm).
/// Source: Fitch K, Bernstein SJ, Aguilar MD, et al. The RAND/UCLA Appropriateness Method User's Manual. RAND MR-1269, 2001.
/// </summary>
public static class Panel
{
    /// <summary>The lowest rating.</summary>
    public const int RatingMin = 1;

    /// <summary>The highest rating.</summary>
    public const int RatingMax = 9;

    /// <summary>The largest panel.</summary>
    public const int SizeMax = Limits.RatersMax;

    /// <summary>The median from which something is appropriate; 6.5 itself, which an even panel may have, goes up.</summary>
    public const double AppropriateFrom = 6.5;

    /// <summary>The median below which something is inappropriate; 3.5 itself goes up.</summary>
    public const double InappropriateBelow = 3.5;

    /// <summary>The median from which, in the second round, something is necessary.</summary>
    public const double NecessaryFrom = 7;

    /// <summary>
    /// Whether it must be offered (Fitch 2001, chapter on necessity): it is appropriate, and of the ratings of necessity the median is 7 or more, without disagreement.
    /// A median of 6.5 does not make necessary.
    /// </summary>
    /// <param name="appropriateness">What the first ratings said.</param>
    /// <param name="necessity">The ratings of necessity, assessed by the IPRAS rule; null where nobody rated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class has no name.</exception>
    public static bool IsNecessary(AppropriatenessClass appropriateness, IprasAssessment? necessity) =>
        IsNecessary(appropriateness, necessity?.Median, necessity is { HasDisagreement: true });

    /// <summary>As <see cref="IsNecessary(AppropriatenessClass, IprasAssessment)"/>, by the classic rule.</summary>
    /// <param name="appropriateness">What the first ratings said.</param>
    /// <param name="necessity">The ratings of necessity, assessed by counting; null where nobody rated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class has no name.</exception>
    public static bool IsNecessary(AppropriatenessClass appropriateness, CountAssessment? necessity) =>
        IsNecessary(appropriateness, necessity?.Median, necessity is { View: PanelView.Disagreement });

    private static bool IsNecessary(AppropriatenessClass appropriateness, double? median, bool hasDisagreement)
    {
        Given.Named(appropriateness);
        return appropriateness == AppropriatenessClass.Appropriate && median >= NecessaryFrom && !hasDisagreement;
    }

    internal static double[] Sorted(IReadOnlyList<int> ratings)
    {
        Given.Few(ratings, SizeMax);
        Given.Integers(ratings, RatingMin, RatingMax);
        return Percentile.Sorted(ratings.Select(r => (double)r));
    }

    internal static AppropriatenessClass ClassOf(double median, bool hasDisagreement) =>
        hasDisagreement ? AppropriatenessClass.Uncertain
        : median >= AppropriateFrom ? AppropriatenessClass.Appropriate
        : median < InappropriateBelow ? AppropriatenessClass.Inappropriate
        : AppropriatenessClass.Uncertain;
}
