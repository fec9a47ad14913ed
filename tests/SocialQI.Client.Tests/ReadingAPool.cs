using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Client.Opinions;
using Xunit;

namespace SocialQI.Client.Tests;

/// <summary>What a pool says of its diagnoses: their shares, what the weighting changes, and who stands alone.</summary>
public sealed class ReadingAPool
{
    private static readonly Condition hlh = new("D76.2", "HLH"), sepsis = new("A41.9", "Sepsis"), still = new("M06.1", "Still"), kala = new("B55.0", "Kala-azar"), lupus = new("M32.9", "Lupus");

    [Fact]
    public void Shares_are_of_all_that_was_counted() => Assert.Equal(
        [(1, "D76.2", 75.0, (double?)null), (2, "A41.9", 25.0, null)],
        PoolLine.Of(Of([P(hlh, 3, 3), P(sepsis, 1, 0)])).Select(l => (l.Place, l.Diagnosis.Code, l.PlainShare, l.WeightedShare)));

    [Fact]
    public void The_weighted_pool_leads_and_says_what_it_changed()
    {
        var result = Of([P(hlh, 3, 2), P(sepsis, 2, 1), P(still, 1, 0)], [P(sepsis, 3, 1), P(hlh, 2, 2), P(still, 1, 0)]);
        Assert.Equal(["A41.9", "D76.2", "M06.1"], PoolLine.Of(result).Select(l => l.Diagnosis.Code));
        Assert.Equal([(sepsis, 2, 1)], PoolLine.Moved(result));
        Assert.Empty(PoolLine.Moved(Of([P(hlh, 3, 2), P(sepsis, 2, 1)])));
    }

    [Fact]
    public void A_diagnosis_that_somebody_puts_first_is_in_sight_however_far_down_it_stands() => Assert.Equal(
        [kala],
        PoolLine.Minority(Of([P(hlh, 5, 4), P(sepsis, 4, 1), P(still, 3, 0), P(lupus, 2, 0), P(kala, 1, 1)])).Select(p => p.Of));

    private static Pooled P(Condition of, double score, int first) => new(of, score, 5, first);

    private static BallotResult Of(Pooled[] plain, Pooled[]? weighted = null) =>
        new(new(5, [], default, [.. plain]), [], [], weighted is null ? null : new([.. weighted], []));
}
