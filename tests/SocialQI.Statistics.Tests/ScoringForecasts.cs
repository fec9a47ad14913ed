using CsCheck;
using SocialQI.Statistics.Pooling;
using SocialQI.Statistics.Scoring;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class ScoringForecasts
{
    private static readonly double[][] Three = [[.7, .2, .1], [.5, .4, .1], [.2, .6, .2]];

    private static readonly Gen<(double[][] Forecasts, double[] Weights, int Happened)> APanel =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 5], Gen.Double[0, 1].Array[30], Gen.Double[.001, 1].Array[6], Gen.Int[0, 1000]).Select((people, outcomes, raw, weights, happened) =>
        (
            Enumerable.Range(0, people).Select(p => Normalised(raw.Skip(p * outcomes).Take(outcomes).ToArray())).ToArray(),
            weights.Take(people).ToArray(),
            happened % outcomes));

    private static readonly Gen<(double Chance, bool Happened)[]> YesOrNo =
        Gen.Select(Gen.Int[0, 10], Gen.Bool).Select((tenths, happened) => (tenths / 10.0, happened)).Array[1, 60];

    [Fact]
    public void Is_far_from_what_happened_by_Brier()
    {
        Assert.Equal(.14, Brier.MultiClass(Three[0], 0), 1e-12);
        Assert.Equal(.42, Brier.MultiClass(Three[1], 0), 1e-12);
        Assert.Equal(1.04, Brier.MultiClass(Three[2], 0), 1e-12);
        Assert.Equal(.5333333, Brier.Mean([.14, .42, 1.04])!.Value, 7);
        Assert.Equal((0, 2), (Brier.MultiClass([1, 0], 0), Brier.MultiClass([1, 0], 1)));
        Assert.Equal(.09, Brier.Binary(.7, true), 1e-12);
        Assert.Equal(.49, Brier.Binary(.7, false), 1e-12);
        Assert.Equal(0, Brier.MultiClass([1], 0));
        Assert.Null(Brier.Mean([]));
        Assert.Null(Brier.Mean([], []));
        Assert.Equal(.75, Brier.Mean([0, 1], [1, 3])!.Value, 1e-12);
    }

    [Fact]
    public void Is_surprised_in_nats_and_bits_but_not_without_end()
    {
        Assert.Equal(.3566749, LogScore.Nats(.7), 7);
        Assert.Equal(.5145732, LogScore.Bits(.7), 7);
        Assert.Equal(Math.Log(1e6), LogScore.Nats(0), 1e-12);
        Assert.Equal(BitConverter.DoubleToInt64Bits(0.0), BitConverter.DoubleToInt64Bits(LogScore.Nats(1)));
        Assert.Equal(BitConverter.DoubleToInt64Bits(0.0), BitConverter.DoubleToInt64Bits(LogScore.Bits(1)));
    }

    [Fact]
    public void Pools_in_a_line_and_by_logarithms()
    {
        var linear = OpinionPool.Linear(Three)!;
        Assert.All(linear.Zip([.4666667, .4, .1333333]), pair => Assert.Equal(pair.Second, pair.First, 7));
        Assert.Equal(.4622222, Brier.MultiClass(linear, 0), 7);
        Assert.All(OpinionPool.Logarithmic(Three)!.Zip([.457136, .4031127, .1397514]), pair => Assert.Equal(pair.Second, pair.First, 6));
        Assert.Null(OpinionPool.Linear([]));
        Assert.Null(OpinionPool.Logarithmic([]));
    }

    [Fact]
    public void Pools_by_weight()
    {
        Assert.Equal(Three[2], OpinionPool.Linear(Three, [0, 0, 5])!);
        Assert.All(OpinionPool.Logarithmic(Three, [0, 0, 5])!.Zip(Three[2]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        Assert.All(OpinionPool.Linear([[1, 0], [0, 1]], [3, 1])!.Zip([.75, .25]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        Assert.All(OpinionPool.Logarithmic([[.8, .2], [.5, .5]], [1, 3])!.Zip([Math.Sqrt(2) / (Math.Sqrt(2) + 1), 1 / (Math.Sqrt(2) + 1)]),
            pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void Pools_by_logarithms_what_nobody_rules_out()
    {
        Assert.Equal([0, 1, 0], OpinionPool.Logarithmic([[.5, .5, 0], [0, .5, .5]])!);
        Assert.Null(OpinionPool.Logarithmic([[1, 0], [0, 1]]));
        Assert.Equal([1, 0], OpinionPool.Logarithmic([[1, 0], [0, 1]], [1, 0])!);
    }

    [Fact]
    public void Pooled_is_never_worse_than_its_members_are_on_average() => APanel.Sample(panel => Assert.All(new[] { null, panel.Weights }, weights =>
    {
        var scores = panel.Forecasts.Select(f => Brier.MultiClass(f, panel.Happened)).ToArray();
        var pooled = OpinionPool.Linear(panel.Forecasts, weights)!;
        Assert.InRange(Brier.MultiClass(pooled, panel.Happened), 0, Brier.Mean(scores, weights)!.Value + 1e-12);
        Assert.Equal(1, pooled.Sum(), 1e-9);

        var surprises = panel.Forecasts.Select(f => LogScore.Nats(f[panel.Happened])).ToArray();
        if (OpinionPool.Logarithmic(panel.Forecasts, weights) is { } byLogarithms)
        {
            Assert.Equal(1, byLogarithms.Sum(), 1e-9);
            Assert.True(panel.Forecasts.Any(f => f[panel.Happened] < LogScore.ShareMin)
                || LogScore.Nats(byLogarithms[panel.Happened]) <= Brier.Mean(surprises, weights) + 1e-12);
        }
    }));

    [Fact]
    public void Comes_apart_as_Murphy_has_it()
    {
        // .8 three times, of which two happened; .3 twice, of which none did.
        var parts = MurphyDecomposition.Of([(.8, true), (.3, false), (.8, false), (.8, true), (.3, false)])!;
        Assert.Equal((5, 2, 0.0), (parts.Forecasts, parts.Groups, parts.Remainder));
        Assert.Equal((.04 + .04 + .64 + .09 + .09) / 5, parts.Brier, 1e-12);
        Assert.Equal(((3 * Math.Pow(.8 - (2 / 3.0), 2)) + (2 * .09)) / 5, parts.Reliability, 1e-12);
        Assert.Equal(((3 * Math.Pow((2 / 3.0) - .4, 2)) + (2 * .16)) / 5, parts.Resolution, 1e-12);
        Assert.Equal(.24, parts.Uncertainty, 1e-12);
        Assert.Null(MurphyDecomposition.Of([]));
    }

    [Fact]
    public void Comes_apart_without_a_remainder_in_groups_of_equal_forecasts() => YesOrNo.Sample(forecasts =>
    {
        var parts = MurphyDecomposition.Of(forecasts)!;
        Assert.Equal(parts.Brier, parts.Reliability - parts.Resolution + parts.Uncertainty, 1e-12);
        Assert.Equal(forecasts.Average(f => Brier.Binary(f.Chance, f.Happened)), parts.Brier, 1e-12);
        Assert.InRange(parts.Reliability, 0, 1);
        Assert.InRange(parts.Resolution, 0, parts.Uncertainty + 1e-12);
        Assert.InRange(parts.Uncertainty, 0, .25);
    });

    [Fact]
    public void Of_several_outcomes_comes_apart_as_well() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 2].Array[5].Array[1, 40], Gen.Int[0, 100].Array[40]).Sample((outcomes, raw, which) =>
        {
            var forecasts = raw.Select((r, k) => (Shares: (IReadOnlyList<double>)Normalised(Published.Numbers(r.Take(outcomes))), Happened: which[k] % outcomes)).ToArray();
            var parts = MurphyDecomposition.OfOutcomes(forecasts)!;
            Assert.Equal(parts.Brier, parts.Reliability - parts.Resolution + parts.Uncertainty, 1e-12);
            Assert.Equal(forecasts.Average(f => Brier.MultiClass(f.Shares, f.Happened)), parts.Brier, 1e-12);
            Assert.InRange(parts.Uncertainty, 0, 1 - (1.0 / outcomes) + 1e-12);
        });

    [Fact]
    public void Of_two_outcomes_counts_twice() => YesOrNo.Sample(forecasts =>
    {
        var once = MurphyDecomposition.Of(forecasts)!;
        var twice = MurphyDecomposition.OfOutcomes([.. forecasts.Select(f => ((IReadOnlyList<double>)[f.Chance, 1 - f.Chance], f.Happened ? 0 : 1))])!;
        Assert.Equal(once.Groups, twice.Groups);
        Assert.Equal(2 * once.Reliability, twice.Reliability, 1e-12);
        Assert.Equal(2 * once.Resolution, twice.Resolution, 1e-12);
        Assert.Equal(2 * once.Uncertainty, twice.Uncertainty, 1e-12);
        Assert.Null(MurphyDecomposition.OfOutcomes([]));
    });

    [Fact]
    public void In_bins_says_what_the_bins_hide() => Gen.Select(YesOrNo, Gen.Int[1, 12]).Sample((forecasts, bins) =>
    {
        var parts = MurphyDecomposition.InBins(forecasts, bins)!;
        Assert.InRange(parts.Groups, 1, bins);
        var within = forecasts.GroupBy(f => Math.Min(bins - 1, (int)(f.Chance * bins))).Sum(g =>
        {
            double chance = g.Average(f => f.Chance), happened = g.Average(f => f.Happened ? 1.0 : 0);
            return g.Sum(f => Math.Pow(f.Chance - chance, 2) - (2 * (f.Chance - chance) * ((f.Happened ? 1.0 : 0) - happened)));
        });
        Assert.Equal(within / forecasts.Length, parts.Remainder, 1e-12);
    });

    [Fact]
    public void In_one_bin_cannot_be_told_apart()
    {
        var parts = MurphyDecomposition.InBins([(0, false), (1, true)], 1)!;
        Assert.Equal((1, 0.0, 0.0, .25, -.25), (parts.Groups, parts.Reliability, parts.Resolution, parts.Uncertainty, parts.Remainder));
    }

    private static double[] Normalised(double[] raw) => raw.Sum() > 1e-9 ? [.. raw.Select(r => r / raw.Sum())] : [1, .. new double[raw.Length - 1]];
}
