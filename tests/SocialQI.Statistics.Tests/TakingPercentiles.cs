using CsCheck;
using SocialQI.Statistics.Samples;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class TakingPercentiles
{
    private static readonly Gen<double[]> ASample = Gen.Double[-1000, 1000].Array[1, 40];

    [Theory]
    [InlineData(PercentileType.Type7, 2)]
    [InlineData(PercentileType.Type6, 2.5)]
    public void Says_between_which_values_it_looks(PercentileType type, double range) =>
        Assert.Equal(range, Percentile.InterquartileRange([7, 8, 5, 9, 7, 6, 8, 7, 4], type));

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(.25, 2, 1.5)]
    [InlineData(.4, 2.6, 2.4)]
    [InlineData(1, 5, 5)]
    public void Places_them_as_named(double share, double type7, double type6)
    {
        double[] values = [5, 1, 4, 2, 3];
        Assert.Equal(type7, Percentile.Of(values, share, PercentileType.Type7)!.Value, 1e-12);
        Assert.Equal(type6, Percentile.Of(values, share, PercentileType.Type6)!.Value, 1e-12);
    }

    [Fact]
    public void Of_nothing_gives_nothing()
    {
        Assert.Null(Percentile.Of([], .5, PercentileType.Type7));
        Assert.Null(Percentile.Median([]));
        Assert.Null(Percentile.InterquartileRange([], PercentileType.Type6));
        Assert.Null(Spread.Mean([]));
        Assert.Null(Spread.StandardDeviation([1]));
        Assert.Null(Spread.CoefficientOfVariation([1]));
        Assert.Null(Spread.CoefficientOfVariation([0, 0]));
    }

    [Fact]
    public void Of_one_value_gives_it()
    {
        Assert.Equal(3, Percentile.Of([3], .9, PercentileType.Type6));
        Assert.Equal(0, Percentile.InterquartileRange([3], PercentileType.Type7));
        Assert.Equal(3, Spread.Mean([3]));
    }

    [Fact]
    public void Of_equal_values_finds_no_spread_at_all()
    {
        double[] values = [.1, .1, .1, .1, .1, .1, .1];
        Assert.Equal((.1, 0, 0), (Spread.Mean(values)!.Value, Spread.StandardDeviation(values)!.Value, Spread.CoefficientOfVariation(values)!.Value));
    }

    [Fact]
    public void Goes_up_with_the_share() => Gen.Select(ASample, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((values, one, other) =>
        Assert.All(Enum.GetValues<PercentileType>(), type =>
        {
            var low = Percentile.Of(values, Math.Min(one, other), type)!.Value;
            var high = Percentile.Of(values, Math.Max(one, other), type)!.Value;
            Assert.InRange(low, values.Min(), high);
            Assert.InRange(high, low, values.Max());
        }));

    [Fact]
    public void By_type_6_is_never_narrower() => ASample.Sample(values => Assert.InRange(
        Percentile.InterquartileRange(values, PercentileType.Type7)!.Value, 0, Percentile.InterquartileRange(values, PercentileType.Type6)!.Value + 1e-9));

    [Fact]
    public void Stays_finite_with_the_largest_values()
    {
        double[] values = [Limits.MagnitudeMax, -Limits.MagnitudeMax];
        Assert.True(double.IsFinite(Spread.StandardDeviation(values)!.Value));
        Assert.Equal(0, Percentile.Median(values));
    }
}
