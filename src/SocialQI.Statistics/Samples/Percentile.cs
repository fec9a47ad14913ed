namespace SocialQI.Statistics.Samples;

/// <summary>Where a percentile lies between two values. Programs differ in it, so it is always said.</summary>
public enum PercentileType
{
    /// <summary>At 1 + (n − 1)p of the sorted values: R, NumPy, Excel's PERCENTILE.INC. Type 7 of Hyndman and Fan.</summary>
    Type7,

    /// <summary>At (n + 1)p, not before the first nor behind the last: SPSS, Minitab, Excel's PERCENTILE.EXC. Type 6 of Hyndman and Fan.</summary>
    Type6,
}

/// <summary>Percentiles of a sample. Source: Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361.</summary>
public static class Percentile
{
    /// <summary>A product like .7 × 10 may miss its whole number by some last bits.</summary>
    private const double Slack = 1e-9;

    /// <summary>
    /// The value below which <paramref name="share"/> of the sample lies: with h the place that <paramref name="type"/> gives, x⌊h⌋ + (h − ⌊h⌋)(x⌊h⌋₊₁ − x⌊h⌋).
    /// In the sample's units, never outside its range, and never smaller for a larger share.
    /// </summary>
    /// <param name="values">In any order, at most <see cref="Limits.ValuesMax"/>, each finite and within <see cref="Limits.MagnitudeMax"/>.</param>
    /// <param name="share">0 to 1: .7 for the 70th percentile.</param>
    /// <param name="type">The place's rule.</param>
    /// <returns>Null for an empty sample; of one value, that value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value, the share or the number of values is out of range, or the type has no name.</exception>
    public static double? Of(IReadOnlyList<double> values, double share, PercentileType type)
    {
        Given.Numbers(values);
        Given.Share(share);
        Given.Named(type);
        return values.Count == 0 ? null : At(Sorted(values), share, type);
    }

    /// <summary>The middle value, or half way between the two in the middle; the same by either type.</summary>
    /// <param name="values">As for <see cref="Of"/>.</param>
    /// <returns>Null for an empty sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value or the number of values is out of range.</exception>
    public static double? Median(IReadOnlyList<double> values) => Of(values, .5, PercentileType.Type7);

    /// <summary>The 75th percentile less the 25th, in the sample's units, 0 or more.</summary>
    /// <param name="values">As for <see cref="Of"/>.</param>
    /// <param name="type">How both are placed: by type 6 the range is never the smaller one.</param>
    /// <returns>Null for an empty sample; 0 for one value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value or the number of values is out of range, or the type has no name.</exception>
    public static double? InterquartileRange(IReadOnlyList<double> values, PercentileType type)
    {
        Given.Numbers(values);
        Given.Named(type);
        if (values.Count == 0)
        {
            return null;
        }
        var sorted = Sorted(values);
        return At(sorted, .75, type) - At(sorted, .25, type);
    }

    internal static double[] Sorted(IEnumerable<double> values)
    {
        // Minus zero is written as zero: sorting may leave the two in either order.
        var sorted = values.Select(v => v + 0.0).ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    internal static double At(double[] sorted, double share, PercentileType type)
    {
        var place = type == PercentileType.Type7 ? 1 + ((sorted.Length - 1) * share) : Math.Clamp((sorted.Length + 1) * share, 1, sorted.Length);
        if (Math.Abs(place - Math.Round(place)) < Slack)
        {
            place = Math.Round(place);
        }
        var below = (int)Math.Floor(place);
        var low = sorted[below - 1];
        var high = sorted[Math.Min(below, sorted.Length - 1)];
        return Math.Min(low + ((place - below) * (high - low)), high);
    }
}
