using CsCheck;
using SocialQI.Statistics.Pooling;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class PoolingDifferentials
{
    private static readonly string[][] FourLists =
    [
        ["PE", "ACS", "pneumonia"], ["ACS", "PE", "aortic dissection"], ["PE", "pericarditis", "ACS"], ["pneumonia", "PE"],
    ];

    private static readonly Gen<string[][]> Lists = Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 5]).Array[0, 12].Select(people =>
        people.Select(p => Shuffle.Of(["a", "b", "c", "d", "e", "f", "g"], p.Item1).Take(p.Item2).ToArray()).ToArray());

    [Theory]
    [InlineData(RankWeight.Inverse, new[] { 3, 1.8333333, 1.3333333, .5, .3333333 })]
    [InlineData(RankWeight.InverseSquare, new[] { 2.5, 1.3611111, 1.1111111, .25, .1111111 })]
    [InlineData(RankWeight.Equal, new double[] { 4, 3, 2, 1, 1 })]
    public void Weighs_each_place(RankWeight weight, double[] scores)
    {
        var pooled = PooledDifferential.Of(FourLists, weight).Diagnoses;
        Assert.Equal(["PE", "ACS", "pneumonia"], pooled.Take(3).Select(d => d.Label));
        Assert.All(pooled.Zip(scores), pair => Assert.Equal(pair.Second, pair.First.Score, 7));
        // By equal weights these two tie in everything: the label decides.
        Assert.Equal(weight == RankWeight.Equal ? ["aortic dissection", "pericarditis"] : ["pericarditis", "aortic dissection"], pooled.Skip(3).Select(d => d.Label));
    }

    [Fact]
    public void Is_right_when_the_truth_is_among_the_first_three()
    {
        var pooled = PooledDifferential.Of(FourLists, RankWeight.Inverse);
        Assert.True(pooled.IsRight("pneumonia"));
        Assert.False(pooled.IsRight("pericarditis"));
        Assert.False(pooled.IsRight("pe"));
        Assert.Equal(["PE", "ACS", "pneumonia"], pooled.Answer.Select(d => d.Label));
    }

    [Fact]
    public void Breaks_a_tie_by_raters_then_by_first_places_then_by_label()
    {
        // 1 against ½ + ½: two raters come before one.
        Assert.Equal(["b", "a", "x", "y"], Labels([["a"], ["x", "b"], ["y", "b"]], 2));
        Assert.Equal(["b", "a"], Labels([["b", "a"], ["b", "a"], ["a", "b"]], 2, RankWeight.Equal));
        Assert.Equal(["a", "b"], Labels([["b", "a"], ["a", "b"]], 2));
    }

    [Fact]
    public void Finds_scores_equal_that_are_equal_on_paper() =>
        // ½ against ⅙ + ⅙ + ⅙: thirds and sixths are not exact, and three raters come before one.
        Assert.Equal("t", Labels([["1", "2", "3", "4", "5", "t"], ["1", "2", "3", "4", "5", "t"], ["1", "2", "3", "4", "5", "t"], ["z", "o"]], 6).Where(l => l is "t" or "o").First());

    [Fact]
    public void Of_nobody_is_empty()
    {
        Assert.Empty(PooledDifferential.Of([], RankWeight.Inverse).Answer);
        Assert.Equal((2, 0), (PooledDifferential.Of([[], []], RankWeight.Inverse).Raters, PooledDifferential.Of([[], []], RankWeight.Inverse).Diagnoses.Count));
    }

    [Fact]
    public void Refuses_a_list_that_counts_something_twice_or_too_much()
    {
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => PooledDifferential.Of([["PE", "PE"]], RankWeight.Inverse)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 3", Assert.Throws<ArgumentOutOfRangeException>(() => PooledDifferential.Of([["a", "b", "c", "d"]], RankWeight.Inverse)).Message, StringComparison.Ordinal);
        Assert.Equal(5, PooledDifferential.Of([["a", "b", "c", "d", "e"]], RankWeight.Inverse, listedMax: 5).Diagnoses.Count);
    }

    [Fact]
    public void Spends_all_weights_and_orders_everything() => Lists.Sample(lists => Assert.All(Enum.GetValues<RankWeight>(), weight =>
    {
        var pooled = PooledDifferential.Of(lists, weight, 5).Diagnoses;
        var spent = lists.Sum(l => l.Select((_, k) => weight == RankWeight.Equal ? 1 : Math.Pow(k + 1, weight == RankWeight.Inverse ? -1 : -2)).Sum());
        Assert.Equal(spent, pooled.Sum(d => d.Score), 1e-9);
        Assert.Equal(lists.SelectMany(l => l).Distinct().Count(), pooled.Count);
        Assert.All(pooled.Zip(pooled.Skip(1)), pair => Assert.True(Key(pair.First).CompareTo(Key(pair.Second)) > 0 || string.CompareOrdinal(pair.First.Label, pair.Second.Label) < 0));
    }));

    [Fact]
    public void Cares_for_no_order_of_people() => Gen.Select(Lists, Gen.Int[0, 1000]).Sample((lists, seed) => Assert.All(Enum.GetValues<RankWeight>(), weight =>
        Assert.Equal(PooledDifferential.Of(lists, weight, 5).Diagnoses, PooledDifferential.Of(Shuffle.Of(lists, seed), weight, 5).Diagnoses)));

    [Fact]
    public void Weighs_a_person_as_well()
    {
        var pooled = PooledDifferential.Of(FourLists, RankWeight.Inverse, weights: [.5, 3, .25, 0]);
        Assert.Equal(["ACS", "PE", "aortic dissection", "pneumonia", "pericarditis"], pooled.Diagnoses.Select(d => d.Label));
        Assert.All(pooled.Diagnoses.Zip([3 + .25 + (.25 / 3), .5 + 1.5 + .25, 1, .5 / 3, .125]), pair => Assert.Equal(pair.Second, pair.First.Score, 1e-12));
        Assert.Equal((4, 3, 2), (pooled.Raters, pooled.Diagnoses[1].Raters, pooled.Diagnoses[1].FirstPlaces));
    }

    [Fact]
    public void Weighs_nobody_more_where_all_count_the_same() => Gen.Select(Lists, Gen.Double[1e-9, 1e9]).Sample((lists, each) => Assert.All(Enum.GetValues<RankWeight>(), weight =>
    {
        var plain = PooledDifferential.Of(lists, weight, 5);
        Assert.Equal(plain.Diagnoses, Weighed(lists, weight, [.. lists.Select(_ => 1.0)]).Diagnoses);
        Assert.Equal(plain.Diagnoses, Weighed(lists, weight, new double[lists.Length]).Diagnoses);
        Assert.Equal(plain.Diagnoses.Select(d => d.Label), Weighed(lists, weight, [.. lists.Select(_ => each)]).Diagnoses.Select(d => d.Label));
    }));

    [Fact]
    public void Weighs_by_what_people_count_against_each_other() => Gen.Select(WeighedLists, Gen.Int[-20, 20]).Sample((people, power) => Assert.All(Enum.GetValues<RankWeight>(), weight =>
        Assert.Equal(Weighed(people, weight).Diagnoses, [.. Weighed([.. people.Select(p => (p.List, p.Weight * Math.Pow(2, power)))], weight).Diagnoses
            .Select(d => d with { Score = d.Score / Math.Pow(2, power) })])));

    [Fact]
    public void Cares_for_no_order_of_people_who_count_differently() => Gen.Select(WeighedLists, Gen.Int[0, 1000]).Sample((people, seed) => Assert.All(Enum.GetValues<RankWeight>(), weight =>
        Assert.Equal(Weighed(people, weight).Diagnoses, Weighed(Shuffle.Of(people, seed), weight).Diagnoses)));

    [Fact]
    public void Hears_nothing_from_whom_it_gives_no_weight() => WeighedLists.Sample(people => Assert.All(Enum.GetValues<RankWeight>(), weight =>
    {
        var pooled = Weighed(people, weight);
        Assert.Equal(Weighed([.. people.Where(p => p.Weight > 0)], weight).Diagnoses, pooled.Diagnoses);
        Assert.Equal(people.Length, pooled.Raters);
    }));

    [Fact]
    public void Loses_no_vote_beside_the_largest()
    {
        var pooled = PooledDifferential.Of([["a"], ["b"], ["b"], ["c"]], RankWeight.Inverse, weights: [Limits.MagnitudeMax, 1e-300, 1e-300, 1e-300]);
        Assert.Equal(["a", "b", "c"], pooled.Diagnoses.Select(d => d.Label));
        Assert.All(pooled.Diagnoses, d => Assert.True(d.Score > 0));
    }

    [Fact]
    public void Is_exact_with_as_many_as_there_may_be()
    {
        var pooled = PooledDifferential.Of([.. Enumerable.Repeat(new[] { "a", "b" }, Limits.RatersMax)], RankWeight.InverseSquare, weights: [.. Enumerable.Repeat(Limits.MagnitudeMax, Limits.RatersMax)]);
        Assert.Equal([1e16, .25e16], pooled.Diagnoses.Select(d => d.Score));
    }

    private static readonly Gen<(string[] List, double Weight)[]> WeighedLists = Gen.Select(Lists, Gen.OneOf(Gen.Const(0.0), Gen.Double[.01, 3], Gen.Double[.01, 3]).Array[12])
        .Select((lists, weights) => lists.Zip(weights).ToArray()).Where(people => people.Any(p => p.Second > 0)).Select(people => people.Select(p => (List: p.First, Weight: p.Second)).ToArray());

    private static PooledDifferential Weighed((string[] List, double Weight)[] people, RankWeight weight) =>
        Weighed([.. people.Select(p => p.List)], weight, [.. people.Select(p => p.Weight)]);

    private static PooledDifferential Weighed(string[][] lists, RankWeight weight, double[] weights) => PooledDifferential.Of(lists, weight, 5, weights);

    private static (double, int, int) Key(PooledDiagnosis diagnosis) => (Math.Round(diagnosis.Score, 9), diagnosis.Raters, diagnosis.FirstPlaces);

    private static IEnumerable<string> Labels(string[][] lists, int listedMax, RankWeight weight = RankWeight.Inverse) =>
        PooledDifferential.Of(lists, weight, listedMax).Diagnoses.Select(d => d.Label);
}
