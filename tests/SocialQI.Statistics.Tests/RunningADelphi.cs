using CsCheck;
using SocialQI.Statistics.Delphi;
using SocialQI.Statistics.Samples;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class RunningADelphi
{
    private static readonly int[] First = [7, 8, 5, 9, 7, 6, 8, 7, 4];
    private static readonly int[] Second = [7, 8, 7, 8, 7, 7, 8, 7, 6];

    [Fact]
    public void Ends_in_consensus_and_stable()
    {
        var before = DelphiItem.Of(First, null, DelphiRule.Comet);
        Assert.Equal((2.0, Consensus.None, false), (before.InterquartileRange, before.Consensus, before.IsSettled));
        Assert.Equal(.2306762, before.CoefficientOfVariation!.Value, 7);
        Assert.Equal(.666667, before.ShareFor!.Value, 6);
        Assert.Null(before.CvChange);

        var now = DelphiItem.Of(Second, First, DelphiRule.Comet);
        Assert.Equal((1.0, Consensus.For, true), (now.InterquartileRange, now.Consensus, now.IsStable));
        Assert.Equal(.0923077, now.CoefficientOfVariation!.Value, 7);
        Assert.Equal(.888889, now.ShareFor!.Value, 6);
        Assert.Equal(.1383685, now.CvChange!.Value, 7);
    }

    [Fact]
    public void Takes_a_share_that_is_just_reached_and_refuses_an_opposition_that_is_just_too_large()
    {
        Assert.Equal(Consensus.For, DelphiItem.Of([7, 7, 7, 7, 7, 7, 7, 5, 5, 1], null, DelphiRule.Comet).Consensus);
        Assert.Equal(Consensus.Against, DelphiItem.Of([3, 3, 3, 3, 3, 3, 3, 5, 5, 9], null, DelphiRule.Comet).Consensus);
        int[] opposed = [.. Enumerable.Repeat(8, 17), 1, 1, 1];
        Assert.Equal(Consensus.None, DelphiItem.Of(opposed, null, DelphiRule.Comet).Consensus);
        Assert.Equal(Consensus.For, DelphiItem.Of([.. opposed, 8], null, DelphiRule.Comet).Consensus);
    }

    [Fact]
    public void With_nobody_there_finds_nothing()
    {
        var item = DelphiItem.Of([], [], DelphiRule.Comet);
        Assert.Equal((0, null, null, Consensus.None, null, null), (item.Raters, item.ShareFor, item.ShareAgainst, item.Consensus, item.InterquartileRange, item.CoefficientOfVariation));
        Assert.Equal((null, null, false), (item.CvChange, item.Moved, item.IsStable));
        Assert.Null(Stability.DistributionChange([], [1]));
        Assert.Null(Stability.ShareChanged([], []));
        Assert.Null(Stability.CvChange([1], [1, 2]));
    }

    [Fact]
    public void Stops_when_all_is_settled_or_rounds_are_used_up()
    {
        var open = DelphiItem.Of(First, null, DelphiRule.Comet);
        var settled = DelphiItem.Of(Second, First, DelphiRule.Comet);
        Assert.Equal(NextRound.GoesOn, Stopping.After([open, settled], 2, DelphiRule.Comet));
        Assert.Equal(NextRound.AllSettled, Stopping.After([settled, settled], 2, DelphiRule.Comet));
        Assert.Equal(NextRound.RoundsUsedUp, Stopping.After([open, settled], 3, DelphiRule.Comet));
        Assert.Equal(NextRound.AllSettled, Stopping.After([settled], 3, DelphiRule.Comet));
    }

    [Fact]
    public void Settles_what_is_stable_without_consensus()
    {
        int[] ratings = [4, 5, 6, 5, 5];
        var item = DelphiItem.Of(ratings, ratings, DelphiRule.Comet);
        Assert.Equal((Consensus.None, 0.0, true, true), (item.Consensus, item.CvChange, item.IsStable, item.IsSettled));
    }

    [Fact]
    public void Asks_for_a_narrow_range_and_few_who_moved_where_the_rule_does()
    {
        Assert.Equal(Consensus.For, DelphiItem.Of(Second, First, DelphiRule.Comet with { IqrMax = 1 }).Consensus);
        Assert.Equal(Consensus.None, DelphiItem.Of(Second, First, DelphiRule.Comet with { IqrMax = .9 }).Consensus);
        Assert.False(DelphiItem.Of(Second, First, DelphiRule.Comet with { MovedBelow = DelphiRule.ScheibeChange }).IsStable);
        Assert.True(DelphiItem.Of(Second, Second, DelphiRule.Comet with { MovedBelow = DelphiRule.ScheibeChange }).IsStable);
        Assert.False(DelphiItem.Of(Second, null, DelphiRule.Comet with { MovedBelow = DelphiRule.ScheibeChange }).IsStable);
        Assert.Equal(3 / 9.0, DelphiItem.Of(Second, First, DelphiRule.Comet).Moved!.Value, 1e-12);
    }

    [Fact]
    public void Sees_how_many_moved()
    {
        Assert.Equal(3 / 9.0, Stability.DistributionChange(First, Second)!.Value, 1e-12);
        Assert.Equal(4 / 9.0, Stability.ShareChanged(First, Second)!.Value, 1e-12);
        Assert.Equal(0, Stability.DistributionChange([1, 2], [2, 1]));
        Assert.Equal(1, Stability.ShareChanged([1, 2], [2, 1]));
        Assert.Equal(.5, Stability.DistributionChange([1, 1], [1, 1, 2, 2]));
        Assert.Equal(1, Stability.DistributionChange([0], [DelphiRule.ScaleLimit, 5]));
    }

    [Fact]
    public void Asks_Wilcoxon_exactly_where_there_are_no_ties()
    {
        // Hollander and Wolfe's depression data, the example of R's wilcox.test: V = 40, P = .03906.
        var tested = WilcoxonSignedRank.Of(
            [1.83, .50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30], [.878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]);
        Assert.Equal((9, 0, 40.0, 5.0, 20 / 512.0, true), (tested.Pairs, tested.Unmoved, tested.PositiveRanks, tested.NegativeRanks, tested.P, tested.IsExact));
    }

    [Fact]
    public void Asks_Wilcoxon_by_the_normal_distribution_where_there_are()
    {
        var tested = WilcoxonSignedRank.Of(Published.Numbers(First), Published.Numbers(Second));
        Assert.Equal((4, 5, false), (tested.Pairs, tested.Unmoved, tested.IsExact));
        Assert.Equal((1.5, 8.5), (tested.PositiveRanks, tested.NegativeRanks));
        // Sizes 2, 1, 1, 2 have ranks 3.5, 1.5, 1.5, 3.5: |1.5 − 5| − ½ over √(7.5 − (6 + 6)/48).
        Assert.Equal(2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -3 / Math.Sqrt(7.25)), tested.P!.Value, 1e-12);
        Assert.Equal(1, WilcoxonSignedRank.Of([1, 3], [2, 2]).P);
        Assert.Null(WilcoxonSignedRank.Of([1, 3], [1, 3]).P);
        Assert.Null(WilcoxonSignedRank.Of([], []).P);
    }

    [Fact]
    public void Asks_Wilcoxon_alike_whichever_round_comes_first() =>
        Gen.Select(Gen.Int[-20, 20], Gen.Int[-20, 20]).Array[0, 60].Sample(people =>
        {
            double[] one = [.. people.Select(p => (double)p.Item1)], other = [.. people.Select(p => (double)p.Item2)];
            var (there, back) = (WilcoxonSignedRank.Of(one, other), WilcoxonSignedRank.Of(other, one));
            Assert.Equal((there.PositiveRanks, there.NegativeRanks, there.P), (back.NegativeRanks, back.PositiveRanks, back.P));
            Assert.Equal(there.Pairs * (there.Pairs + 1) / 2.0, there.PositiveRanks + there.NegativeRanks);
            Assert.True(there.P is null or (>= 0 and <= 1));
        });

    [Fact]
    public void Counts_every_sign_of_the_largest_exact_panel()
    {
        double[] before = [.. Enumerable.Range(1, WilcoxonSignedRank.ExactPairsMax).Select(k => (double)k)], now = new double[before.Length];
        Assert.Equal(Math.ScaleB(2, -WilcoxonSignedRank.ExactPairsMax), WilcoxonSignedRank.Of(before, now).P);
        Assert.False(WilcoxonSignedRank.Of([.. before, 50], [.. now, 0]).IsExact);
    }

    [Fact]
    public void Reads_quartiles_as_type_7() => Assert.Equal(
        Percentile.InterquartileRange(Published.Numbers(First), PercentileType.Type7), DelphiItem.Of(First, null, DelphiRule.Comet).InterquartileRange);
}
