using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Appropriateness;

/// <summary>What counting says of a panel.</summary>
public enum PanelView
{
    /// <summary>Neither agreement nor disagreement.</summary>
    Indeterminate,

    /// <summary>Few enough rated outside the third that holds the median.</summary>
    Agreement,

    /// <summary>Many enough rated in each of the outer thirds.</summary>
    Disagreement,
}

/// <summary>Ratings of one indication, assessed by counting.</summary>
/// <param name="Raters">n, how many rated.</param>
/// <param name="Median">Of the ratings, 1 to 9.</param>
/// <param name="Outside">How many rated outside the third (1–3, 4–6, 7–9) that holds the median; 3.5 and 6.5 belong to the third above.</param>
/// <param name="Low">How many rated 1–3.</param>
/// <param name="High">How many rated 7–9.</param>
/// <param name="OutsideAllowed">A(n).</param>
/// <param name="ExtremesNeeded">D(n).</param>
/// <param name="View">What follows for the panel.</param>
/// <param name="Class">Uncertain with disagreement, else by the median.</param>
public sealed record CountAssessment(
    int Raters, double Median, int Outside, int Low, int High, int OutsideAllowed, int ExtremesNeeded, PanelView View, AppropriatenessClass Class);

/// <summary>
/// The classic rule of the RAND/UCLA method. Sources: Fitch K, et al. RAND MR-1269, 2001; the sizes 8–10, 11–13 and 14–16 as in BMC Health Serv Res 2012;12:93,
/// up to 25 as in PMC5966219. For other sizes the same steps go on, which is an extrapolation.
/// </summary>
public static class CountRule
{
    /// <summary>A(n) = ⌊(n − 2)/3⌋, and 0 below two: how many may rate outside the median's third in agreement. 2 for 8–10, 3 for 11–13, 4 for 14–16.</summary>
    /// <param name="raters">1 to <see cref="Panel.SizeMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static int OutsideAllowed(int raters)
    {
        Given.Within(raters, 1, Panel.SizeMax);
        return Math.Max(0, (raters - 2) / 3);
    }

    /// <summary>D(n) = A(n) + 1: how many in each outer third make disagreement.</summary>
    /// <param name="raters">1 to <see cref="Panel.SizeMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static int ExtremesNeeded(int raters) => OutsideAllowed(raters) + 1;

    /// <summary>
    /// Disagreement: D(n) or more in 1–3 and as many in 7–9. Agreement: A(n) or fewer outside the median's third. By D(n) &gt; A(n) a panel is never both.
    /// </summary>
    /// <param name="ratings">1 to 9, in any order, at most <see cref="Panel.SizeMax"/>.</param>
    /// <returns>Null where nobody rated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rating or the number of ratings is out of range.</exception>
    public static CountAssessment? Assess(IReadOnlyList<int> ratings)
    {
        var sorted = Panel.Sorted(ratings);
        if (sorted.Length == 0)
        {
            return null;
        }
        var median = Percentile.At(sorted, .5, PercentileType.Type7);
        var (low, high) = (ratings.Count(r => r <= 3), ratings.Count(r => r >= 7));
        var inside = Panel.ClassOf(median, hasDisagreement: false) switch
        {
            AppropriatenessClass.Appropriate => high,
            AppropriatenessClass.Inappropriate => low,
            _ => ratings.Count - low - high,
        };
        var (allowed, needed) = (OutsideAllowed(ratings.Count), ExtremesNeeded(ratings.Count));
        var view = low >= needed && high >= needed ? PanelView.Disagreement
            : ratings.Count - inside <= allowed ? PanelView.Agreement
            : PanelView.Indeterminate;
        return new(
            ratings.Count, median, ratings.Count - inside, low, high, allowed, needed, view, Panel.ClassOf(median, view == PanelView.Disagreement));
    }
}
