using System.Collections.Immutable;
using SocialQI.Ballots;

namespace SocialQI.Cases;

/// <summary>What is waited for in a case, and what came of it: said by its author, by whoever was named to say so, or by who keeps order.</summary>
internal static class OutcomeDecider
{
    public static Decision Decide(CaseTopic state, OutcomeCommand command, Attributed asked) => command switch
    {
        _ when !MaySay(state, asked) => Refusal.NotAllowed,
        _ when state.Shown.Stage == CaseStage.Draft => CaseRefusals.StillDraft,
        ExpectOutcome expect => Expect(state, expect, asked),
        RecordOutcome record => Record(state, record with { Outcome = Normalized(record.Outcome, asked.Concepts) }),
        ReviseOutcome revise => Revise(state, revise with { Outcome = Normalized(revise.Outcome, asked.Concepts) }),
        _ => Refusal.WrongKind,
    };

    /// <summary>A text that was destroyed meanwhile is asked for no more.</summary>
    public static Decision Remind(CaseTopic state, Attributed asked)
    {
        if (!asked.Passport.IsOperator)
        {
            return Refusal.NotThere;
        }
        if (state.Shown.Expected is not { } due)
        {
            return new OutcomeOverdue(state.Shown.Author, 0, null);
        }
        var reminded = due.Reminded + 1;
        return asked.At < due.At ? Decision.NothingToDo
            : new OutcomeOverdue(due.Who, reminded, reminded < OutcomeDue.RemindersMax ? asked.At + OutcomeDue.BetweenReminders : null);
    }

    private static Decision Expect(CaseTopic state, ExpectOutcome expect, Attributed asked)
    {
        var who = expect.Who ?? state.Shown.Author;
        return state.Shown.Outcome is not null ? OutcomeRefusals.Known
            : expect.At <= asked.At || expect.At > asked.At + OutcomeDue.AheadMax ? OutcomeRefusals.ExpectedWhen
            : PlainText.RefuseLine("outcome", expect.What, OutcomeDue.WhatLengthMax)
            ?? Attesting.RefuseToSay(state.Shown, expect.Attestation, expect.What)
            ?? (state.Shown.Expected is { } due && due.What.Words == expect.What && due.At == expect.At && due.Who == who
                ? Decision.NothingToDo
                : new OutcomeExpected(expect.What, expect.At, who, expect.Attestation));
    }

    private static Decision Record(CaseTopic state, RecordOutcome record) =>
        state.Shown.Outcome is { } known ? IsSame(known.Outcome, record.Outcome) ? Decision.NothingToDo : OutcomeRefusals.Known
        : state.Shown.Ballots.OrEmpty().Any(b => b is { Stage: BallotStage.Open, Terms.Kind: BallotKind.Differential }) ? OutcomeRefusals.StillSealed
        : Refuse(state, record.Outcome, record.Attestation)
        ?? (Decision)new OutcomeRecorded(record.Outcome, record.Attestation);

    private static Decision Revise(CaseTopic state, ReviseOutcome revise) =>
        state.Shown.Outcome is not { } known ? OutcomeRefusals.NotKnown
        : Refuse(state, revise.Outcome, revise.Attestation)
        ?? PlainText.RefuseProse("reason", revise.Reason, CaseState.ReasonLengthMax)
        ?? Attesting.RefuseToSay(state.Shown, revise.Attestation, revise.Reason)
        ?? (IsSame(known.Outcome, revise.Outcome) ? Decision.NothingToDo : new OutcomeRevised(revise.Outcome, revise.Reason, revise.Attestation));

    private static Refusal? Refuse(CaseTopic state, Outcome? outcome, Attestation? attestation)
    {
        if (outcome is null || !Enum.IsDefined(outcome.Fared))
        {
            return OutcomeRefusals.NoOutcome;
        }
        ImmutableArray<Condition> all = [.. outcome.Right.OrEmpty(), .. outcome.RuledOut.OrEmpty()];
        return outcome.Right.OrEmpty().Length > Outcome.DiagnosesMax || outcome.RuledOut.OrEmpty().Length > Outcome.DiagnosesMax
                ? Refusal.TooMany("diagnoses", Outcome.DiagnosesMax)
            : all.Any(c => c is null) ? Refusal.NotA("diagnosis")
            : all.Select(CaseChecks.Refuse).FirstOrDefault(r => r is not null)
            ?? (IsTwice(outcome.Right) || IsTwice(outcome.RuledOut) ? BallotRefusals.SameDiagnosisTwice
                : IsTwice(all) ? OutcomeRefusals.Contradicts
                : null)
            ?? PlainText.RefuseProse("what was done", outcome.Done, Outcome.DoneLengthMax)
            ?? Attesting.RefuseToSay(state.Shown, attestation, all.Where(c => c.Code is null).Select(c => c.Text).Append(outcome.Done));
    }

    private static Outcome Normalized(Outcome outcome, IReadOnlyDictionary<string, Condition>? concepts) => concepts is null ? outcome : outcome with
    {
        Right = [.. outcome.Right.OrEmpty().Select(concepts.Named)],
        RuledOut = [.. outcome.RuledOut.OrEmpty().Select(concepts.Named)],
    };

    private static bool IsTwice(ImmutableArray<Condition> diagnoses) =>
        diagnoses.OrEmpty().DistinctBy(Opinion.ConceptOf).Count() < diagnoses.OrEmpty().Length;

    private static bool IsSame(Outcome one, Outcome? other) => other is not null && Json.Encode(one).AsSpan().SequenceEqual(Json.Encode(other));

    private static bool MaySay(CaseTopic state, Attributed asked) =>
        asked.By == state.Shown.Author || asked.By == state.Shown.Expected?.Who || CaseDecider.Moderates(state, asked);
}

/// <summary>The reasons that only outcomes have.</summary>
public static class OutcomeRefusals
{
    public static readonly Refusal Known = new("outcome-known", "What came of this case is known already. Revise it, and say why.");

    public static readonly Refusal NotKnown = new("no-outcome", "What came of this case is not known yet.");

    public static readonly Refusal NoOutcome = new("not-an-outcome", "Say how the patient fared, or that it is not known.");

    public static readonly Refusal StillSealed = new("opinions-sealed", "Opinions are still being given. Open them first: who knows the outcome gives no opinion.");

    public static readonly Refusal Contradicts = new("contradicts-itself", "The same diagnosis stands as right and as ruled out. Keep one.");

    public static readonly Refusal ExpectedWhen = new("expected-when", "Say a day later than now, and within two years.");
}
