using SocialQI.Statistics.Agreement;
using SocialQI.Statistics.Appropriateness;
using SocialQI.Statistics.Delphi;
using SocialQI.Statistics.Pooling;
using SocialQI.Statistics.Proportions;
using SocialQI.Statistics.Samples;
using SocialQI.Statistics.Scoring;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class BeingGivenNonsense
{
    private static readonly DelphiRule Rule = DelphiRule.Comet;

    [Fact]
    public void Refuses_numbers_that_are_out_of_range() => OutOfRange(
        () => Percentile.Of([1, double.NaN], .5, PercentileType.Type7),
        () => Percentile.Of([double.PositiveInfinity], .5, PercentileType.Type7),
        () => Percentile.Of([1], 1.1, PercentileType.Type7),
        () => Percentile.Of([1], double.NaN, PercentileType.Type7),
        () => Percentile.Of([1], .5, (PercentileType)5),
        () => Spread.Mean([2 * Limits.MagnitudeMax]),
        () => Spread.CoefficientOfVariation([-1, 1]),
        () => IprasRule.Assess([0], PercentileType.Type7),
        () => IprasRule.Assess([10], PercentileType.Type7),
        () => IprasRule.Assess([5], (PercentileType)9),
        () => CountRule.Assess([10]),
        () => CountRule.OutsideAllowed(0),
        () => Panel.IsNecessary((AppropriatenessClass)7, (CountAssessment?)null),
        () => DelphiItem.Of([0], null, Rule),
        () => DelphiItem.Of([1], [10], Rule),
        () => Stability.DistributionChange([-1], [1]),
        () => Stopping.After([DelphiItem.Of([1], null, Rule)], 0, Rule),
        () => WilcoxonSignedRank.Of([double.NaN], [1]),
        () => Concordance.Of([[double.NegativeInfinity]], true),
        () => Majority.Accuracy(0, .5),
        () => Majority.Accuracy(3, -.1),
        () => Majority.Tie(3, 2),
        () => Quorum.Of(-1, 3, .5, .5),
        () => Quorum.Of(5, 3, .5, .5),
        () => Quorum.Of(1, 3, double.NaN, .5),
        () => new Discrimination(1.2, 0).IsSimilarTo(new(.5, .5)),
        () => SurestAnswer.Of([("a", 1.01)]),
        () => VoteWeight.Shrunk(3, 2),
        () => VoteWeight.Shrunk(-1, 2),
        () => VoteWeight.LogOdds(double.NaN),
        () => TalliedAnswer.Of([("a", -1)]),
        () => OpinionPool.Linear([[1.5, -.5]]),
        () => OpinionPool.Linear([[1, 0]], [-1]),
        () => PooledDifferential.Of([["a"]], RankWeight.Inverse, weights: [-1]),
        () => PooledDifferential.Of([["a"]], RankWeight.Inverse, weights: [double.NaN]),
        () => PooledDifferential.Of([["a"]], RankWeight.Inverse, weights: [double.PositiveInfinity]),
        () => Brier.Binary(1.5, true),
        () => Brier.MultiClass([1, 0], 2),
        () => LogScore.Nats(-1),
        () => LogScore.Bits(2),
        () => MurphyDecomposition.Of([(1.1, true)]),
        () => MurphyDecomposition.InBins([(1, true)], 0),
        () => MurphyDecomposition.OfOutcomes([([1, 0], 2)]),
        () => WilsonInterval.Of(3, 2),
        () => WilsonInterval.Of(1, 2, 1),
        () => WilsonInterval.LowerBound(-1, 1),
        () => WilsonInterval.LowerBound(int.MaxValue, int.MaxValue),
        () => NetAgreement.Of(Limits.CountMax, 1, 0),
        () => TwoRaters.Cohen([[-1]]),
        () => TwoRaters.Cohen([[Limits.CountMax, 1], [0, 0]]),
        () => TwoRaters.Table([0], [2], 2),
        () => TwoRaters.Weighted([[1]], (KappaWeights)4),
        () => TwoRaters.Weighted([[1, 0], [0, 1]], [[0, -1], [1, 0]]),
        () => TwoRaters.Weighted([[1, 0], [0, 1]], [[1, 1], [1, 0]]),
        () => TwoRaters.Cohen([[1]])!.Interval(double.NaN),
        () => LandisKochWords.Of(double.NaN),
        () => LandisKochWords.Of(1.1),
        () => FleissKappa.Of([[-1, 3]]),
        () => GwetAc1.Of([[-1, 3]]),
        () => SameRaters.Conger([[0, 3]], 3),
        () => SameRaters.Light([[0, 0]], 0));

    [Fact]
    public void Refuses_rules_that_make_no_sense() => OutOfRange([.. new[]
    {
        Rule with { ScaleMin = -1 }, Rule with { ScaleMax = 1 }, Rule with { ScaleMax = DelphiRule.ScaleLimit + 1 }, Rule with { ForFrom = 3 }, Rule with { AgainstThrough = 10 },
        Rule with { ShareMin = 0 }, Rule with { ShareMin = double.NaN }, Rule with { OppositeBelow = 0 }, Rule with { CvChangeBelow = 0 }, Rule with { RoundsMax = 0 },
        Rule with { RoundsMax = DelphiRule.RoundsLimit + 1 }, Rule with { IqrMax = -1 }, Rule with { IqrMax = double.NaN }, Rule with { MovedBelow = 0 },
    }.Select(rule => (Func<object?>)(() => DelphiItem.Of([], null, rule)))]);

    [Fact]
    public void Refuses_more_than_it_takes() => OutOfRange(
        () => Spread.Mean(new double[Limits.ValuesMax + 1]),
        () => IprasRule.Assess([.. Enumerable.Repeat(5, Panel.SizeMax + 1)], PercentileType.Type7),
        () => Concordance.Of([.. Enumerable.Repeat(new double[Limits.CellsMax / 1000], 1001)], true),
        () => Majority.Accuracy(Limits.TrialsMax + 1, .5),
        () => PooledDifferential.Of([.. Enumerable.Repeat(Array.Empty<string>(), Limits.RatersMax + 1)], RankWeight.Inverse),
        () => PooledDifferential.Of([], RankWeight.Inverse, PooledDifferential.ListedMax + 1),
        () => PooledDifferential.Of([], (RankWeight)3),
        () => MeanAgreement.WithOthers([.. Enumerable.Repeat(Array.Empty<string?>(), Limits.PairedRatersMax + 1)]),
        () => SameRaters.Light([new int[Limits.PairedRatersMax + 1]], 2),
        () => Brier.MultiClass([1, .. new double[Limits.CategoriesMax]], 0),
        () => MurphyDecomposition.InBins([], MurphyDecomposition.BinsMax + 1),
        () => GwetAc1.Of([[Limits.RatersMax + 1, 0]]));

    [Fact]
    public void Refuses_shapes_that_do_not_fit() => Refused<ArgumentException>(
        () => Stability.ShareChanged([1], [1, 2]),
        () => WilcoxonSignedRank.Of([1], []),
        () => Stopping.After([], 1, Rule),
        () => Concordance.Of([[1, 2], [1]], true),
        () => MeanAgreement.WithOthers([["a"], []]),
        () => SurestAnswer.Of([(" ", 1)]),
        () => TalliedAnswer.Of([(new string('a', Limits.LabelLengthMax + 1), 1)]),
        () => PooledDifferential.Of([[""]], RankWeight.Inverse),
        () => PooledDifferential.Of([["a"]], RankWeight.Inverse, weights: []),
        () => PooledDifferential.Of([["a"]], RankWeight.Inverse, weights: [1e-300]),
        () => OpinionPool.Linear([[.5, .4]]),
        () => OpinionPool.Linear([[1, 0], [1]]),
        () => OpinionPool.Linear([[1, 0]], [0]),
        () => OpinionPool.Linear([[1, 0]], [1, 1]),
        () => OpinionPool.Linear([[]]),
        () => Brier.MultiClass([.5, .4], 0),
        () => MurphyDecomposition.OfOutcomes([([.5, .4], 0)]),
        () => Brier.Mean([1], [1, 2]),
        () => TwoRaters.Cohen([[1, 2]]),
        () => TwoRaters.Table([0], [0, 1], 2),
        () => TwoRaters.Weighted([[1, 0], [0, 1]], [[0, 0], [0, 0]]),
        () => TwoRaters.Weighted([[1, 0], [0, 1]], [[0]]),
        () => FleissKappa.Of([[1, 2], [2, 2]]),
        () => SameRaters.Conger([[0, 1], [0]], 2));

    [Fact]
    public void Refuses_nothing_at_all() => Refused<ArgumentNullException>(
        () => Spread.Mean(null!),
        () => IprasRule.Assess(null!, PercentileType.Type7),
        () => DelphiItem.Of(null!, null, Rule),
        () => DelphiItem.Of([], null, null!),
        () => Concordance.Of([null!], true),
        () => PooledDifferential.Of([[null!]], RankWeight.Inverse),
        () => OpinionPool.Linear(null!),
        () => TwoRaters.Cohen(null!),
        () => FleissKappa.Of([null!]));

    [Fact]
    public void Says_what_is_wrong() => Assert.StartsWith(
        "ratings is 10; it must be from 1 to 9.", Assert.Throws<ArgumentOutOfRangeException>(() => CountRule.Assess([10])).Message, StringComparison.Ordinal);

    private static void OutOfRange(params Func<object?>[] calls) => Refused<ArgumentOutOfRangeException>(calls);

    private static void Refused<T>(params Func<object?>[] calls) where T : ArgumentException => Assert.All(calls, call => Assert.Throws<T>(call));
}
