using CsCheck;
using SocialQI.Ballots;
using SocialQI.Panels;
using SocialQI.Tests;
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
                new RecountedPanel(panel.Shown, ballot => panel.Journals[ballot].Select(e => EventCodec.Decode(PanelHistory.Bytes(e)))).Agrees();
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
}
