namespace SocialQI.Statistics.Pooling;

/// <summary>
/// What somebody's vote is worth by what came of earlier ones. Source: Nitzan S, Paroush J. Optimal decision rules in uncertain dichotomous choice situations.
/// Int Econ Rev 1982;23:289: weights w = ln(p/(1 − p)) make the likeliest group decision.
/// </summary>
public static class VoteWeight
{
    /// <summary>α and β: a record counts as if two more cases had been right and two wrong.</summary>
    public const double Prior = 2;

    /// <summary>The least accuracy that is believed.</summary>
    public const double AccuracyMin = .05;

    /// <summary>The most accuracy that is believed.</summary>
    public const double AccuracyMax = .95;

    /// <summary>How many scored cases a record needs before it may count; show how many there are with it.</summary>
    public const int ScoredMin = 10;

    /// <summary>Where records as different as these come about by chance as often as this, they are taken for the same.</summary>
    public const double ChanceMax = .01;

    /// <summary>p̂ = (right + α)/(scored + α + β) with α = β = 2, kept within .05 to .95. Without a record .5.</summary>
    /// <param name="right">How many were right, 0 to <paramref name="scored"/>.</param>
    /// <param name="scored">How many have an outcome, 0 to <see cref="Limits.CountMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double Shrunk(int right, int scored)
    {
        Given.Within(scored, 0, Limits.CountMax);
        Given.Within(right, 0, scored);
        return Math.Clamp((right + Prior) / (scored + Prior + Prior), AccuracyMin, AccuracyMax);
    }

    /// <summary>w = ln(p/(1 − p)) in nats, p kept within .05 to .95, and never below 0: a poor record must not vote against its own answer. 0 to 2.944.</summary>
    /// <param name="accuracy">p, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is out of range.</exception>
    public static double LogOdds(double accuracy)
    {
        Given.Share(accuracy);
        var believed = Math.Clamp(accuracy, AccuracyMin, AccuracyMax);
        return Math.Max(0, Math.Log(believed / (1 - believed)));
    }

    /// <summary><see cref="LogOdds"/> of <see cref="Shrunk"/>.</summary>
    /// <param name="right">As for <see cref="Shrunk"/>.</param>
    /// <param name="scored">As for <see cref="Shrunk"/>.</param>
    /// <returns>Null with fewer than <see cref="ScoredMin"/> scored cases: too little to weigh anybody by.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double? OfRecord(int right, int scored) => Shrunk(right, scored) is var accuracy && scored < ScoredMin ? null : LogOdds(accuracy);

    /// <summary>
    /// The weights of several people beside each other: <see cref="OfRecord"/>, divided by their mean. Short records of people who are equally good differ too, and weights by that
    /// make a pool worse: so they count only where records differ by more than chance, p &lt; <see cref="ChanceMax"/> by χ² = Σn(r/n − m)²/(m(1 − m)) with k − 1 degrees of
    /// freedom, where m is the share of all that were right.
    /// </summary>
    /// <param name="records">How many were right, of how many scored, one a person; as for <see cref="Shrunk"/>, at most <see cref="Limits.RatersMax"/>.</param>
    /// <returns>In their order, with a mean of 1 over those who have a record; 1 for who has fewer than <see cref="ScoredMin"/> scored cases. Null where all count the same: fewer
    /// than two have a record, these differ by no more than chance, or nobody's counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number, or how many there are, is out of range.</exception>
    public static IReadOnlyList<double>? OfRecords(IReadOnlyList<(int Right, int Scored)> records)
    {
        Given.Few(records, Limits.RatersMax);
        double?[] weights = [.. records.Select(r => OfRecord(r.Right, r.Scored))];
        var mean = DifferByChance([.. records.Where(r => r.Scored >= ScoredMin)]) ? 0 : weights.Average() ?? 0;
        return mean == 0 ? null : [.. weights.Select(w => w is { } weight ? weight / mean : 1)];
    }

    private static bool DifferByChance((int Right, int Scored)[] records)
    {
        var share = records.Length < 2 ? 0 : records.Sum(r => (double)r.Right) / records.Sum(r => (double)r.Scored);
        return share is 0 or 1
            || Distributions.ChiSquaredUpper(
                Sum.Of(records.Select(r => r.Scored * Math.Pow(((double)r.Right / r.Scored) - share, 2))) / (share * (1 - share)), records.Length - 1) >= ChanceMax;
    }
}

/// <summary>An answer with all the votes for it.</summary>
/// <param name="Answer">The label.</param>
/// <param name="Weight">The sum of its voters' weights, 0 or more.</param>
/// <param name="Voters">How many gave it.</param>
public sealed record TalliedAnswer(string Answer, double Weight, int Voters)
{
    /// <summary>Sums the weights by answer. The first wins; of two answers, the difference is by how much.</summary>
    /// <param name="votes">One a person, at most <see cref="Limits.RatersMax"/>; weight 0 to <see cref="Limits.MagnitudeMax"/>; labels not blank, at most
    /// <see cref="Limits.LabelLengthMax"/> characters.</param>
    /// <returns>By weight, then by number of voters, then by label (ordinal); empty where nobody voted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight or the number of votes is out of range.</exception>
    /// <exception cref="ArgumentException">A label is blank or too long.</exception>
    public static IReadOnlyList<TalliedAnswer> Of(IReadOnlyList<(string Answer, double Weight)> votes)
    {
        Given.Few(votes, Limits.RatersMax);
        foreach (var (answer, weight) in votes)
        {
            Given.Label(answer, nameof(votes));
            Given.Within(weight, 0, Limits.MagnitudeMax, nameof(votes));
        }
        return
        [
            .. votes.GroupBy(v => v.Answer, StringComparer.Ordinal).Select(g => new TalliedAnswer(g.Key, Sum.Of(g.Select(v => v.Weight)), g.Count()))
                .OrderByDescending(t => t.Weight).ThenByDescending(t => t.Voters).ThenBy(t => t.Answer, StringComparer.Ordinal),
        ];
    }
}
