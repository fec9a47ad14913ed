using CsCheck;
using SocialQI.Statistics.Pooling;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class DecidingTogether
{
    [Theory]
    [InlineData(1, .7)]
    [InlineData(3, .784000)]
    [InlineData(5, .836920)]
    [InlineData(7, .873964)]
    [InlineData(9, .901191)]
    [InlineData(11, .921775)]
    public void By_majority_is_better_than_one_who_is_right_more_often_than_not(int raters, double accuracy) =>
        Assert.Equal(accuracy, Majority.Accuracy(raters, .7), 6);

    [Fact]
    public void By_majority_hurts_below_a_half()
    {
        Assert.True(Majority.Gain(9, .4) < 0);
        Assert.Equal(0, Majority.Gain(9, .5), 1e-12);
        Assert.Equal(-Majority.Gain(9, .4), Majority.Gain(9, .6), 1e-12);
        Assert.Equal((0, 1), (Majority.Accuracy(9, 0), Majority.Accuracy(9, 1)));
    }

    [Fact]
    public void With_an_even_number_may_tie()
    {
        Assert.Equal(.49, Majority.Accuracy(2, .7), 1e-12);
        Assert.Equal(.42, Majority.Tie(2, .7), 1e-12);
        Assert.Equal(0, Majority.Tie(3, .7));
        // A coin makes an even group as good as one that is smaller by one.
        Assert.Equal(Majority.Gain(9, .7), Majority.Gain(10, .7), 1e-12);
    }

    [Theory]
    [InlineData(1, .99968, .59049)]
    [InlineData(2, .99328, .91854)]
    [InlineData(3, .94208, .99144)]
    [InlineData(4, .73728, .99954)]
    [InlineData(5, .32768, .99999)]
    [InlineData(0, 1, 0)]
    [InlineData(6, 0, 1)]
    public void By_a_quorum_trades_the_sick_for_the_well(int needed, double sensitivity, double specificity)
    {
        var found = Quorum.Of(needed, 5, .8, .1);
        Assert.Equal(sensitivity, found.Sensitivity, 1e-9);
        Assert.Equal(specificity, found.Specificity, 1e-9);
    }

    [Fact]
    public void By_a_higher_quorum_finds_fewer() => Gen.Select(Gen.Int[1, 200], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((raters, right, wrong) =>
    {
        var all = Enumerable.Range(0, raters + 2).Select(k => Quorum.Of(k, raters, right, wrong)).ToArray();
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Sensitivity >= pair.Second.Sensitivity - 1e-12 && pair.First.Specificity <= pair.Second.Specificity + 1e-12));
        Assert.All(all, d => Assert.InRange(d.YoudenJ, -1, 1));
    }, iter: 50);

    [Theory]
    [InlineData(Limits.TrialsMax, .5)]
    [InlineData(Limits.TrialsMax, .501)]
    [InlineData(Limits.TrialsMax - 1, .493)]
    [InlineData(1001, .02)]
    public void In_the_largest_group_is_reckoned_as_a_sum_would_be(int raters, double accuracy)
    {
        double log = raters * Math.Log(1 - accuracy), sum = 0;
        for (var k = 1; k <= raters; k++)
        {
            log += Math.Log((double)(raters - k + 1) / k) + Math.Log(accuracy / (1 - accuracy));
            sum += 2 * k > raters ? Math.Exp(log) : 0;
        }
        Assert.Equal(sum, Majority.Accuracy(raters, accuracy), 1e-9);
    }

    [Fact]
    public void Takes_the_answer_of_whoever_is_surest()
    {
        Assert.Equal(new SurestAnswer("PE", .9, false), SurestAnswer.Of([("ACS", .8), ("PE", .9), ("ACS", .85)]));
        Assert.Equal(new SurestAnswer("PE", .9, true), SurestAnswer.Of([("ACS", .9), ("PE", .9), ("PE", .9)]));
        Assert.Equal(new SurestAnswer("ACS", .9, true), SurestAnswer.Of([("PE", .9), ("ACS", .9)]));
        Assert.Null(SurestAnswer.Of([]));
    }

    [Fact]
    public void Helps_those_who_are_about_as_good()
    {
        var one = new Discrimination(.8, .9);
        Assert.Equal(.7, one.YoudenJ, 1e-12);
        Assert.True(one.IsSimilarTo(new(.8, .8)));
        Assert.True(new Discrimination(.8, .8).IsSimilarTo(one));
        Assert.False(one.IsSimilarTo(new(.8, .79)));
    }

    [Fact]
    public void With_weights_by_log_odds_lets_one_expert_win_over_three()
    {
        double[] weights = [.. new[] { .9, .6, .6, .55 }.Select(VoteWeight.LogOdds)];
        Assert.All(weights.Zip([2.197225, .405465, .405465, .200671]), pair => Assert.Equal(pair.Second, pair.First, 6));
        var tally = TalliedAnswer.Of([("for", weights[0]), ("against", weights[1]), ("against", weights[2]), ("against", weights[3])]);
        Assert.Equal(("for", 1, 3), (tally[0].Answer, tally[0].Voters, tally[1].Voters));
        Assert.Equal(1.185624, tally[0].Weight - tally[1].Weight, 6);
        Assert.Empty(TalliedAnswer.Of([]));
    }

    [Fact]
    public void With_weights_believes_no_record_wholly_and_turns_no_vote_round()
    {
        Assert.Equal(.5, VoteWeight.Shrunk(0, 0));
        Assert.Equal(12 / 14.0, VoteWeight.Shrunk(10, 10), 1e-12);
        Assert.Equal((.95, .05), (VoteWeight.Shrunk(1000, 1000), VoteWeight.Shrunk(0, 1000)));
        Assert.Equal((0, 0, 0), (VoteWeight.LogOdds(.5), VoteWeight.LogOdds(.2), VoteWeight.LogOdds(0)));
        Assert.Equal(Math.Log(19), VoteWeight.LogOdds(1), 1e-9);
        // χ² = 10·(.16 + .16)/.25 = 12.8, far beyond chance; 6 and 4 of 10 are not.
        Assert.Equal([2, 0], VoteWeight.OfRecords([(9, 10), (1, 10)])!);
        Assert.Equal([2, 0, 1], VoteWeight.OfRecords([(9, 10), (1, 10), (3, 9)])!);
        Assert.Null(VoteWeight.OfRecords([(6, 10), (4, 10)]));
        Assert.Null(VoteWeight.OfRecords([(10, 10), (10, 10)]));
        Assert.Null(VoteWeight.OfRecords([(90, 100)]));
        Assert.Null(VoteWeight.OfRecords([]));
        Assert.Null(VoteWeight.OfRecord(9, 9));
        Assert.Equal(Math.Log(12 / 2.0), VoteWeight.OfRecord(10, 10)!.Value, 1e-9);
        Assert.Equal(0, VoteWeight.OfRecord(0, 10));
    }

    [Fact]
    public void Without_a_truth_trusts_who_agrees_with_others()
    {
        var agreement = MeanAgreement.WithOthers([["a", "b", "c", null], ["a", "b", "x", null], ["a", "y", null, null], [null, null, null, "a"]]);
        // First with second 2/3, with third 1/2; second with third 1/2.
        Assert.Equal([(2 / 3.0 + .5) / 2, (2 / 3.0 + .5) / 2, .5, null], agreement);
        Assert.Empty(MeanAgreement.WithOthers([]));
        Assert.Equal([null], MeanAgreement.WithOthers([["a"]]));
        Assert.Equal([1.0, 1.0], MeanAgreement.WithOthers([["a", "b"], ["a", "b"]]));
    }
}
