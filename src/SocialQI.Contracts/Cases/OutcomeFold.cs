namespace SocialQI.Cases;

/// <summary>What a case shows of its outcome: what is waited for, then what came. A text that was destroyed takes with it what it said.</summary>
internal static class OutcomeFold
{
    public static CaseState After(CaseState state, Envelope happened) => happened.Event switch
    {
        OutcomeExpected it => state with { Expected = it.What.Length == 0 ? null : new(new(it.What, happened.N), it.At, it.Who) },
        OutcomeOverdue it => state with { Expected = state.Expected is { } due ? due with { Reminded = it.Reminded } : null },
        OutcomeRecorded it => Known(state, happened, it.Outcome, null),
        OutcomeRevised it => Known(state, happened, it.Outcome, it.Reason),
        _ => state,
    };

    public static CaseState Redacted(CaseState state, long number) => state with
    {
        Expected = state.Expected?.What.From == number ? null : state.Expected,
        Outcome = state.Outcome?.Number == number ? null : state.Outcome,
    };

    private static CaseState Known(CaseState state, Envelope happened, Outcome outcome, string? reason) => state with
    {
        Expected = null,
        Outcome = outcome.Done.Length == 0 ? null : new(happened.N, happened.By, happened.At, outcome, reason),
    };
}
