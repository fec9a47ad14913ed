using CsCheck;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Domain.Tests.Ballots;

/// <summary>What a pool shows is what its journal comes to: computed anew from the events alone, by another arithmetic, it is the same.</summary>
public sealed class PoolingAgain
{
    private const int Histories = 1_500;

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
        Assert.True(RecountedPool.Agrees(events, Result(events)));
        var pool = Result(events).Whole.Pool;
        Assert.False(RecountedPool.Agrees(events, Result(events) with { Whole = Result(events).Whole with { Pool = [pool[0] with { Score = pool[0].Score + .5 }, .. pool.Skip(1)] } }));
        Assert.False(RecountedPool.Agrees(events, Result(events) with { Whole = Result(events).Whole with { Pool = [.. pool.Reverse()] } }));
    }

    private static bool IsSame((int Seat, int[] Of)[] entries, int[] records, int count)
    {
        var events = Brought(entries, records, count).Journal.Select(b => EventCodec.Decode(b)).ToList();
        return RecountedPool.Agrees(events, Result(events));
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
}
