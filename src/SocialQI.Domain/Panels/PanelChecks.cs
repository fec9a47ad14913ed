using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.Panels;

/// <summary>Whether a plan has the shape it should have. Null means yes.</summary>
internal static class PanelChecks
{
    public static Refusal? Refuse(PanelPlan? plan, InstitutionId home, Attributed asked) =>
        plan is null ? Refusal.NotA("plan")
        : PlainText.RefuseLine("title", plan.Title, PanelPlan.TitleLengthMax)
        ?? PlainText.RefuseLine("question", plan.Question, BallotTerms.QuestionLengthMax)
        ?? RefuseStatements(plan.Statements.OrEmpty())
        ?? RefuseSeats(plan.Seats.OrEmpty())
        ?? RefuseRule(plan.Rule)
        ?? CaseChecks.Refuse(plan.Visibility, home, asked)?.Refusal;

    public static IEnumerable<string> TextsOf(PanelPlan plan) => plan.Statements.OrEmpty().Append(plan.Title).Append(plan.Question);

    private static Refusal? RefuseStatements(ImmutableArray<string> statements) =>
        statements.Length < BallotTerms.OptionsMin ? PanelRefusals.FewStatements
        : statements.Length > BallotTerms.OptionsMax ? Refusal.TooMany("statements", BallotTerms.OptionsMax)
        : statements.Distinct(StringComparer.OrdinalIgnoreCase).Count() < statements.Length ? PanelRefusals.SameStatementTwice
        : statements.Select(s => PlainText.RefuseLine("statement", s, BallotTerms.OptionLengthMax)).FirstOrDefault(r => r is not null);

    private static Refusal? RefuseSeats(ImmutableArray<ClinicianId> seats) =>
        seats.Length < PanelPlan.SeatsMin ? PanelRefusals.FewSeats
        : seats.Length > PanelPlan.SeatsMax ? Refusal.TooMany("seats", PanelPlan.SeatsMax)
        : seats.Distinct().Count() < seats.Length ? BallotRefusals.SeatedTwice
        : seats.Contains(ClinicianId.Operator) ? Refusal.NotA("clinician")
        : null;

    private static Refusal? RefuseRule(PanelRule? rule) =>
        rule is null || !Enum.IsDefined(rule.StopsWhen) || !Enum.IsDefined(rule.Percentiles) ? Refusal.NotA("rule")
        : rule.Rounds is < 1 or > PanelRule.RoundsMax ? Refusal.OutOfRange("number of rounds", 1, PanelRule.RoundsMax)
        : null;
}

/// <summary>The reasons that only panels have.</summary>
public static class PanelRefusals
{
    public static readonly Refusal FewStatements = new("few-statements", "A panel rates at least two statements.");

    public static readonly Refusal SameStatementTwice = new("same-statement-twice", "Two statements are the same. Keep one.");

    public static readonly Refusal FewSeats = new("few-seats", $"A panel has at least {PanelPlan.SeatsMin} seats: with fewer, everybody would know what the others rated.");

    public static readonly Refusal RoundOpen = new("round-open", "A round is open. This is possible when it has closed.");

    public static readonly Refusal NoRoundOpen = new("no-round-open", "No round is open.");

    public static readonly Refusal RuleMet = new("rule-met", "The rule that was fixed before round 1 is met: there is no further round.");

    public static readonly Refusal RoundsUsedUp = new("rounds-used-up", "It was the last round that the rule fixed before round 1 allows.");

    public static readonly Refusal Over = new("panel-over", "This panel is over. Its report stays.");

    public static readonly Refusal NoSuchSeat = new("no-such-seat", "They have no seat in this panel.");

    public static readonly Refusal NoSuchStatement = new("no-such-statement", "The panel has no such statement.");

    public static readonly Refusal NobodyRates = new("nobody-rates", "Nobody is left who may rate.");
}
