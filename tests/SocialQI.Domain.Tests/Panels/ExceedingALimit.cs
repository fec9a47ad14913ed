using SocialQI.Ballots;
using SocialQI.Domain.Tests.Panels;
using SocialQI.Panels;

namespace SocialQI.Domain.Tests;

public sealed partial class ExceedingALimit
{
    private static IEnumerable<Row> OfPanels =>
    [
        OfText("PanelPlan.TitleLengthMax", PanelPlan.TitleLengthMax, t => Convened(PanelHistory.Plan with { Title = t })),
        new("PanelPlan.SeatsMax", n => Convened(PanelHistory.Plan with { Seats = People(n) }), PanelPlan.SeatsMax, "too-many"),
        new("PanelRule.RoundsMax", n => Convened(PanelHistory.Plan with { Rule = new(Rounds: n) }), PanelRule.RoundsMax, "out-of-range"),
        new("BallotTerms.OptionsMax", n => Convened(PanelHistory.Plan with { Statements = [.. Enumerable.Range(1, n).Select(i => "Statement " + i)] }), BallotTerms.OptionsMax, "too-many"),
        OfText("BallotTerms.OptionLengthMax", BallotTerms.OptionLengthMax, t => Convened(PanelHistory.Plan with { Statements = [t, "Other"] })),
        OfText("BallotTerms.QuestionLengthMax", BallotTerms.QuestionLengthMax, t => Convened(PanelHistory.Plan with { Question = t })),
        OfText("PanelState.ReasonLengthMax", PanelState.ReasonLengthMax, t => PanelHistory.Planned().Ask(CaseHistory.Ada, new EndPanel(t))),
        OfText("PanelState.ReasonLengthMax", PanelState.ReasonLengthMax, t => PanelHistory.Planned().Ask(CaseHistory.Ada, new RecuseFrom(t))),
        OfText("PanelState.NoteLengthMax", PanelState.NoteLengthMax, t => PanelHistory.Planned().Ask(CaseHistory.Ada, new SayInPanel(t))),
        new("PanelState.NotesMax", Noted, PanelState.NotesMax, "too-many"),
        OfText("Entry.TextLengthMax", Entry.TextLengthMax, t => Cast(terms with { Kind = BallotKind.Scale }, new Choice(0, 5, Comment: t))),
    ];

    private static Refusal? Convened(PanelPlan plan) => new PanelHistory().Ask(CaseHistory.Ada, new PlanPanel(plan));

    private static Refusal? Noted(int times)
    {
        var panel = PanelHistory.Planned();
        return Enumerable.Range(0, times).Select(i => panel.Ask(CaseHistory.Ada, new SayInPanel("Note " + i))).ToList()[^1];
    }
}
