using CsCheck;
using SocialQI.Statistics.Appropriateness;
using SocialQI.Statistics.Samples;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class JudgingAppropriateness
{
    private static readonly Gen<int[]> APanel = Gen.Int[1, 9].Array[1, 30];

    [Fact]
    public void As_published_gives_the_published_numbers()
    {
        var assessed = IprasRule.Assess([4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9], PercentileType.Type7)!;
        Assert.Equal((15, 7.0, 7.0, 8.0, 1.0, 7.5, 2.5), (assessed.Raters, assessed.Median, assessed.Low, assessed.High, assessed.Range, assessed.CentralPoint, assessed.Asymmetry));
        Assert.Equal(6.1, assessed.Ipras, 1e-9);
        Assert.Equal((false, AppropriatenessClass.Appropriate), (assessed.HasDisagreement, assessed.Class));
    }

    [Theory]
    [InlineData(new[] { 7, 7, 8, 8, 8, 8, 9, 9, 9 }, PercentileType.Type7, 8, 8.6, .6, 7.3, .082192)]
    [InlineData(new[] { 7, 7, 8, 8, 8, 8, 9, 9, 9 }, PercentileType.Type6, 8, 9, 1, 7.6, .131579)]
    [InlineData(new[] { 1, 1, 1, 2, 5, 8, 9, 9, 9 }, PercentileType.Type7, 1.4, 8.6, 7.2, 2.35, 3.063830)]
    [InlineData(new[] { 1, 1, 1, 2, 5, 8, 9, 9, 9 }, PercentileType.Type6, 1, 9, 8, 2.35, 3.404255)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, PercentileType.Type7, 3.4, 6.6, 3.2, 2.35, 1.361702)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, PercentileType.Type6, 3, 7, 4, 2.35, 1.702128)]
    [InlineData(new[] { 1, 2, 7, 7, 8, 8, 9, 9, 9 }, PercentileType.Type7, 7, 8.6, 1.6, 6.55, .244275)]
    public void Adjusts_the_range_for_symmetry(int[] ratings, PercentileType type, double low, double high, double range, double ipras, double index)
    {
        var assessed = IprasRule.Assess(ratings, type)!;
        Assert.Equal(low, assessed.Low, 1e-9);
        Assert.Equal(high, assessed.High, 1e-9);
        Assert.Equal(range, assessed.Range, 1e-9);
        Assert.Equal(ipras, assessed.Ipras, 1e-9);
        Assert.Equal(index, assessed.DisagreementIndex, 6);
        Assert.Equal(index > 1, assessed.HasDisagreement);
    }

    [Fact]
    public void Is_uncertain_where_the_panel_disagrees_whatever_the_median_is()
    {
        var split = IprasRule.Assess([1, 1, 1, 1, 9, 9, 9, 9, 9], PercentileType.Type7)!;
        Assert.Equal((9.0, true, AppropriatenessClass.Uncertain), (split.Median, split.HasDisagreement, split.Class));
    }

    [Fact]
    public void Sees_no_disagreement_in_a_range_that_is_just_as_wide_as_it_may_be()
    {
        // P30 3.9, P70 6.7: range and IPRAS are both 2.8 on paper, and the range is larger by a last bit.
        var assessed = IprasRule.Assess([3, 3, 3, 3, 6, 6, 6, 6, 7, 7, 7, 7], PercentileType.Type7)!;
        Assert.Equal(2.8, assessed.Range, 1e-9);
        Assert.Equal(2.8, assessed.Ipras, 1e-9);
        Assert.False(assessed.HasDisagreement);
    }

    [Theory]
    [InlineData(new[] { 3, 3, 4, 4 }, AppropriatenessClass.Uncertain)]
    [InlineData(new[] { 3, 3, 3, 4 }, AppropriatenessClass.Inappropriate)]
    [InlineData(new[] { 6, 6, 7, 7 }, AppropriatenessClass.Appropriate)]
    [InlineData(new[] { 6, 6, 6, 7 }, AppropriatenessClass.Uncertain)]
    [InlineData(new[] { 4 }, AppropriatenessClass.Uncertain)]
    [InlineData(new[] { 7 }, AppropriatenessClass.Appropriate)]
    [InlineData(new[] { 1 }, AppropriatenessClass.Inappropriate)]
    public void Puts_a_median_between_two_classes_into_the_higher(int[] ratings, AppropriatenessClass expected)
    {
        Assert.Equal(expected, IprasRule.Assess(ratings, PercentileType.Type7)!.Class);
        Assert.Equal(expected, CountRule.Assess(ratings)!.Class);
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(10, 2)]
    [InlineData(11, 3)]
    [InlineData(13, 3)]
    [InlineData(14, 4)]
    [InlineData(16, 4)]
    [InlineData(17, 5)]
    [InlineData(19, 5)]
    [InlineData(20, 6)]
    [InlineData(22, 6)]
    [InlineData(23, 7)]
    [InlineData(25, 7)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(5, 1)]
    public void Counts_by_the_size_of_the_panel(int raters, int outside) =>
        Assert.Equal((outside, outside + 1), (CountRule.OutsideAllowed(raters), CountRule.ExtremesNeeded(raters)));

    [Theory]
    [InlineData(new[] { 7, 7, 7, 8, 8, 9, 9, 1, 2 }, PanelView.Agreement, AppropriatenessClass.Appropriate)]
    [InlineData(new[] { 7, 7, 7, 8, 8, 9, 1, 4, 2 }, PanelView.Indeterminate, AppropriatenessClass.Appropriate)]
    [InlineData(new[] { 7, 7, 7, 8, 8, 9, 1, 3, 2 }, PanelView.Disagreement, AppropriatenessClass.Uncertain)]
    [InlineData(new[] { 1, 2, 3, 1, 2, 3, 3, 5, 6 }, PanelView.Agreement, AppropriatenessClass.Inappropriate)]
    [InlineData(new[] { 4, 5, 6, 4, 5, 6, 5, 1, 9 }, PanelView.Agreement, AppropriatenessClass.Uncertain)]
    public void Counts_who_stands_where(int[] ratings, PanelView view, AppropriatenessClass expected)
    {
        var assessed = CountRule.Assess(ratings)!;
        Assert.Equal((view, expected), (assessed.View, assessed.Class));
    }

    [Theory]
    [InlineData(AppropriatenessClass.Appropriate, new[] { 7, 7, 8, 8, 9, 9, 7, 7, 7 }, true)]
    [InlineData(AppropriatenessClass.Uncertain, new[] { 7, 7, 8, 8, 9, 9, 7, 7, 7 }, false)]
    [InlineData(AppropriatenessClass.Appropriate, new[] { 6, 6, 7, 7 }, false)]
    [InlineData(AppropriatenessClass.Appropriate, new[] { 1, 1, 1, 1, 9, 9, 9, 9, 9 }, false)]
    [InlineData(AppropriatenessClass.Appropriate, new int[0], false)]
    public void Finds_necessary_what_is_appropriate_and_is_rated_so_by_all(AppropriatenessClass first, int[] necessity, bool isNecessary)
    {
        Assert.Equal(isNecessary, Panel.IsNecessary(first, IprasRule.Assess(necessity, PercentileType.Type7)));
        Assert.Equal(isNecessary, Panel.IsNecessary(first, CountRule.Assess(necessity)));
    }

    [Fact]
    public void Of_nobody_says_nothing()
    {
        Assert.Null(IprasRule.Assess([], PercentileType.Type7));
        Assert.Null(CountRule.Assess([]));
    }

    [Fact]
    public void Keeps_every_number_in_its_range() => APanel.Sample(ratings => Assert.All(Enum.GetValues<PercentileType>(), type =>
    {
        var assessed = IprasRule.Assess(ratings, type)!;
        Assert.InRange(assessed.Low, ratings.Min(), assessed.High);
        Assert.InRange(assessed.High, assessed.Low, ratings.Max());
        Assert.InRange(assessed.Ipras, 2.35, 8.35);
        Assert.InRange(assessed.DisagreementIndex, 0, 8 / 2.35);
        Assert.True(assessed.DisagreementIndex > 1 + 1e-9 == assessed.HasDisagreement || Math.Abs(assessed.DisagreementIndex - 1) < 1e-8);
    }));

    [Fact]
    public void Turned_round_turns_the_judgement_round() => APanel.Sample(ratings =>
    {
        var turned = ratings.Select(r => 10 - r).ToArray();
        Assert.Equal(IprasRule.Assess(ratings, PercentileType.Type7)!.Ipras, IprasRule.Assess(turned, PercentileType.Type7)!.Ipras, 1e-9);
        Assert.Equal(CountRule.Assess(ratings)!.View == PanelView.Disagreement, CountRule.Assess(turned)!.View == PanelView.Disagreement);
    });
}
