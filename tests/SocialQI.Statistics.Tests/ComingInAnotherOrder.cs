using System.Text.Json;
using CsCheck;
using SocialQI.Statistics.Agreement;
using SocialQI.Statistics.Appropriateness;
using SocialQI.Statistics.Delphi;
using SocialQI.Statistics.Pooling;
using SocialQI.Statistics.Samples;
using SocialQI.Statistics.Scoring;
using Xunit;

namespace SocialQI.Statistics.Tests;

/// <summary>Answers are compared as they are written, which tells every bit: two nodes that read the same votes in another order must not show two numbers.</summary>
public sealed class ComingInAnotherOrder
{
    private static readonly Gen<int> Seed = Gen.Int[0, 1_000_000];

    [Fact]
    public void Values_have_the_same_spread() => Gen.Select(Gen.Double[0, 1000].Array[1, 50], Seed).Sample((values, seed) =>
        Same(v => new object?[] { Spread.Mean(v), Spread.StandardDeviation(v), Spread.CoefficientOfVariation(v), Percentile.Of(v, .3, PercentileType.Type6), Brier.Mean(v) }, values, Shuffle.Of(values, seed)));

    [Fact]
    public void Terms_have_the_same_sum_even_where_nearly_all_of_it_cancels() => Gen.Select(Gen.Double[.1, 1].Array[2, 40], Seed).Sample((values, seed) =>
    {
        double[] terms = [.. values.SelectMany((v, k) => new[] { v * Math.Pow(10, k % 17), -v * Math.Pow(10, k % 17), v * Math.Pow(10, -k % 11) / 1e18 })];
        Same(t => Sum.Of(t), terms, Shuffle.Of(terms, seed));
    });

    [Fact]
    public void Ratings_have_the_same_judgement() => Gen.Select(Gen.Int[1, 9].Array[1, 30], Seed).Sample((ratings, seed) =>
        Same(r => new object?[] { IprasRule.Assess(r, PercentileType.Type7), CountRule.Assess(r), DelphiItem.Of(r, [1, 2, 3], DelphiRule.Comet), Stability.DistributionChange(r, [3, 7, 9]) }, ratings, Shuffle.Of(ratings, seed)));

    [Fact]
    public void People_have_moved_as_much() => Gen.Select(Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9]).Array[0, 60], Seed).Sample((people, seed) =>
        Same(p => WilcoxonSignedRank.Of([.. p.Select(x => (double)x.Item1)], [.. p.Select(x => (double)x.Item2)]), people, Shuffle.Of(people, seed)));

    [Fact]
    public void Rankings_are_as_concordant() => Gen.Select(Gen.Int[1, 9].Array[7].Array[2, 8], Seed).Sample((rows, seed) =>
    {
        Same(r => Concordance.Of(Published.Numbers(r), true), rows, Shuffle.Of(rows, seed));
        Same(r => Concordance.Of(Published.Numbers(r), true), rows, [.. rows.Select(row => Shuffle.Of(row, seed))]);
    });

    [Fact]
    public void Tables_have_the_same_kappa_whoever_is_first_and_whatever_categories_are_called() => Gen.Select(Gen.Int[0, 12].Array[4].Array[4], Seed).Sample((table, seed) =>
    {
        var renamed = Shuffle.Of([0, 1, 2, 3], seed);
        int[][] turned = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).Select(j => table[j][i]).ToArray())];
        Same(TwoRaters.Cohen, table, [.. renamed.Select(i => renamed.Select(j => table[i][j]).ToArray())]);
        Same(t => new object?[] { TwoRaters.Cohen(t), TwoRaters.Weighted(t, KappaWeights.Linear), TwoRaters.Weighted(t, KappaWeights.Quadratic) }, table, turned);
        Same(t => new object?[] { TwoRaters.Weighted(t, KappaWeights.Linear), TwoRaters.Weighted(t, KappaWeights.Quadratic) }, table, [.. table.Reverse().Select(row => row.Reverse().ToArray())]);
    });

    [Fact]
    public void Subjects_raters_and_categories_have_the_same_agreement() => Gen.Select(Gen.Int[0, 3].Array[5].Array[1, 12], Seed).Sample((ratings, seed) =>
    {
        var renamed = Shuffle.Of([0, 1, 2, 3], seed);
        int[][] other = [.. Shuffle.Of(ratings, seed).Select(row => Shuffle.Of(row, seed).Select(r => renamed[r]).ToArray())];
        Same(
            r => new object?[]
            {
                SameRaters.Conger(r, 4), SameRaters.Light(r, 4), GwetAc1.Of(SameRaters.Counts(r, 4)),
                FleissKappa.Of(SameRaters.Counts(r, 4)) is { } fleiss ? fleiss with { Categories = [.. fleiss.Categories.OrderBy(c => c.Share).ThenBy(c => c.Kappa)] } : null,
            },
            ratings, other);
    });

    [Fact]
    public void Forecasts_pool_and_score_alike() =>
        Gen.Select(Gen.Select(Gen.Double[0, 1], Gen.Double[.01, 1], Gen.Bool).Array[1, 30], Seed).Sample((people, seed) => Same(
            p =>
            {
                double[][] forecasts = [.. p.Select(x => new[] { x.Item1, 1 - x.Item1 })];
                double[] weights = [.. p.Select(x => x.Item2)];
                (double, bool)[] scored = [.. p.Select(x => (x.Item1, x.Item3))];
                return new object?[]
                {
                    OpinionPool.Linear(forecasts, weights), OpinionPool.Logarithmic(forecasts, weights), MurphyDecomposition.Of(scored), MurphyDecomposition.InBins(scored, 7),
                    MurphyDecomposition.OfOutcomes([.. p.Select((x, k) => ((IReadOnlyList<double>)forecasts[k], x.Item3 ? 0 : 1))]),
                    Brier.Mean([.. p.Select(x => x.Item1)], weights), TalliedAnswer.Of([.. p.Select(x => (x.Item3 ? "a" : "b", x.Item2))]),
                };
            },
            people, Shuffle.Of(people, seed)));

    [Fact]
    public void Outcomes_are_scored_alike_whatever_they_are_called() => Gen.Select(Gen.Double[.001, 1].Array[2, 8], Seed).Sample((raw, seed) =>
    {
        double[] forecast = [.. raw.Select(r => r / raw.Sum())];
        var renamed = Shuffle.Of([.. Enumerable.Range(0, forecast.Length)], seed);
        Assert.Equal(Brier.MultiClass(forecast, renamed[0]), Brier.MultiClass([.. renamed.Select(k => forecast[k])], 0));
    });

    private static void Same<T>(Func<T, object?> answer, T one, T other) => Assert.Equal(JsonSerializer.Serialize(answer(one)), JsonSerializer.Serialize(answer(other)));
}
