using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Statistics.Pooling;

namespace SocialQI.Ballots;

/// <summary>Makes one differential of all, by the 1/r rule.</summary>
internal static class Pooling
{
    /// <summary>The plain pool: all count the same.</summary>
    public static ImmutableArray<Pooled> Of(IReadOnlyCollection<SeatEntry> ballots) => Of(ballots, null);

    /// <summary>The pool in which each counts by their record; null where too few have one, or these differ by no more than chance.</summary>
    /// <param name="ballots">All of them.</param>
    /// <param name="groups">Of which the weights are told: each large enough, or none.</param>
    public static WeightedPool? Weighted(IReadOnlyCollection<SeatEntry> ballots, ImmutableArray<Group<SeatEntry>> groups)
    {
        (int Right, int Scored)[] records = [.. ballots.Select(b => b.Record is { } record ? (record.Right, record.Cases) : (0, 0))];
        if (records.Count(r => r.Scored >= VoteWeight.ScoredMin) < WeightedPool.RecordsMin || VoteWeight.OfRecords(records) is not { } weights)
        {
            return null;
        }
        var known = ballots.Zip(records, weights).ToDictionary(b => b.First.By, b => (IsRecorded: b.Second.Scored >= VoteWeight.ScoredMin, Weight: b.Third));
        return new(
            Of(ballots, weights),
            [
                .. (groups.IsEmpty ? [new([], [.. ballots])] : groups).Select(g => new GroupWeight(
                    g.Of, g.Members.Length, g.Members.Count(m => known[m.By].IsRecorded), Math.Round(g.Members.Average(m => known[m.By].Weight), 2))),
            ]);
    }

    private static ImmutableArray<Pooled> Of(IReadOnlyCollection<SeatEntry> ballots, IReadOnlyList<double>? weights)
    {
        var named = ballots.SelectMany(b => b.Entry.Opinion!.Differential).ToLookup(d => Opinion.ConceptOf(d.Of), StringComparer.Ordinal);
        IReadOnlyList<string>[] lists = [.. ballots.Select(b => (IReadOnlyList<string>)[.. b.Entry.Opinion!.Differential.Select(d => Opinion.ConceptOf(d.Of))])];
        return
        [
            .. PooledDifferential.Of(lists, RankWeight.Inverse, Opinion.DiagnosesMax, weights).Diagnoses.Take(Pooled.Max)
                .Select(d => new Pooled(Commonest(named[d.Label]), d.Score, d.Raters, d.FirstPlaces, Mean(named[d.Label]))),
        ];
    }

    // Synonyms of one code are one diagnosis; it is called as most call it, and else by alphabet.
    private static Condition Commonest(IEnumerable<Diagnosis> named) =>
        named.GroupBy(d => d.Of).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Text, StringComparer.Ordinal).ThenBy(g => g.Key.Code, StringComparer.Ordinal).First().Key;

    private static double? Mean(IEnumerable<Diagnosis> named) =>
        named.Where(d => d.Confidence is not null).Select(d => d.Confidence!.Value).ToList() is { Count: > 0 } said ? Math.Round(said.Average(), 1) : null;
}
