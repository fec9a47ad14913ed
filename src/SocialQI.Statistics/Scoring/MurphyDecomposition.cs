namespace SocialQI.Statistics.Scoring;

/// <summary>
/// What the mean Brier score of yes-or-no forecasts is made of: Brier = Reliability − Resolution + Uncertainty + Remainder. Source: Murphy AH. A new vector partition of the
/// probability score. J Appl Meteorol 1973;12:595.
/// </summary>
/// <param name="Forecasts">N, how many.</param>
/// <param name="Groups">K, how many groups they were put in.</param>
/// <param name="Brier">Σ(f − o)²/N, 0 to 1.</param>
/// <param name="Reliability">REL = Σnₖ(f̄ₖ − ōₖ)²/N, 0 to 1: how far chances are from what then happened as often. Less is better.</param>
/// <param name="Resolution">RES = Σnₖ(ōₖ − ō)²/N, 0 to Uncertainty: how well groups are told apart. More is better.</param>
/// <param name="Uncertainty">UNC = ō(1 − ō), 0 to .25: of what was forecast, not of who forecast.</param>
/// <param name="Remainder">What forecasts within a group differ by (Stephenson DB, et al. Weather Forecast 2008;23:752): their variance less twice their covariance with
/// what happened. 0 with groups of equal forecasts.</param>
public sealed record MurphyDecomposition(int Forecasts, int Groups, double Brier, double Reliability, double Resolution, double Uncertainty, double Remainder)
{
    /// <summary>The most bins.</summary>
    public const int BinsMax = 100;

    /// <summary>Forecasts of the same chance are one group: then Brier = REL − RES + UNC, without a remainder.</summary>
    /// <param name="forecasts">The chance that was given, 0 to 1, and whether it happened; in any order, at most <see cref="Limits.ValuesMax"/>.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A chance or the number of forecasts is out of range.</exception>
    public static MurphyDecomposition? Of(IReadOnlyList<(double Chance, bool Happened)> forecasts) => Of(forecasts, chance => chance) is { } exact ? exact with { Remainder = 0 } : null;

    /// <summary>Forecasts in bins of equal width, each with the mean of its chances as f̄ₖ; the last bin has 1 in it. The remainder says what binning hides.</summary>
    /// <param name="forecasts">As for <see cref="Of(IReadOnlyList{ValueTuple{double, bool}})"/>.</param>
    /// <param name="bins">How many from 0 to 1, 1 to <see cref="BinsMax"/>; empty ones do not count as groups.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A chance, the number of forecasts or of bins is out of range.</exception>
    public static MurphyDecomposition? InBins(IReadOnlyList<(double Chance, bool Happened)> forecasts, int bins)
    {
        Given.Within(bins, 1, BinsMax);
        return Of(forecasts, chance => Math.Min(bins - 1, Math.Floor(chance * bins)));
    }

    private static MurphyDecomposition? Of(IReadOnlyList<(double Chance, bool Happened)> forecasts, Func<double, double> group)
    {
        Given.Few(forecasts, Limits.ValuesMax);
        foreach (var (chance, _) in forecasts)
        {
            Given.Share(chance, nameof(forecasts));
        }
        if (forecasts.Count == 0)
        {
            return null;
        }
        double all = forecasts.Count;
        var happened = forecasts.Count(f => f.Happened) / all;
        var groups = forecasts.GroupBy(f => group(f.Chance + 0.0)).Select(g => Group.Of([.. g])).ToArray();
        var brier = Sum.Of(forecasts.Select(f => Scoring.Brier.Squared(f.Chance, f.Happened))) / all;
        var reliability = Sum.Of(groups.Select(g => g.Size * (g.Forecast - g.Happened) * (g.Forecast - g.Happened))) / all;
        var resolution = Sum.Of(groups.Select(g => g.Size * (g.Happened - happened) * (g.Happened - happened))) / all;
        var uncertainty = happened * (1 - happened);
        return new(forecasts.Count, groups.Length, brier, reliability, resolution, uncertainty, brier - (reliability - resolution + uncertainty));
    }

    private readonly record struct Group(double Size, double Forecast, double Happened)
    {
        public static Group Of((double Chance, bool Happened)[] members)
        {
            var least = members.Min(m => m.Chance);
            return new(members.Length, least + (Sum.Of(members.Select(m => m.Chance - least)) / members.Length), (double)members.Count(m => m.Happened) / members.Length);
        }
    }
}
