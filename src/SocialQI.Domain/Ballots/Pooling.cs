using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Statistics.Pooling;

namespace SocialQI.Ballots;

/// <summary>Makes one differential of all: the plain pool, by the 1/r rule.</summary>
internal static class Pooling
{
    public static ImmutableArray<Pooled> Of(IReadOnlyCollection<SeatEntry> ballots)
    {
        var named = ballots.SelectMany(b => b.Entry.Opinion!.Differential).ToLookup(d => Opinion.ConceptOf(d.Of), StringComparer.Ordinal);
        IReadOnlyList<string>[] lists = [.. ballots.Select(b => (IReadOnlyList<string>)[.. b.Entry.Opinion!.Differential.Select(d => Opinion.ConceptOf(d.Of))])];
        return
        [
            .. PooledDifferential.Of(lists, RankWeight.Inverse, Opinion.DiagnosesMax).Diagnoses.Take(Pooled.Max)
                .Select(d => new Pooled(Commonest(named[d.Label]), d.Score, d.Raters, d.FirstPlaces, Mean(named[d.Label]))),
        ];
    }

    // Synonyms of one code are one diagnosis; it is called as most call it, and else by alphabet.
    private static Condition Commonest(IEnumerable<Diagnosis> named) =>
        named.GroupBy(d => d.Of).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Text, StringComparer.Ordinal).ThenBy(g => g.Key.Code, StringComparer.Ordinal).First().Key;

    private static double? Mean(IEnumerable<Diagnosis> named) =>
        named.Where(d => d.Confidence is not null).Select(d => d.Confidence!.Value).ToList() is { Count: > 0 } said ? Math.Round(said.Average(), 1) : null;
}
