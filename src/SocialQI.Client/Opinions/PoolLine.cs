using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Statistics.Proportions;

namespace SocialQI.Client.Opinions;

/// <summary>A diagnosis of the pool as it is shown.</summary>
/// <param name="Place">From 1: by the weighted pool where there is one.</param>
/// <param name="Plain">Where the plain pool places it.</param>
/// <param name="PlainShare">Its share of what all counted, in percent.</param>
/// <param name="WeightedShare">The same in the weighted pool; null where all count the same.</param>
public sealed record PoolLine(int Place, Pooled Plain, double PlainShare, double? WeightedShare)
{
    /// <summary>Which.</summary>
    public Condition Diagnosis => Plain.Of;

    /// <summary>How far down a weighting that changes places is told.</summary>
    private const int ToldMax = 5;

    /// <summary>All of them in the order they are shown.</summary>
    public static IReadOnlyList<PoolLine> Of(BallotResult result)
    {
        var plain = result.Whole.Pool.OrEmpty();
        var weighted = result.Weighted?.Pool.OrEmpty().ToDictionary(p => Opinion.ConceptOf(p.Of), p => p.Score);
        var (all, weighed) = (plain.Sum(p => p.Score), weighted?.Values.Sum() ?? 0);
        var lines = plain.Select(p => new PoolLine(
            0, p, 100 * p.Score / all, weighted is null ? null : 100 * weighted.GetValueOrDefault(Opinion.ConceptOf(p.Of)) / weighed));
        return [.. lines.OrderByDescending(l => l.WeightedShare ?? 0).Select((line, i) => line with { Place = i + 1 })];
    }

    /// <summary>Those of the first that stand elsewhere than in the plain pool, with their place there and now, from 1.</summary>
    public static IReadOnlyList<(Condition Of, int From, int To)> Moved(BallotResult result)
    {
        var plain = result.Whole.Pool.OrEmpty().Select(p => p.Of).ToList();
        return [.. Of(result).Take(ToldMax).Select(l => (Of: l.Diagnosis, From: plain.IndexOf(l.Diagnosis) + 1, To: l.Place)).Where(m => m.To < m.From)];
    }

    /// <summary>How many of all list what the pool puts first; null where there is no opinion.</summary>
    public static WilsonInterval? Agreement(BallotResult result) =>
        Of(result) is [var first, ..] ? WilsonInterval.Of(first.Plain.Count, result.Whole.Entered) : null;

    /// <summary>What somebody puts first and the pool does not have among its first three.</summary>
    public static IReadOnlyList<Pooled> Minority(BallotResult result) =>
        [.. result.Whole.Pool.OrEmpty().Skip(Statistics.Pooling.PooledDifferential.AnswerMax).Where(p => p.First > 0)];
}
