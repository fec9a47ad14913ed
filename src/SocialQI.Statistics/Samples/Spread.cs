namespace SocialQI.Statistics.Samples;

/// <summary>How far the values of a sample lie apart. All answers are the same to the last bit in whatever order the values come.</summary>
public static class Spread
{
    /// <summary>The arithmetic mean Σx/n, in the sample's units and within its range.</summary>
    /// <param name="values">At most <see cref="Limits.ValuesMax"/>, each finite and within <see cref="Limits.MagnitudeMax"/>.</param>
    /// <returns>Null for an empty sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value or the number of values is out of range.</exception>
    public static double? Mean(IReadOnlyList<double> values)
    {
        Given.Numbers(values);
        return values.Count == 0 ? null : MeanOf(values);
    }

    /// <summary>The standard deviation of a sample √(Σ(x − x̄)²/(n − 1)), in its units; exactly 0 where all values are equal.</summary>
    /// <param name="values">As for <see cref="Mean"/>.</param>
    /// <returns>Null with fewer than two values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value or the number of values is out of range.</exception>
    public static double? StandardDeviation(IReadOnlyList<double> values)
    {
        Given.Numbers(values);
        if (values.Count < 2)
        {
            return null;
        }
        var mean = MeanOf(values);
        return Math.Sqrt(Sum.Of(values.Select(v => (v - mean) * (v - mean))) / (values.Count - 1));
    }

    /// <summary>The coefficient of variation: standard deviation (with n − 1) over mean. A ratio, 0 or more; for values that count from a true zero.</summary>
    /// <param name="values">As for <see cref="Mean"/>, none negative.</param>
    /// <returns>Null with fewer than two values, and where all are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or too large, or there are too many.</exception>
    public static double? CoefficientOfVariation(IReadOnlyList<double> values)
    {
        Given.Few(values, Limits.ValuesMax);
        foreach (var value in values)
        {
            Given.Within(value, 0, Limits.MagnitudeMax, nameof(values));
        }
        return values.Count < 2 || MeanOf(values) == 0 ? null : StandardDeviation(values) / MeanOf(values);
    }

    // From the smallest value on, so that equal values have exactly themselves as mean.
    private static double MeanOf(IReadOnlyList<double> values)
    {
        var least = values.Min();
        return Math.Min(least + (Sum.Of(values.Select(v => v - least)) / values.Count), values.Max());
    }
}
