using CsCheck;
using SocialQI.Statistics.Agreement;
using Xunit;

namespace SocialQI.Statistics.Tests;

public sealed class RankingTogether
{
    [Fact]
    public void Is_concordant_as_Kendall_has_it()
    {
        var found = Concordance.Of([[1, 2, 3, 4, 5], [2, 1, 3, 5, 4], [1, 3, 2, 4, 5], [1, 2, 4, 3, 5]], correctsTies: true)!;
        Assert.Equal((4, 5, 130.0, 4), (found.Raters, found.Items, found.SquaredDeviations, found.DegreesOfFreedom));
        Assert.Equal(.8125, found.W, 1e-12);
        Assert.Equal(13, found.ChiSquared, 1e-12);
        Assert.Equal(.01127579, found.P, 8);
        Assert.Equal(ConcordanceStrength.Strong, found.Strength);
    }

    [Theory]
    [InlineData(false, .5019215, 28.60952, .07238035)]
    [InlineData(true, .5396569, 30.76044, .04288347)]
    public void With_ties_is_corrected_when_asked(bool correctsTies, double w, double chiSquared, double p)
    {
        var found = Concordance.Of(Published.Numbers(Published.Anxiety), correctsTies)!;
        Assert.Equal(w, found.W, 7);
        Assert.Equal(chiSquared, found.ChiSquared, 5);
        Assert.Equal(p, found.P, 7);
        Assert.Equal(ConcordanceStrength.Moderate, found.Strength);
    }

    [Fact]
    public void Needs_two_who_rank_two_things_apart()
    {
        Assert.Null(Concordance.Of([], true));
        Assert.Null(Concordance.Of([[1, 2, 3]], true));
        Assert.Null(Concordance.Of([[1], [1]], false));
        Assert.Null(Concordance.Of([[2, 2, 2], [5, 5, 5]], true));
        Assert.Equal(0, Concordance.Of([[2, 2, 2], [5, 5, 5]], false)!.W);
        Assert.Equal((1.0, 0.0), (Concordance.Of([[1, 2], [1, 2]], true)!.W, Concordance.Of([[1, 2], [2, 1]], true)!.W));
    }

    [Fact]
    public void Is_between_nothing_and_all() => Gen.Select(Gen.Int[2, 8], Gen.Int[2, 8], Gen.Int[1, 6].Array[64]).Sample((raters, items, scores) =>
    {
        var rows = Enumerable.Range(0, raters).Select(r => Enumerable.Range(0, items).Select(i => (double)scores[(r * items) + i]).ToArray()).ToArray();
        var plain = Concordance.Of(rows, correctsTies: false)!;
        var corrected = Concordance.Of(rows, correctsTies: true);
        Assert.InRange(plain.W, 0, 1);
        Assert.InRange(plain.P, 0, 1);
        Assert.InRange(corrected?.W ?? 1, plain.W, 1);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Is_whole_when_all_rank_alike_with_ties(int raters) =>
        Assert.Equal(1, Concordance.Of([.. Enumerable.Repeat(new[] { 4.0, 4, 1, 9, 9, 9 }, raters + 1)], correctsTies: true)!.W);
}
