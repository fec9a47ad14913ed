using CsCheck;
using SocialQI.Ballots;
using SocialQI.Panels;
using SocialQI.Statistics.Agreement;
using SocialQI.Statistics.Appropriateness;
using SocialQI.Statistics.Delphi;
using SocialQI.Statistics.Samples;
using Xunit;

namespace SocialQI.Domain.Tests.Panels;

/// <summary>Whatever happens in a panel: from what its seats entered, as the journals have it, come the numbers that it shows, and none of anybody's own.</summary>
public sealed class ReplayingAPanel
{
    private const int Histories = 400;

    private static readonly Gen<(int What, int Seat, int Statement, int Rating)> AnAct = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 4], Gen.Int[1, 9]);

    [Fact]
    public void Gives_the_numbers_of_every_round_again() =>
        Gen.Select(Gen.Int[PanelPlan.SeatsMin, 12], Gen.Int[2, 5], Gen.Int[0, 11], AnAct.Array[20, 90]).Sample(
            (seats, statements, rule, acts) =>
            {
                var panel = Played(seats, statements, rule, acts);
                Assert.Equal(Json.Encode(panel.Shown), Json.Encode(panel.Pushed()));
                foreach (var round in panel.Shown.Rounds.Where(r => r.Closed is not null))
                {
                    Recount(panel, round);
                }
            },
            iter: Histories);

    private static PanelHistory Played(int seats, int statements, int rule, (int What, int Seat, int Statement, int Rating)[] acts)
    {
        var panel = PanelHistory.Planned(PanelHistory.Of(
            seats, new((PanelStop)(rule % 3), 1 + (rule % 4), (PercentilePlace)(rule % 2), rule > 5), [.. Enumerable.Range(0, statements).Select(s => "Statement " + s)]));
        foreach (var (what, seat, statement, rating) in acts)
        {
            Act(panel, what, seat % seats, statement % statements, rating);
        }
        return panel;
    }

    private static void Act(PanelHistory panel, int what, int seat, int statement, int rating)
    {
        switch (what)
        {
            case 0 or 1:
                panel.Ask(CaseHistory.Ada, new BeginRound());
                break;
            case 2:
                panel.Ask(PanelHistory.Seat(seat), new RecuseFrom("An interest.", rating > 7 ? default : [statement]));
                break;
            case 3 when rating < 4 && panel.Shown.OpenRound is { } open:
                panel.Ask(CaseHistory.Ada, new EndBallot(open.Ballot, "Time is up."));
                break;
            default:
                if (panel.Shown.OpenRound is { } round)
                {
                    panel.Rate(seat, [.. round.Asked.Index().Where(a => !panel.Shown.IsRecused(PanelHistory.Seat(seat).Person, a.Item)).Select(a => new Choice(a.Index, 1 + ((rating + (a.Item * what) + seat) % 9)))]);
                }
                break;
        }
    }

    private static void Recount(PanelHistory panel, PanelRound round)
    {
        var entries = Entries(panel, round.Ballot);
        Assert.Equal(entries.Count, round.Tally!.Entered);
        foreach (var (statement, option) in round.Asked.Select((s, o) => (s, o)))
        {
            var ratings = Ratings(entries, option);
            var (shown, assessed) = (round.Of(statement)!, IprasRule.Assess(ratings, panel.Shown.Plan!.Rule.Percentiles == PercentilePlace.Type7 ? PercentileType.Type7 : PercentileType.Type6));
            Assert.Equal(ratings.Length, shown.Raters);
            Assert.Equal((assessed?.Median, assessed?.HasDisagreement), (shown.Assessed?.Median, shown.Assessed?.HasDisagreement));
            Assert.Equal(assessed?.DisagreementIndex ?? 0, shown.Assessed?.Index ?? 0, 1e-6);
            Assert.DoesNotContain(panel.Shown.Recusals, r => r.Number < round.Number && r.Statements.Contains(statement) && entries.ContainsKey(r.Seat) && entries[r.Seat].Choices.Any(c => c.Option == option));
            Assert.Equal(Moved(panel, round, statement, ratings), shown.Moved?.Share ?? -1, 1e-6);
        }
        var both = Enumerable.Range(0, round.Asked.Length).Where(o => entries.Values.All(e => e.Choices.Any(c => c.Option == o))).ToList();
        var w = Concordance.Of([.. entries.Values.Select(e => (IReadOnlyList<double>)[.. both.Select(o => (double)e.Choices.Single(c => c.Option == o).Value!.Value)])], correctsTies: true);
        Assert.Equal(w?.W ?? -1, round.Concordance?.W ?? -1, 1e-6);
    }

    private static double Moved(PanelHistory panel, PanelRound round, int statement, int[] ratings)
    {
        var place = panel.Shown.Rounds.IndexOf(round);
        if (place == 0 || round.IsNecessity || panel.Shown.Recusals.Any(r => r.Number > panel.Shown.Rounds[place - 1].Number && r.Number < round.Number && r.Statements.Contains(statement)))
        {
            return -1;
        }
        return Stability.DistributionChange(Ratings(Entries(panel, panel.Shown.Rounds[place - 1].Ballot), statement), ratings) ?? -1;
    }

    /// <summary>What each seat said last, by the ballot's journal alone.</summary>
    private static Dictionary<ClinicianId, Entry> Entries(PanelHistory panel, TopicId ballot)
    {
        var said = new Dictionary<ClinicianId, Entry>();
        foreach (var envelope in panel.Journals[ballot].Select(e => EventCodec.Decode(PanelHistory.Bytes(e))))
        {
            if (envelope.Event is EntryCast cast)
            {
                said[envelope.By] = cast.Entry;
            }
        }
        return said;
    }

    private static int[] Ratings(Dictionary<ClinicianId, Entry> entries, int option) =>
        [.. entries.Values.SelectMany(e => e.Choices).Where(c => c.Option == option).Select(c => c.Value!.Value)];
}
