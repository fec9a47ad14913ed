using SocialQI.Ballots;
using SocialQI.Panels;
using SocialQI.Statistics.Appropriateness;
using SocialQI.Statistics.Delphi;
using Xunit;

namespace SocialQI.Domain.Tests.Panels;

/// <summary>A consensus panel: ratings are sealed round by round, each round is judged by a rule that was fixed before the first, and the rule says when it stops.</summary>
public sealed class AgreeingInRounds
{
    private static readonly int[] First = [1, 1, 1, 2, 5, 8, 9, 9];
    private static readonly int[] Second = [7, 7, 8, 8, 8, 8, 9, 9];

    // Seats rate the first statement as they stand here, and the two others 8 and 2.
    private static int[][] Rows(IEnumerable<int> first) => [.. first.Select(r => new[] { r, 8, 2 })];

    [Fact]
    public void Goes_on_while_it_disagrees_and_stops_when_its_rule_is_met()
    {
        var panel = PanelHistory.Planned();
        var one = panel.Round(Rows(First));
        Assert.Equal((ClosingGround.Count, PanelStage.Between), (one.Ground, panel.Shown.Stage));
        Assert.Equal((true, Verdict.Uncertain, CountedView.Disagreement), (one.Of(0)!.Assessed!.HasDisagreement, one.Of(0)!.Assessed!.Verdict, one.Of(0)!.Counted));
        Assert.Equal((Verdict.Appropriate, ConsensusSide.For, Verdict.Inappropriate, ConsensusSide.Against),
            (one.Of(1)!.Assessed!.Verdict, one.Of(1)!.Consensus, one.Of(2)!.Assessed!.Verdict, one.Of(2)!.Consensus));
        Assert.All(one.Statements, s => Assert.Null(s.Moved));

        var two = panel.Round(Rows(Second));
        Assert.Equal((PanelStage.Closed, PanelEnd.RuleMet), (panel.Shown.Stage, panel.Shown.Ends));
        Assert.Equal((Verdict.Appropriate, false), (two.Of(0)!.Assessed!.Verdict, two.Of(0)!.Moved!.IsStable));
        Assert.True(two.Of(1)!.Moved!.IsStable);
        Assert.Equal((8, 3), (two.Concordance!.Raters, two.Concordance.Options));
        Assert.Equal(PanelRefusals.RuleMet, panel.Ask(CaseHistory.Ada, new BeginRound()));
        Assert.Equal(Json.Encode(panel.Shown), Json.Encode(panel.Pushed()));
    }

    [Fact]
    public void Judges_by_the_published_numbers()
    {
        var one = PanelHistory.Planned(PanelHistory.Of(9)).Round(Rows([1, 1, 1, 2, 5, 8, 9, 9, 9]));
        var found = one.Of(0)!.Assessed!;
        Assert.Equal((5, 1.4, 8.6, 7.2, 2.35, 3.06383), (found.Median, found.Low, found.High, found.Range, found.Ipras, found.Index));
        var six = PanelHistory.Planned(PanelHistory.Of(9, new(Percentiles: PercentilePlace.Type6))).Round(Rows([1, 1, 1, 2, 5, 8, 9, 9, 9]));
        Assert.Equal((8, 3.404255), (six.Of(0)!.Assessed!.Range, six.Of(0)!.Assessed!.Index));
    }

    [Fact]
    public void Counts_by_the_classic_rule_only_where_it_is_published()
    {
        Assert.NotNull(PanelHistory.Planned().Round(Rows(First)).Of(0)!.Counted);
        Assert.Null(PanelHistory.Planned(PanelHistory.Of(7)).Round(Rows(First[1..])).Of(0)!.Counted);
    }

    [Fact]
    public void Stops_after_the_last_round_that_its_rule_allows()
    {
        var panel = PanelHistory.Planned(PanelHistory.Of(8, new(Rounds: 2)));
        panel.Round(Rows(First));
        panel.Round(Rows(First));
        Assert.Equal((PanelStage.Closed, PanelEnd.RoundsUsedUp), (panel.Shown.Stage, panel.Shown.Ends));
        Assert.Equal(PanelRefusals.RoundsUsedUp, panel.Ask(CaseHistory.Ada, new BeginRound()));
        Assert.Equal(PanelRefusals.Over, panel.Ask(CaseHistory.Ada, new SayInPanel("One more?")));
    }

    [Theory]
    [InlineData(PanelStop.NoDisagreement, 1)]
    [InlineData(PanelStop.Consensus, 5)]
    [InlineData(PanelStop.Stable, 2)]
    public void Of_the_same_ratings_stops_as_its_rule_says(PanelStop stop, int rounds)
    {
        var panel = PanelHistory.Planned(PanelHistory.Of(8, new(stop, Rounds: 5)));
        while (panel.Shown.Stage != PanelStage.Closed)
        {
            panel.Round(Rows([5, 5, 5, 5, 6, 6, 6, 7]));
        }
        Assert.Equal((rounds, rounds == 5 ? PanelEnd.RoundsUsedUp : PanelEnd.RuleMet), (panel.Shown.Rounds.Length, panel.Shown.Ends!.Value));
    }

    [Fact]
    public void Is_not_ended_by_the_ratings_of_one_or_two()
    {
        var panel = PanelHistory.Planned();
        panel.Ask(CaseHistory.Ada, new BeginRound());
        Assert.Null(panel.Rate(0, new(0, 8), new(1, 8), new(2, 8)));
        Assert.Null(panel.Rate(1, new(0, 8), new(1, 8), new(2, 8)));
        Assert.Null(panel.Ask(CaseHistory.Ada, new EndBallot(panel.Shown.Rounds[^1].Ballot, "Nobody else can come.")));
        Assert.Equal((PanelStage.Between, ClosingGround.Moderator, "Nobody else can come.", 2),
            (panel.Shown.Stage, panel.Shown.Rounds[^1].Ground!.Value, panel.Shown.Rounds[^1].Reason, panel.Shown.Rounds[^1].Of(0)!.Raters));
    }

    [Fact]
    public void Leaves_a_seat_out_of_what_it_stepped_aside_from()
    {
        var panel = PanelHistory.Planned();
        panel.Round(Rows(First));
        Assert.Null(panel.Ask(PanelHistory.Seat(7), new RecuseFrom("I advise the maker of the monitor.", [1])));
        Assert.Null(panel.Ask(CaseHistory.Ada, new RecuseFrom("Has left the hospital.", Seat: PanelHistory.Seat(6).Person)));
        Assert.Null(panel.Ask(CaseHistory.Ada, new BeginRound()));
        Assert.Equal(BallotRefusals.Recused, panel.Rate(6, new(0, 8), new(1, 8), new(2, 2)));
        Assert.Equal(BallotRefusals.Recused, panel.Rate(7, new(0, 8), new(1, 8), new(2, 2)));
        Assert.Equal(BallotRefusals.NotAllRated, panel.Rate(7, new Choice(0, 8)));
        Assert.Null(panel.Rate(7, new(0, 8), new(2, 2)));
        for (var seat = 0; seat < 6; seat++)
        {
            Assert.Null(panel.Rate(seat, new(0, 8), new(1, 8), new(2, 2)));
        }
        var two = panel.Shown.Rounds[^1];
        Assert.Equal(PanelStage.Closed, panel.Shown.Stage);
        Assert.Equal([7, 6, 7], two.Statements.Select(s => s.Raters));
        // The round before was another panel's: what changed since would tell what the two had rated.
        Assert.All(two.Statements, s => Assert.Null(s.Moved));
        Assert.Equal((7, 2), (two.Concordance!.Raters, two.Concordance.Options));
    }

    [Fact]
    public void Asks_of_what_is_appropriate_whether_it_is_necessary()
    {
        var panel = PanelHistory.Planned(PanelHistory.Of(8, new(AsksNecessity: true), "Marrow", "Lumbar puncture", "Whole-body scan"));
        panel.Round([.. Enumerable.Repeat(new[] { 8, 7, 2 }, 8)]);
        Assert.Equal((PanelStage.Between, PanelEnd.RuleMet, true), (panel.Shown.Stage, panel.Shown.Ends!.Value, panel.Shown.AwaitsNecessity));
        var last = panel.Round([.. Enumerable.Repeat(new[] { 9, 5 }, 8)]);
        Assert.Equal([(0, true), (1, false)], last.Statements.Select(s => (s.Statement, s.IsNecessary!.Value)));
        Assert.Equal((PanelStage.Closed, PanelEnd.RuleMet), (panel.Shown.Stage, panel.Shown.Ends!.Value));
    }

    [Fact]
    public void Tells_comments_without_names_when_a_round_has_closed()
    {
        var panel = PanelHistory.Planned(PanelHistory.Of(3));
        panel.Ask(CaseHistory.Ada, new BeginRound());
        panel.Rate(0, new(0, 8, Comment: "The first night."), new(1, 7), new(2, 2));
        panel.Rate(1, new(0, 8, Comment: "Alarms wake four patients."), new(1, 7), new(2, 2));
        Assert.Equal("identifiers-found", panel.Rate(2, new(0, 8, Comment: "MRN 12345678 on 12.03.2024"), new(1, 7), new(2, 2))!.Code);
        panel.Rate(2, new(0, 8), new(1, 7), new(2, 2));
        Assert.Equal(["Alarms wake four patients.", "The first night."], panel.Shown.Rounds[0].Tally!.Options[0].Comments);
        Assert.All(panel.Shown.Rounds[0].Tally!.Options[1..], o => Assert.True(o.Comments.IsDefault));
    }

    [Fact]
    public void Is_silent_while_a_round_is_open_but_that_it_is()
    {
        var shown = new List<byte[]>();
        foreach (var entered in new[] { 0, 1, 7 })
        {
            var panel = PanelHistory.Planned();
            panel.Ask(CaseHistory.Ada, new BeginRound());
            for (var seat = 0; seat < entered; seat++)
            {
                Assert.Null(panel.Rate(seat, new(0, 1 + seat, Comment: "Because."), new(1, 7), new(2, 2)));
            }
            shown.Add(new PanelRules().Show(panel.State));
            Assert.Equal(entered > 0 ? 3 : null, panel.Own(PanelHistory.Seat(0))!.Entry?.Choices.Length);
            Assert.Null(panel.Own(PanelHistory.Seat(0))!.Totals);
            Assert.Null(panel.Own(CaseHistory.Chief));
        }
        Assert.All(shown, s => Assert.Equal(shown[0], s));
    }

    [Fact]
    public void Is_discussed_by_name_between_rounds()
    {
        var panel = PanelHistory.Planned();
        Assert.Null(panel.Ask(PanelHistory.Seat(1), new SayInPanel("What counts as a general ward?")));
        Assert.Equal("no-such-seat", panel.Ask(CaseHistory.Chief, new SayInPanel("Mine."))!.Code);
        Assert.Null(panel.Ask(CaseHistory.Chief, new RedactText(panel.Shown.Number, RedactionGround.Mistake)));
        Assert.True(Assert.Single(panel.Shown.Notes).Text.IsGone);
        panel.Ask(CaseHistory.Ada, new BeginRound());
        Assert.Equal(PanelRefusals.RoundOpen, panel.Ask(PanelHistory.Seat(1), new SayInPanel("8, all of you.")));
    }

    [Fact]
    public void Is_ended_by_who_convened_it_with_a_reason()
    {
        var panel = PanelHistory.Planned();
        Assert.Equal(Refusal.NotAllowed, panel.Ask(PanelHistory.Seat(1), new EndPanel("Enough.")));
        Assert.Null(panel.Ask(CaseHistory.Ada, new EndPanel("The guideline came out.")));
        Assert.Equal((PanelStage.Closed, PanelEnd.Convener, "The guideline came out."), (panel.Shown.Stage, panel.Shown.Ends!.Value, panel.Shown.Reason));
        Assert.Equal(PanelRefusals.Over, panel.Ask(CaseHistory.Ada, new BeginRound()));
    }

    [Fact]
    public void Says_in_its_own_words_what_the_statistics_say()
    {
        Assert.Equal(Enum.GetNames<AppropriatenessClass>(), Enum.GetNames<Verdict>());
        Assert.Equal(Enum.GetNames<PanelView>(), Enum.GetNames<CountedView>());
        Assert.Equal(Enum.GetNames<Consensus>(), Enum.GetNames<ConsensusSide>());
    }
}
