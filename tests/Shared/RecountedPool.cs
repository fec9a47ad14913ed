using SocialQI.Ballots;
using SocialQI.Statistics.Pooling;

namespace SocialQI.Tests;

/// <summary>What a ballot of opinions comes to by its events alone, by another arithmetic than the service's.</summary>
public static class RecountedPool
{
    // A number that all places of a list divide, so that its shares are whole.
    private const int Whole = 60;

    /// <summary>Whether a result is what the events come to that stand before the closing.</summary>
    public static bool Agrees(IEnumerable<Envelope> events, BallotResult shown)
    {
        var last = LastOf(events);
        var weights = Weights(last);
        return shown.Whole.Entered == last.Count
            && Ranked(last.Values).SequenceEqual(shown.Whole.Pool.OrEmpty().Select(p => (Opinion.ConceptOf(p.Of), (int)Math.Round(p.Score * Whole), p.Count, p.First)))
            && (weights is null) == (shown.Weighted is null)
            && (weights is null || shown.Weighted!.Pool.All(p => Math.Abs(Score(last, weights, Opinion.ConceptOf(p.Of)) - p.Score) < 1e-9));
    }

    /// <summary>What each seat said last before the closing.</summary>
    public static Dictionary<ClinicianId, EntryCast> LastOf(IEnumerable<Envelope> events)
    {
        Dictionary<ClinicianId, EntryCast> last = [];
        foreach (var happened in events.TakeWhile(e => e.Event is not BallotClosed))
        {
            if (happened.Event is EntryCast cast)
            {
                last[happened.By] = cast;
            }
        }
        return last;
    }

    private static IEnumerable<(string Concept, int Score, int Count, int First)> Ranked(IEnumerable<EntryCast> casts) => casts
        .SelectMany(c => c.Entry.Opinion!.Differential.Select((d, place) => (Concept: Opinion.ConceptOf(d.Of), Place: place)))
        .GroupBy(d => d.Concept)
        .Select(g => (Concept: g.Key, Score: g.Sum(d => Whole / (d.Place + 1)), Count: g.Count(), First: g.Count(d => d.Place == 0)))
        .OrderByDescending(d => d.Score).ThenByDescending(d => d.Count).ThenByDescending(d => d.First).ThenBy(d => d.Concept, StringComparer.Ordinal);

    // The log-odds of who was right r of n times, drawn toward one half; in the mean 1, and 1 for who has no record.
    private static Dictionary<ClinicianId, double>? Weights(Dictionary<ClinicianId, EntryCast> casts)
    {
        var known = casts.Where(c => c.Value.Record is { Cases: >= 10 }).ToDictionary(
            c => c.Key,
            c => Math.Clamp((c.Value.Record!.Right + 2.0) / (c.Value.Record.Cases + 4), .05, .95) is var p ? Math.Max(0, Math.Log(p / (1 - p))) : 0);
        return known.Count < 5 || VoteWeight.OfRecords([.. casts.Values.Select(c => (c.Record?.Right ?? 0, c.Record?.Cases ?? 0))]) is null
            ? null
            : casts.Keys.ToDictionary(k => k, k => known.TryGetValue(k, out var weight) ? weight / known.Values.Average() : 1);
    }

    private static double Score(Dictionary<ClinicianId, EntryCast> casts, Dictionary<ClinicianId, double> weights, string concept) =>
        casts.Sum(c => c.Value.Entry.Opinion!.Differential.Select((d, place) => Opinion.ConceptOf(d.Of) == concept ? weights[c.Key] / (place + 1) : 0).Sum());
}
