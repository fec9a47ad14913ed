using CsCheck;
using SocialQI.Statistics.Proportions;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class CountingAgreement
{
    [Theory]
    [InlineData(81, 263, .2553, .3662)]
    [InlineData(15, 148, .0624, .1605)]
    [InlineData(0, 20, 0, .1611)]
    [InlineData(1, 29, .0061, .1718)]
    [InlineData(100, 100, .9630, 1)]
    public void Has_the_interval_that_Newcombe_printed(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials)!;
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 7, 0)]
    [InlineData(1, 0, .206549)]
    [InlineData(5, 0, .565518)]
    [InlineData(10, 1, .622642)]
    [InlineData(40, 20, .540569)]
    [InlineData(100, 10, .840703)]
    public void Ranks_by_what_is_sure(int up, int down, double bound) => Assert.Equal(bound, WilsonInterval.LowerBound(up, down), 6);

    [Fact]
    public void Without_anybody_has_no_interval()
    {
        Assert.Null(WilsonInterval.Of(0, 0));
        Assert.Null(NetAgreement.Of(0, 0, 0));
    }

    [Fact]
    public void Has_an_interval_around_its_share_that_grows_with_it() => Gen.Select(Gen.Int[1, 400], Gen.Double[.5, .9999]).Sample((trials, confidence) =>
    {
        var all = Enumerable.Range(0, trials + 1).Select(k => WilsonInterval.Of(k, trials, confidence)!).ToArray();
        Assert.Equal((0.0, 1.0), (all[0].Low, all[^1].High));
        Assert.All(all, i => Assert.True(0 <= i.Low && i.Low <= i.Share && i.Share <= i.High && i.High <= 1));
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Low <= pair.Second.Low && pair.First.High <= pair.Second.High));
        Assert.All(all, i => Assert.Equal(1 - i.High, all[trials - i.Successes].Low, 1e-12));
    }, iter: 100);

    [Fact]
    public void Nets_those_who_disagree()
    {
        var net = NetAgreement.Of(12, 5, 3)!;
        Assert.Equal((20, .45), (net.Answered, net.Net));
        Assert.Equal(WilsonInterval.Of(12, 20), net.Agreeing);
        Assert.Equal(WilsonInterval.Of(3, 20), net.Disagreeing);
        // ρ = −√(.6 · .15/(.4 · .85)) = −.514496; Wilson .386582–.781193 and .052369–.360420, reckoned by hand from its formula.
        Assert.Equal(.081174, net.Low, 6);
        Assert.Equal(.696101, net.High, 6);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(7, 0)]
    [InlineData(0, 7)]
    [InlineData(5, 5)]
    public void Nets_as_Wilson_does_where_nobody_is_neutral(int agree, int disagree)
    {
        var (net, share) = (NetAgreement.Of(agree, 0, disagree)!, WilsonInterval.Of(agree, agree + disagree)!);
        Assert.Equal((2 * share.Low) - 1, net.Low, 1e-12);
        Assert.Equal((2 * share.High) - 1, net.High, 1e-12);
    }

    [Fact]
    public void Nets_within_one_and_turns_with_the_answers() => Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 50]).Sample((agree, neutral, disagree) =>
    {
        if (NetAgreement.Of(agree, neutral, disagree) is { } net)
        {
            var turned = NetAgreement.Of(disagree, neutral, agree)!;
            Assert.True(-1 <= net.Low && net.Low <= net.Net && net.Net <= net.High && net.High <= 1);
            Assert.Equal(net.Low, -turned.High, 1e-12);
        }
    });
}
