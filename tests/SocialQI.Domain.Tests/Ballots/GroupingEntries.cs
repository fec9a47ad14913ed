using SocialQI.Ballots;
using Xunit;

namespace SocialQI.Domain.Tests.Ballots;

/// <summary>Results are told by institution and discipline only where nobody can be found by it, also by subtraction.</summary>
public sealed class GroupingEntries
{
    private static readonly BallotTerms terms = new(BallotKind.SingleChoice, "What next?", ["Lumbar puncture", "Bone marrow"]);

    [Fact]
    public void Of_few_in_all_tells_no_group()
    {
        var result = Result((4, 0));
        Assert.Equal(4, result.Whole.Entered);
        Assert.Empty(result.ByInstitution);
    }

    [Fact]
    public void Puts_the_smallest_together_with_the_next_smallest()
    {
        var result = Result((9, 0), (6, 1), (3, 2), (1, 3));
        Assert.Equal([(1, 9), (3, 10)], result.ByInstitution.Select(g => (g.Of.Length, g.Tally.Entered)).Order());
    }

    [Fact]
    public void Tells_none_where_only_one_is_large_enough()
    {
        Assert.Empty(Result((9, 0), (4, 1)).ByInstitution);
        Assert.Empty(Result((9, 0)).ByInstitution);
    }

    [Fact]
    public void Leaves_every_difference_between_the_whole_and_some_groups_as_large_as_a_group()
    {
        var chance = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var sizes = Enumerable.Range(0, chance.Next(1, 9)).Select(_ => chance.Next(1, 15)).ToList();
            var groups = Grouping.Merge(sizes.Select((n, at) => new Group<int>([$"h{at}"], [.. Enumerable.Range(0, n)])), GroupTally.EnteredMin);
            Assert.Equal(groups.IsEmpty ? 0 : sizes.Sum(), groups.Sum(g => g.Members.Length));
            Assert.Equal(groups.IsEmpty ? 0 : sizes.Count, groups.SelectMany(g => g.Of).Distinct().Count());
            for (var some = 1; some < 1 << groups.Length; some++)
            {
                var told = groups.Where((_, at) => (some & (1 << at)) != 0).Sum(g => g.Members.Length);
                Assert.True(told >= GroupTally.EnteredMin && (sizes.Sum() - told == 0 || sizes.Sum() - told >= GroupTally.EnteredMin));
            }
        }
    }

    [Fact]
    public void By_discipline_counts_who_has_none_as_a_group()
    {
        var ballot = BallotHistory.Of(terms);
        for (var i = 0; i < 12; i++)
        {
            Assert.Null(ballot.Ask(BallotHistory.Voter(100 + i, CaseHistory.NorthHarbour, i < 6 ? "Nephrology" : null), new CastEntry(new Entry([new(i % 2)]))));
        }
        var groups = ballot.Close().Result!.ByDiscipline;
        Assert.Equal(2, groups.Length);
        Assert.Contains(groups, g => g.Of.IsEmpty && g.Tally.Entered == 6);
        Assert.Contains(groups, g => g.Of is ["Nephrology"] && g.Tally.Options.Select(o => o.Count).SequenceEqual([3, 3]));
    }

    [Fact]
    public void Tells_texts_by_alphabet_and_by_no_group()
    {
        var ballot = BallotHistory.Of(terms with { Kind = BallotKind.Text, Options = default });
        foreach (var (text, i) in new[] { "Kala-azar", "Adult Still", "Lymphoma", "Brucella", "Endocarditis", "Sarcoid", "Lupus", "Q fever", "Typhoid", "Abscess" }.Select((t, i) => (t, i)))
        {
            Assert.Null(ballot.Ask(BallotHistory.Voter(100 + i, i < 5 ? CaseHistory.NorthHarbour : CaseHistory.Thornmere), new CastEntry(new Entry(default, text))));
        }
        var result = ballot.Close().Result!;
        Assert.Equal("Abscess", result.Whole.Texts[0]);
        Assert.Equal(2, result.ByInstitution.Length);
        Assert.All(result.ByInstitution, g => Assert.True(g.Tally.Texts.IsDefault));
    }

    [Fact]
    public void Counts_ratings_ranks_votes_and_confidence()
    {
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0, 1], Of(BallotKind.Scale, [new(0, 7)], [new(0, 9)]).Options[0].Values);
        var ranked = Of(BallotKind.Ranked, [new(1), new(0)], [new(1)]);
        Assert.Equal([0, 1], ranked.Options[0].Values);
        Assert.Equal([2, 0], ranked.Options[1].Values);
        var votes = Of(BallotKind.Votes, [new(6, 1), new(9, -1)], [new(6, 1)]).Options;
        Assert.Equal([(6, 2, 0), (9, 0, 1)], votes.Select(v => (v.Option, v.Count, v.Values[0])));
        Assert.Equal(70.5, Of(BallotKind.SingleChoice, [new(0, Confidence: 61)], [new(0, Confidence: 80)]).Options[0].Confidence);
    }

    private static Tally Of(BallotKind kind, params Choice[][] entries) => Tallying.TallyOf(
        terms with { Kind = kind, AsksConfidence = true }, [.. entries.Select((e, i) => new SeatEntry(new(new Guid(i + 1, 0, 0, new byte[8])), null, null, default, new Entry([.. e])))]);

    private static BallotResult Result(params (int Seats, int Institution)[] of)
    {
        var ballot = BallotHistory.Of(terms);
        var person = 100;
        foreach (var (seats, institution) in of)
        {
            for (var i = 0; i < seats; i++)
            {
                Assert.Null(ballot.Ask(BallotHistory.Voter(person++, InstitutionId.Parse("hospital-" + institution)), new CastEntry(new Entry([new(i % 2)]))));
            }
        }
        return ballot.Close().Result!;
    }
}
