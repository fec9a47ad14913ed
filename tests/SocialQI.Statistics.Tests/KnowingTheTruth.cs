using SocialQI.Tests;
using Xunit;

namespace SocialQI.Statistics.Tests;

/// <summary>What pooling is worth in a simulation in which the truth is known: fixed seeds, so that these are no matters of luck.</summary>
public sealed class KnowingTheTruth
{
    private const int Cases = 2_000;
    private static readonly double[] differing = [.92, .8, .65, .5, .35], equal = [.65, .65, .65, .65, .65], belowHalf = [.45, .4, .35, .3, .25];

    [Fact]
    public void Is_commoner_in_larger_groups_as_in_the_study_of_Barnett()
    {
        int[] sizes = [1, 2, 3, 5, 7, 9];
        double[] right = [.. sizes.Select(size => 100.0 * new KnownTruth(7).RightOf(Cases, size, KnownTruth.SkillOfBarnett) / Cases)];
        foreach (var (size, share) in sizes.Zip(right))
        {
            Figures.Tell($"pools.size.{size}", share, "%");
        }
        Assert.All(right.Zip(right.Skip(1)), pair => Assert.True(pair.Second > pair.First - 1));
        // 62.5, 80.3 and 85.6 there.
        Assert.InRange(right[0], 58, 67);
        Assert.InRange(right[3], 76, 85);
        Assert.InRange(right[5], 81, 90);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(50)]
    public void Is_commoner_by_weights_where_skills_differ(int recorded)
    {
        var compared = new KnownTruth(7).Compare(Cases, differing, recorded);
        Figures.Tell($"pools.weighed.differing.{recorded}", 100 * compared.Difference, "points");
        Assert.True(compared.Difference > 2 * compared.StandardError, $"{compared}");
    }

    [Fact]
    public void Is_not_touched_by_weights_of_too_short_records() => Assert.All(
        new[] { differing, equal, belowHalf },
        skills => Assert.Equal(0, new KnownTruth(7).Compare(Cases, skills, 9) is { StandardError: 0 } compared ? compared.Difference : double.NaN));

    /// <summary>What a short record says of equals is luck: weights count only where records differ by more than that.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(200)]
    public void Is_no_rarer_by_weights_where_skills_are_equal_or_all_are_wrong_more_often_than_right(int recorded)
    {
        foreach (var (name, skills) in new[] { ("equal", equal), ("below-half", belowHalf) })
        {
            var compared = new KnownTruth(7).Compare(Cases, skills, recorded);
            Figures.Tell($"pools.weighed.{name}.{recorded}", 100 * compared.Difference, "points");
            Assert.True(compared.Difference >= -2 * compared.StandardError, $"{name}: {compared}");
        }
    }

    [Fact]
    public void Is_forecast_by_the_linear_pool_no_worse_than_by_its_members_on_average()
    {
        var (pool, members, worse) = new KnownTruth(7).Score(Cases, differing);
        Figures.Tell("pools.brier.gain", members - pool, "score");
        Assert.Equal(0, worse);
        Assert.True(pool < members);
    }
}
