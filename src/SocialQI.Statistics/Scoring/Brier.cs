using SocialQI.Statistics.Samples;

namespace SocialQI.Statistics.Scoring;

/// <summary>How far forecasts were from what happened. Source: Brier GW. Verification of forecasts expressed in terms of probability. Mon Weather Rev 1950;78:1. Less is better.</summary>
public static class Brier
{
    /// <summary>Σ(f − o)² over all outcomes, o = 1 for the one that happened and 0 for others: 0 (sure and right) to 2 (sure and wrong).</summary>
    /// <param name="forecast">One share an outcome, 0 to 1, together 1 within 1e-6; at most <see cref="Limits.CategoriesMax"/>.</param>
    /// <param name="happened">Which, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share, the number of outcomes, or which happened is out of range.</exception>
    /// <exception cref="ArgumentException">The shares do not sum to 1.</exception>
    public static double MultiClass(IReadOnlyList<double> forecast, int happened)
    {
        Given.Forecast(forecast);
        Given.Within(happened, 0, forecast.Count - 1);
        return Sum.Of(forecast.Select((share, outcome) => Squared(share, outcome == happened)));
    }

    /// <summary>(f − o)²: 0 to 1, half of what the same forecast has as one of two outcomes.</summary>
    /// <param name="forecast">The chance that was given to it, 0 to 1.</param>
    /// <param name="happened">Whether it did.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chance is out of range.</exception>
    public static double Binary(double forecast, bool happened)
    {
        Given.Share(forecast);
        return Squared(forecast, happened);
    }

    /// <summary>The mean of scores, equally or by weights Σws/Σw; in the scores' units.</summary>
    /// <param name="scores">At most <see cref="Limits.RatersMax"/>, each 0 to 2 where they are of <see cref="MultiClass"/>; any finite one is taken.</param>
    /// <param name="weights">One a score, 0 or more, not all 0. Null: all equal.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A score, a weight or a number is out of range.</exception>
    /// <exception cref="ArgumentException">Scores and weights differ in length, or no weight counts.</exception>
    public static double? Mean(IReadOnlyList<double> scores, IReadOnlyList<double>? weights = null)
    {
        if (weights is null)
        {
            return Spread.Mean(scores);
        }
        Given.Numbers(scores);
        Given.Weights(weights);
        Given.SameLength(scores, weights);
        var all = Sum.Of(weights);
        return scores.Count == 0 ? null : Sum.Of(scores.Zip(weights).Select(pair => pair.First * (pair.Second / all)));
    }

    internal static double Squared(double forecast, bool happened) => happened ? (1 - forecast) * (1 - forecast) : forecast * forecast;
}
