using CsCheck;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Statistics.Pooling;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Domain.Tests.Ballots;

/// <summary>What a pool shows is what its journal comes to: computed anew from the events alone, by another arithmetic, it is the same.</summary>
public sealed class PoolingAgain
{
    private const int Histories = 1_500;

    // A number that all places of a list divide, so that its shares are whole.
    private const int Whole = 60;

    private static readonly Condition[] conditions =
    [
        new("A41.9", "Sepsis"), new("D76.2", "Hemophagocytic syndrome"), new("D762", "HLH"), new("M06.1", "Still’s disease"), new(null, "Lymphoma"), new(null, " lymphoma "),
        new("B55.0", "Visceral leishmaniasis"),
    ];

    private static readonly InstitutionId[] places = [.. new[] { "north-harbour", "thornmere", "skerry-point", "elm-row" }.Select(InstitutionId.Parse)];
    private static readonly string[] fields = ["Haematology", "Nephrology", "Surgery"];

    private static readonly Gen<(int Seat, int[] Of)> said = Gen.Select(Gen.Int[0, 29], Gen.Int[0, conditions.Length - 1].Array[1, Opinion.DiagnosesMax]);

    [Fact]
    public void Gives_what_was_shown()
    {
        var (wrong, replayed) = (0, 0);
        Gen.Select(said.Array[0, 60], Gen.Int[0, 29].Array[0, 30], Gen.Int[0, 30]).Sample(
            (entries, records, count) =>
            {
                replayed++;
                wrong += IsSame(entries, records, count) ? 0 : 1;
            },
            iter: Histories, threads: 1);
        Figures.Tell("pool.replays", replayed, "histories");
        Figures.Tell("pool.replays.wrong", wrong, "histories");
        Assert.Equal(0, wrong);
        Assert.True(replayed >= 1_000);
    }

    [Fact]
    public void Would_tell_a_result_that_is_not_what_the_journal_says()
    {
        var ballot = Brought([(1, [0, 1]), (2, [1])], [], 0);
        var events = ballot.Journal.Select(b => EventCodec.Decode(b)).ToList();
        Assert.True(Agrees(events, Result(events)));
        var pool = Result(events).Whole.Pool;
        Assert.False(Agrees(events, Result(events) with { Whole = Result(events).Whole with { Pool = [pool[0] with { Score = pool[0].Score + .5 }, .. pool.Skip(1)] } }));
        Assert.False(Agrees(events, Result(events) with { Whole = Result(events).Whole with { Pool = [.. pool.Reverse()] } }));
    }

    private static bool IsSame((int Seat, int[] Of)[] entries, int[] records, int count)
    {
        var events = Brought(entries, records, count).Journal.Select(b => EventCodec.Decode(b)).ToList();
        return Agrees(events, Result(events));
    }

    private static BallotHistory Brought((int Seat, int[] Of)[] entries, int[] records, int count)
    {
        var ballot = BallotHistory.Of(new BallotTerms(BallotKind.Differential, "What is it?", IsNamed: true, ClosesAfter: count == 0 ? null : count));
        foreach (var (seat, of) in entries)
        {
            var voter = BallotHistory.Voter(100 + seat, places[seat % places.Length], fields[seat % fields.Length]);
            voter = seat < records.Length ? voter with { Record = new TrackRecord(records[seat], 30) } : voter;
            // Some of these are refused: synonyms twice, or after the opening. What was taken is what counts.
            ballot.Ask(voter, new CastEntry(new Entry(default, null, new([.. of.Select((c, i) => new Diagnosis(conditions[c], 20 - i))]))));
        }
        if (ballot.State.Shown.Stage == BallotStage.Open)
        {
            ballot.Close();
        }
        return ballot;
    }

    private static BallotResult Result(List<Envelope> events) => events.Select(e => e.Event).OfType<BallotClosed>().Single().Result;

    private static bool Agrees(List<Envelope> events, BallotResult shown)
    {
        Dictionary<ClinicianId, EntryCast> last = [];
        foreach (var happened in events.TakeWhile(e => e.Event is not BallotClosed))
        {
            if (happened.Event is EntryCast cast)
            {
                last[happened.By] = cast;
            }
        }
        var weights = Weights(last);
        return shown.Whole.Entered == last.Count
            && Ranked(last.Values).SequenceEqual(shown.Whole.Pool.OrEmpty().Select(p => (Opinion.ConceptOf(p.Of), (int)Math.Round(p.Score * Whole), p.Count, p.First)))
            && (weights is null) == (shown.Weighted is null)
            && (weights is null || shown.Weighted!.Pool.All(p => Math.Abs(Score(last, weights, Opinion.ConceptOf(p.Of)) - p.Score) < 1e-9));
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
        return known.Count < 5 || VoteWeight.OfRecords([.. casts.Values.Select(c => (c.Record?.Right ?? 0, c.Record?.Cases ?? 0))]) is null ? null : casts.Keys.ToDictionary(k => k, k => known.TryGetValue(k, out var weight) ? weight / known.Values.Average() : 1);
    }

    private static double Score(Dictionary<ClinicianId, EntryCast> casts, Dictionary<ClinicianId, double> weights, string concept) =>
        casts.Sum(c => c.Value.Entry.Opinion!.Differential.Select((d, place) => Opinion.ConceptOf(d.Of) == concept ? weights[c.Key] / (place + 1) : 0).Sum());
}
