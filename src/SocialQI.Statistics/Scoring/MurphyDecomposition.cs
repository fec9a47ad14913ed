namespace SocialQI.Statistics.Scoring;

/// <summary>
/// What a mean Brier score is made of: Brier = Reliability − Resolution + Uncertainty + Remainder. Source: Murphy AH. A new vector partition of the
/// probability score. J Appl Meteorol 1973;12:595.
/// </summary>
/// <param name="Forecasts">N, how many.</param>
/// <param name="Groups">K, how many groups they were put in.</param>
/// <param name="Brier">Σ(f − o)²/N, 0 to 1; of several outcomes their sum, 0 to 2, and so is all that follows.</param>
/// <param name="Reliability">REL = Σnₖ(f̄ₖ − ōₖ)²/N, 0 to 1: how far chances are from what then happened as often. Less is better.</param>
/// <param name="Resolution">RES = Σnₖ(ōₖ − ō)²/N, 0 to Uncertainty: how well groups are told apart. More is better.</param>
/// <param name="Uncertainty">UNC = ō(1 − ō), 0 to .25; of K outcomes up to 1 − 1/K. It is of what was forecast, not of who forecast.</param>
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

    /// <summary>
    /// Forecasts of several outcomes: those with the same shares are one group, and each part is the sum over outcomes. Brier = REL − RES + UNC, without a remainder.
    /// </summary>
    /// <param name="forecasts">Shares of the same outcomes, together 1 within 1e-6, and which happened, from 0; in any order, at most <see cref="Limits.ValuesMax"/>,
    /// <see cref="Limits.CategoriesMax"/> outcomes and <see cref="Limits.CellsMax"/> cells.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share, which happened, or a size is out of range.</exception>
    /// <exception cref="ArgumentException">Shares do not sum to 1, or forecasts differ in length.</exception>
    public static MurphyDecomposition? OfOutcomes(IReadOnlyList<(IReadOnlyList<double> Shares, int Happened)> forecasts)
    {
        Given.Few(forecasts, Limits.ValuesMax);
        var outcomes = Given.Rectangle([.. forecasts.Select(f => f.Shares)], Limits.ValuesMax, Limits.CategoriesMax, nameof(forecasts));
        foreach (var (shares, happened) in forecasts)
        {
            Given.Forecast(shares, nameof(forecasts));
            Given.Within(happened, 0, outcomes - 1, nameof(forecasts));
        }
        if (forecasts.Count == 0)
        {
            return null;
        }
        var ids = forecasts.Select(f => f.Shares).Distinct(SameShares.Instance).Select((shares, id) => (shares, id)).ToDictionary(g => g.shares, g => g.id, SameShares.Instance);
        var grouped = forecasts.Select(f => (Group: ids[f.Shares], f.Shares, f.Happened)).ToArray();
        var parts = Enumerable.Range(0, outcomes)
            .Select(outcome => Parts([.. grouped.Select(f => (f.Shares[outcome] + 0.0, f.Happened == outcome))], k => grouped[k].Group)).ToArray();
        return new(
            forecasts.Count, ids.Count, Sum.Of(parts.Select(p => p.Brier)), Sum.Of(parts.Select(p => p.Reliability)), Sum.Of(parts.Select(p => p.Resolution)),
            Sum.Of(parts.Select(p => p.Uncertainty)), 0);
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
        return Parts([.. forecasts.Select(f => (f.Chance + 0.0, f.Happened))], k => group(forecasts[k].Chance + 0.0));
    }

    private static MurphyDecomposition Parts((double Chance, bool Happened)[] forecasts, Func<int, double> group)
    {
        double all = forecasts.Length;
        var happened = forecasts.Count(f => f.Happened) / all;
        var groups = forecasts.Select((forecast, k) => (Forecast: forecast, Id: group(k))).GroupBy(f => f.Id, f => f.Forecast).Select(g => Group.Of([.. g])).ToArray();
        var brier = Sum.Of(forecasts.Select(f => Scoring.Brier.Squared(f.Chance, f.Happened))) / all;
        var reliability = Sum.Of(groups.Select(g => g.Size * (g.Forecast - g.Happened) * (g.Forecast - g.Happened))) / all;
        var resolution = Sum.Of(groups.Select(g => g.Size * (g.Happened - happened) * (g.Happened - happened))) / all;
        var uncertainty = happened * (1 - happened);
        return new(forecasts.Length, groups.Length, brier, reliability, resolution, uncertainty, brier - (reliability - resolution + uncertainty));
    }

    private sealed class SameShares : IEqualityComparer<IReadOnlyList<double>>
    {
        public static readonly SameShares Instance = new();

        public bool Equals(IReadOnlyList<double>? one, IReadOnlyList<double>? other) => one!.SequenceEqual(other!);

        public int GetHashCode(IReadOnlyList<double> shares) => shares.Aggregate(0, HashCode.Combine);
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
