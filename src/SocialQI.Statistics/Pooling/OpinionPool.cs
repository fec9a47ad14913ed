namespace SocialQI.Statistics.Pooling;

/// <summary>Forecasts of several people made one. Rows are people, columns outcomes.</summary>
public static class OpinionPool
{
    /// <summary>
    /// The linear pool Σwᵢfᵢ/Σwᵢ. Source: Stone M. The opinion pool. Ann Math Stat 1961;32:1339. Its Brier score is never worse than the (equally weighted) mean of
    /// its members'.
    /// </summary>
    /// <param name="forecasts">Each of the same outcomes, shares 0 to 1 that sum to 1 within 1e-6; at most <see cref="Limits.RatersMax"/> people,
    /// <see cref="Limits.CategoriesMax"/> outcomes and <see cref="Limits.CellsMax"/> cells.</param>
    /// <param name="weights">One a person, 0 or more; not all 0. Null: all equal.</param>
    /// <returns>One share an outcome; null where nobody forecast.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share, a weight or a size is out of range.</exception>
    /// <exception cref="ArgumentException">A forecast does not sum to 1, rows or weights differ in length, or no weight counts.</exception>
    public static IReadOnlyList<double>? Linear(IReadOnlyList<IReadOnlyList<double>> forecasts, IReadOnlyList<double>? weights = null)
    {
        var shares = Shares(forecasts, weights);
        return shares.Length == 0 ? null
            : [.. Enumerable.Range(0, forecasts[0].Count).Select(outcome => Math.Clamp(Sum.Of(shares.Select((w, k) => w * forecasts[k][outcome])), 0, 1))];
    }

    /// <summary>
    /// The logarithmic pool: Πfᵢ^wᵢ with Σw = 1, divided by its sum. Source: Genest C, Zidek JV. Combining probability distributions. Stat Sci 1986;1:114. Where anybody with
    /// weight gives an outcome 0, so does the pool.
    /// </summary>
    /// <param name="forecasts">As for <see cref="Linear"/>.</param>
    /// <param name="weights">As for <see cref="Linear"/>.</param>
    /// <returns>One share an outcome; null where nobody forecast, and where every outcome is ruled out by somebody.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share, a weight or a size is out of range.</exception>
    /// <exception cref="ArgumentException">A forecast does not sum to 1, rows or weights differ in length, or no weight counts.</exception>
    public static IReadOnlyList<double>? Logarithmic(IReadOnlyList<IReadOnlyList<double>> forecasts, IReadOnlyList<double>? weights = null)
    {
        var shares = Shares(forecasts, weights);
        if (shares.Length == 0)
        {
            return null;
        }
        var logs = Enumerable.Range(0, forecasts[0].Count).Select(outcome => MeanLog(shares, forecasts, outcome)).ToArray();
        var most = logs.Max();
        if (double.IsNegativeInfinity(most))
        {
            return null;
        }
        // From the largest on: products of many small shares would all be 0.
        var sizes = logs.Select(log => Math.Exp(log - most)).ToArray();
        var all = Sum.Of(sizes);
        return [.. sizes.Select(size => size / all)];
    }

    private static double MeanLog(double[] shares, IReadOnlyList<IReadOnlyList<double>> forecasts, int outcome)
    {
        var counting = Enumerable.Range(0, shares.Length).Where(k => shares[k] > 0).ToArray();
        return counting.Any(k => forecasts[k][outcome] == 0) ? double.NegativeInfinity : Sum.Of(counting.Select(k => shares[k] * Math.Log(forecasts[k][outcome])));
    }

    private static double[] Shares(IReadOnlyList<IReadOnlyList<double>> forecasts, IReadOnlyList<double>? weights)
    {
        Given.Rectangle(forecasts, Limits.RatersMax, Limits.CategoriesMax);
        foreach (var forecast in forecasts)
        {
            Given.Forecast(forecast, nameof(forecasts));
        }
        var used = weights ?? [.. forecasts.Select(_ => 1.0)];
        Given.Weights(used, nameof(weights));
        Given.SameLength(forecasts, used, nameof(weights));
        var all = Sum.Of(used);
        return [.. used.Select(w => w / all)];
    }
}
