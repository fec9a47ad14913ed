using SocialQI.Ballots;
using SocialQI.Panels;
using Xunit;

namespace SocialQI.Domain.Tests.Panels;

/// <summary>What a panel does not take, and why.</summary>
public sealed class ConveningAPanel
{
    private static readonly PanelPlan plan = PanelHistory.Plan;

    public static TheoryData<string, PanelPlan?> Bad => new()
    {
        { "few-seats", PanelHistory.Of(1) },
        { "few-seats", PanelHistory.Of(2) },
        { "seated-twice", plan with { Seats = plan.Seats.SetItem(1, plan.Seats[0]) } },
        { "not-a-clinician", plan with { Seats = plan.Seats.Add(ClinicianId.Operator) } },
        { "few-statements", plan with { Statements = ["Only one"] } },
        { "same-statement-twice", plan with { Statements = ["Marrow", "marrow"] } },
        { "empty", plan with { Statements = ["Marrow", " "] } },
        { "empty", plan with { Title = "" } },
        { "empty", plan with { Question = "" } },
        { "out-of-range", plan with { Rule = new(Rounds: 0) } },
        { "not-a-rule", plan with { Rule = new((PanelStop)9) } },
        { "not-a-rule", plan with { Rule = new(Percentiles: (PercentilePlace)9) } },
        { "not-a-plan", null },
        { "identifiers-found", plan with { Question = "For MRN 12345678 on 12.03.2024: 1 never, 9 always." } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void That_makes_no_sense_is_refused_by_name(string code, PanelPlan? bad)
    {
        var panel = new PanelHistory();
        Assert.Equal(code, panel.Ask(CaseHistory.Ada, new PlanPanel(bad!))!.Code);
        Assert.Equal(PanelStage.None, panel.Shown.Stage);
    }

    [Fact]
    public void Is_for_who_acts_for_its_home_and_is_no_machine()
    {
        Assert.Equal(Refusal.WrongHome, new PanelHistory().Ask(CaseHistory.Ben, new PlanPanel(plan)));
        Assert.Equal(Refusal.NotAllowed, new PanelHistory().Ask(CaseHistory.PassportOf(9, CaseHistory.NorthHarbour, InstitutionRole.Service), new PlanPanel(plan)));
        Assert.Equal("privacy-officers-read", new PanelHistory().Ask(CaseHistory.PassportOf(9, CaseHistory.NorthHarbour, InstitutionRole.PrivacyOfficer), new PlanPanel(plan))!.Code);
    }

    [Fact]
    public void Fixes_its_rule_for_good()
    {
        var panel = PanelHistory.Planned();
        panel.Ask(CaseHistory.Ada, new BeginRound());
        Assert.Equal(Refusal.AlreadyThere, panel.Ask(CaseHistory.Ada, new PlanPanel(plan with { Rule = new(PanelStop.Stable, 5) })));
        Assert.Equal(plan.Rule, panel.Shown.Plan!.Rule);
    }

    [Fact]
    public void Opens_it_to_its_seats_and_to_nobody_else_elsewhere()
    {
        var panel = PanelHistory.Planned();
        Assert.Equal(Refusal.NotThere, panel.Ask(CaseHistory.Ben, new SayInPanel("Let me in.")));
        Assert.True(Access.MaySee(PanelHistory.Seat(1), panel.State.Audience, panel.Now));
        Assert.True(Access.MaySee(CaseHistory.Chief, panel.State.Audience, panel.Now));
    }

    [Theory]
    [InlineData("not-there", "a stranger begins")]
    [InlineData("not-allowed", "a seat begins")]
    [InlineData("not-allowed", "a colleague begins")]
    [InlineData("round-open", "again")]
    [InlineData("round-open", "recuse")]
    [InlineData("round-open", "end it")]
    [InlineData("no-such-ballot", "end another")]
    [InlineData("wrong-kind-of-topic", "call a ballot")]
    [InlineData("round-open", "recuse somebody")]
    [InlineData("not-allowed", "recuse a neighbour")]
    [InlineData("no-such-seat", "recuse a stranger")]
    [InlineData("no-such-statement", "recuse from nothing")]
    public void While_a_round_is_open_is_refused_by_name(string code, string what)
    {
        var panel = PanelHistory.Planned();
        Assert.Null(panel.Ask(CaseHistory.Ada, new BeginRound()));
        var before = panel.Shown.Number;
        var seat = PanelHistory.Seat(1);
        Assert.Equal(code, (what switch
        {
            "a stranger begins" => panel.Ask(CaseHistory.Ben, new BeginRound()),
            "a seat begins" => panel.Ask(seat, new BeginRound()),
            "a colleague begins" => panel.Ask(CaseHistory.Chief, new BeginRound()),
            "again" => panel.Ask(CaseHistory.Ada, new BeginRound()),
            "recuse" => panel.Ask(seat, new RecuseFrom("I own shares.", [1])),
            "end it" => panel.Ask(CaseHistory.Ada, new EndPanel("Enough.")),
            "end another" => panel.Ask(CaseHistory.Ada, new EndBallot(BallotHistoryElsewhere, "Enough.")),
            "call a ballot" => PanelHistory.Planned().Ask(CaseHistory.Ada, new CallBallot(Guid.NewGuid(), new(BallotKind.Text, "What next?"))),
            "recuse somebody" => panel.Ask(CaseHistory.Ada, new RecuseFrom("They own shares.", [1], seat.Person)),
            "recuse a neighbour" => panel.Ask(seat, new RecuseFrom("They own shares.", [1], PanelHistory.Seat(2).Person)),
            "recuse a stranger" => panel.Ask(CaseHistory.Ada, new RecuseFrom("They own shares.", [1], CaseHistory.Ben.Person)),
            _ => panel.Ask(seat, new RecuseFrom("I own shares.", [3])),
        })!.Code);
        Assert.Equal(before, panel.Shown.Number);
    }

    [Fact]
    public void Takes_no_rating_outside_1_to_9_nor_of_who_has_no_seat()
    {
        var panel = PanelHistory.Planned();
        panel.Ask(CaseHistory.Ada, new BeginRound());
        Assert.Equal("out-of-range", panel.Rate(1, new(0, 0), new(1, 5), new(2, 5))!.Code);
        Assert.Equal("out-of-range", panel.Rate(1, new(0, 10), new(1, 5), new(2, 5))!.Code);
        Assert.Equal("not-offered", panel.Rate(1, new(0, 1), new(1, 5), new(3, 5))!.Code);
        Assert.Equal(Refusal.NotThere, panel.Enter(panel.Shown.Rounds[0].Ballot, CaseHistory.Chief, new CastEntry(new Entry([new(0, 5)]))));
    }

    [Fact]
    public void Recused_twice_from_the_same_changes_nothing_and_with_nobody_left_there_is_no_round()
    {
        var panel = PanelHistory.Planned(PanelHistory.Of(3));
        Assert.Null(panel.Ask(CaseHistory.Ada, new RecuseFrom("I own shares.", [1])));
        var number = panel.Shown.Number;
        Assert.Null(panel.Ask(CaseHistory.Ada, new RecuseFrom("I own shares.", [1])));
        Assert.Equal(number, panel.Shown.Number);
        Assert.Equal("empty", panel.Ask(CaseHistory.Ada, new RecuseFrom(""))!.Code);
        Assert.All(panel.Shown.Plan!.Seats, seat => Assert.Null(panel.Ask(CaseHistory.Ada, new RecuseFrom("All own shares.", Seat: seat))));
        Assert.Equal([0, 2], panel.Shown.Recusals[1].Statements);
        Assert.Equal(PanelRefusals.NobodyRates, panel.Ask(CaseHistory.Ada, new BeginRound()));
    }

    [Fact]
    public void Closes_a_round_within_60_days_and_later_than_now()
    {
        var panel = PanelHistory.Planned();
        Assert.Equal(BallotRefusals.ClosesWhen, panel.Ask(CaseHistory.Ada, new BeginRound(panel.Now)));
        Assert.Equal(BallotRefusals.ClosesWhen, panel.Ask(CaseHistory.Ada, new BeginRound(panel.Now + TimeSpan.FromDays(61))));
        var at = panel.Now + TimeSpan.FromHours(1);
        Assert.Null(panel.Ask(CaseHistory.Ada, new BeginRound(at)));
        panel.Now = at;
        panel.Enter(panel.Shown.Rounds[0].Ballot, Passport.OfOperator, new CloseBallot(ClosingGround.Time));
        Assert.Equal((ClosingGround.Time, 0, PanelStage.Between), (panel.Shown.Rounds[0].Ground!.Value, panel.Shown.Rounds[0].Of(0)!.Raters, panel.Shown.Stage));
    }

    private static TopicId BallotHistoryElsewhere => TopicId.BallotOf(PanelHistory.Topic, new Guid(1, 2, 3, new byte[8]));
}
