using CsCheck;
using SocialQI.Statistics.Agreement;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class AgreeingBeyondChance
{
    private static readonly int[][] Cohen1968 = [[44, 5, 1], [7, 20, 3], [9, 5, 6]];

    private static readonly Gen<int[][]> ATable = Gen.Int[1, 5].SelectMany(k => Gen.Int[0, 12].Array[k].Array[k]);

    private static readonly Gen<(int[][] Ratings, int Categories)> APanel = Gen.Select(Gen.Int[2, 5], Gen.Int[1, 12], Gen.Int[1, 4]).SelectMany((raters, subjects, categories) =>
        Gen.Int[0, categories - 1].Array[raters].Array[subjects].Select(ratings => (ratings, categories)));

    [Fact]
    public void Is_Cohens_kappa_for_two()
    {
        var found = TwoRaters.Cohen([[20, 5], [10, 15]])!;
        Assert.Equal((50, .7, .5), (found.Subjects, Math.Round(found.Observed, 12), Math.Round(found.Expected, 12)));
        Assert.Equal(.4, found.Kappa!.Value, 1e-12);
        Assert.Equal(LandisKoch.Fair, LandisKochWords.Of(found.Kappa.Value));
        Assert.Equal(.4915254, TwoRaters.Cohen(Cohen1968)!.Kappa!.Value, 7);
    }

    [Fact]
    public void Weighs_disagreements_as_it_is_told()
    {
        Assert.Equal(.3478261, TwoRaters.Weighted(Cohen1968, [[0, 1, 3], [1, 0, 6], [3, 6, 0]])!.Kappa!.Value, 7);
        var anxiety = TwoRaters.Table([.. Published.Anxiety[0].Select(r => r - 1)], [.. Published.Anxiety[1].Select(r => r - 1)], 6);
        Assert.Equal(.2967651, TwoRaters.Weighted(anxiety, KappaWeights.Quadratic)!.Kappa!.Value, 7);
        Assert.Equal(.1891892, TwoRaters.Weighted(anxiety, KappaWeights.Linear)!.Kappa!.Value, 7);
        Assert.Equal(TwoRaters.Weighted(anxiety, KappaWeights.Linear), TwoRaters.Weighted(anxiety, [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, 6).Select(j => (double)Math.Abs(i - j)).ToArray())]));
    }

    [Fact]
    public void Weighs_the_categories_that_it_is_given()
    {
        // R's irr drops the category that neither rater used: 1, 2, 3, 4, 6 become five.
        static int[] Dropped(int[] ratings) => [.. ratings.Select(r => Math.Min(r - 1, 4))];
        var anxiety = TwoRaters.Table(Dropped(Published.Anxiety[1]), Dropped(Published.Anxiety[2]), 5);
        Assert.Equal(-.006289308, TwoRaters.Cohen(anxiety)!.Kappa!.Value, 1e-8);
        Assert.Equal(.1459075, TwoRaters.Weighted(anxiety, KappaWeights.Linear)!.Kappa!.Value, 1e-7);
        Assert.Equal(.2520325, TwoRaters.Weighted(anxiety, KappaWeights.Quadratic)!.Kappa!.Value, 1e-7);
    }

    [Theory]
    [InlineData(null, .4842, .1380, .2137, .7547)]
    [InlineData(KappaWeights.Linear, .4701, .1457, .1845, .7558)]
    public void Has_the_interval_that_SAS_prints(KappaWeights? weights, double kappa, double error, double low, double high)
    {
        int[][] table = [[0, 4, 1], [0, 8, 0], [0, 1, 5]];
        var found = (weights is { } given ? TwoRaters.Weighted(table, given) : TwoRaters.Cohen(table))!;
        Assert.Equal(kappa, found.Kappa!.Value, 4);
        Assert.Equal(error, found.StandardError!.Value, 4);
        Assert.Equal(low, found.Interval()!.Value.Low, 4);
        Assert.Equal(high, found.Interval()!.Value.High, 4);
    }

    [Fact]
    public void Is_Fleiss_kappa_for_many()
    {
        var found = FleissKappa.Of(SameRaters.Counts(Published.DiagnosesFromZero, 5))!;
        Assert.Equal((30, 6), (found.Subjects, found.RatersPerSubject));
        Assert.Equal(.4302445, found.Kappa!.Value, 7);
        Assert.Equal(17.65183, found.Z!.Value, 5);
        Assert.True(found.P < 1e-60);
        Assert.All(found.Categories.Zip([.245, .245, .520, .471, .566]), pair => Assert.Equal(pair.Second, pair.First.Kappa!.Value, 3));
        Assert.All(found.Categories.Zip([5.192, 5.192, 11.031, 9.994, 12.009]), pair => Assert.Equal(pair.Second, pair.First.Z!.Value, 3));
    }

    [Fact]
    public void Is_Fleiss_kappa_of_fourteen_raters()
    {
        int[][] counts =
        [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ];
        Assert.Equal((.378, .213, .210), (Math.Round(FleissKappa.Of(counts)!.Observed, 3), Math.Round(FleissKappa.Of(counts)!.Expected, 3), Math.Round(FleissKappa.Of(counts)!.Kappa!.Value, 3)));
    }

    [Fact]
    public void Is_Congers_and_Lights_where_the_raters_are_known()
    {
        Assert.Equal(.4418085, SameRaters.Conger(Published.DiagnosesFromZero, 5)!.Value, 7);
        Assert.Equal(.4594121, SameRaters.Light(Published.DiagnosesFromZero, 5)!.Value, 7);
    }

    [Fact]
    public void Survives_a_prevalence_in_Gwets_coefficient_where_kappa_does_not()
    {
        // 118, 5, 2 and 0 of 125: pₐ = .944, π = .972 and .028, pₑ = .054432.
        var found = GwetAc1.Of([.. Enumerable.Repeat(new[] { 2, 0 }, 118), .. Enumerable.Repeat(new[] { 1, 1 }, 7)])!;
        Assert.Equal(.944, found.Observed, 1e-12);
        Assert.Equal(.054432, found.Expected, 1e-12);
        Assert.Equal((.944 - .054432) / (1 - .054432), found.Ac1, 1e-12);
        Assert.True(TwoRaters.Cohen([[118, 5], [2, 0]])!.Kappa < 0);
    }

    [Fact]
    public void Lets_subjects_differ_in_raters_in_Gwets_coefficient()
    {
        // The last is not paired, and counts only for how common categories are: π = (1 + 1/3 + 0)/3 and its rest.
        var found = GwetAc1.Of([[2, 0], [1, 2], [0, 1], [0, 0]])!;
        Assert.Equal(3, found.Subjects);
        Assert.Equal((1 + (1 / 3.0)) / 2, found.Observed, 1e-12);
        Assert.Equal(2 * (4 / 9.0) * (5 / 9.0), found.Expected, 1e-12);
    }

    [Fact]
    public void Is_undefined_where_everything_is_one_category()
    {
        var cohen = TwoRaters.Cohen([[7, 0], [0, 0]])!;
        Assert.Equal((1.0, 1.0, null, null), (cohen.Observed, cohen.Expected, cohen.Kappa, cohen.StandardError));
        Assert.Null(cohen.Interval());
        Assert.Null(TwoRaters.Cohen([[7]])!.Kappa);
        Assert.Null(TwoRaters.Weighted([[7]], KappaWeights.Quadratic)!.Kappa);
        var fleiss = FleissKappa.Of([[3, 0], [3, 0]])!;
        Assert.Equal((1.0, 1.0, null, null, null, null), (fleiss.Observed, fleiss.Expected, fleiss.Kappa, fleiss.StandardError, fleiss.Z, fleiss.P));
        Assert.All(fleiss.Categories, c => Assert.Null(c.Kappa));
        Assert.Null(SameRaters.Conger([[0, 0], [0, 0]], 2));
        Assert.Null(SameRaters.Light([[0, 0, 1], [0, 0, 1]], 2));
        Assert.Equal(1, GwetAc1.Of([[3, 0], [3, 0]])!.Ac1);
        Assert.Null(GwetAc1.Of([[3], [3]]));
    }

    [Fact]
    public void Is_nothing_where_nothing_is_rated()
    {
        Assert.Null(TwoRaters.Cohen([]));
        Assert.Null(TwoRaters.Cohen([[0, 0], [0, 0]]));
        Assert.Null(FleissKappa.Of([]));
        Assert.Null(FleissKappa.Of([[1, 0], [0, 1]]));
        Assert.Null(SameRaters.Conger([], 3));
        Assert.Null(SameRaters.Conger([[1], [2]], 3));
        Assert.Null(SameRaters.Light([], 3));
        Assert.Null(GwetAc1.Of([]));
        Assert.Null(GwetAc1.Of([[1, 0]]));
    }

    [Theory]
    [InlineData(-.01, LandisKoch.Poor)]
    [InlineData(0, LandisKoch.Slight)]
    [InlineData(.2, LandisKoch.Slight)]
    [InlineData(.21, LandisKoch.Fair)]
    [InlineData(.4, LandisKoch.Fair)]
    [InlineData(.41, LandisKoch.Moderate)]
    [InlineData(.6, LandisKoch.Moderate)]
    [InlineData(.61, LandisKoch.Substantial)]
    [InlineData(.8, LandisKoch.Substantial)]
    [InlineData(.81, LandisKoch.AlmostPerfect)]
    [InlineData(1, LandisKoch.AlmostPerfect)]
    public void Has_a_word(double kappa, LandisKoch word) => Assert.Equal(word, LandisKochWords.Of(kappa));

    [Fact]
    public void Of_two_is_at_most_whole_and_as_good_as_agreement_less_chance() => ATable.Sample(table =>
    {
        foreach (var found in new[] { TwoRaters.Cohen(table), TwoRaters.Weighted(table, KappaWeights.Linear), TwoRaters.Weighted(table, KappaWeights.Quadratic) }.OfType<TwoRaters>())
        {
            Assert.InRange(found.Observed, 0, 1);
            Assert.InRange(found.Expected, 0, 1);
            Assert.Equal(found.Kappa is null, found.Expected == 1);
            if (found.Kappa is { } kappa)
            {
                Assert.InRange(kappa, -1 - 1e-12, 1);
                Assert.Equal((found.Observed - found.Expected) / (1 - found.Expected), kappa, 1e-9);
                Assert.True(double.IsFinite(found.StandardError!.Value) && found.StandardError >= 0);
                Assert.True(found.Interval()!.Value.Low <= kappa && kappa <= found.Interval()!.Value.High);
            }
        }
    });

    [Fact]
    public void Of_many_stays_in_bounds_and_is_Cohens_where_they_are_two() => APanel.Sample(panel =>
    {
        var raters = panel.Ratings[0].Length;
        var counts = SameRaters.Counts(panel.Ratings, panel.Categories);
        var fleiss = FleissKappa.Of(counts)!;
        Assert.InRange(fleiss.Kappa ?? 0, (-1.0 / (raters - 1)) - 1e-12, 1);
        Assert.True(fleiss.Kappa is null || (double.IsFinite(fleiss.Z!.Value) && fleiss.P is >= 0 and <= 1));
        Assert.InRange(SameRaters.Conger(panel.Ratings, panel.Categories) ?? 0, -1, 1);
        Assert.InRange(SameRaters.Light(panel.Ratings, panel.Categories) ?? 0, -1 - 1e-12, 1);
        Assert.InRange(GwetAc1.Of(counts)?.Ac1 ?? 0, -1, 1);
        if (raters == 2)
        {
            var cohen = TwoRaters.Cohen(TwoRaters.Table([.. panel.Ratings.Select(r => r[0])], [.. panel.Ratings.Select(r => r[1])], panel.Categories))!.Kappa;
            Assert.Equal(cohen ?? -9, SameRaters.Conger(panel.Ratings, panel.Categories) ?? -9, 1e-9);
            Assert.Equal(cohen ?? -9, SameRaters.Light(panel.Ratings, panel.Categories) ?? -9, 1e-9);
        }
    });

    [Fact]
    public void Of_many_is_made_of_its_categories() => APanel.Sample(panel =>
    {
        // Fleiss 1971: the whole is the mean of the categories, weighted by p(1 − p).
        var fleiss = FleissKappa.Of(SameRaters.Counts(panel.Ratings, panel.Categories))!;
        var (sum, weight) = fleiss.Categories.Where(c => c.Kappa is not null).Aggregate((0.0, 0.0), (a, c) => (a.Item1 + (c.Share * (1 - c.Share) * c.Kappa!.Value), a.Item2 + (c.Share * (1 - c.Share))));
        Assert.Equal(sum, (fleiss.Kappa ?? 0) * weight, 1e-9);
    });
}
