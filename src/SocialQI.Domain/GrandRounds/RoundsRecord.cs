using SocialQI.Cases;

namespace SocialQI.GrandRounds;

/// <summary>What is written into the record of a session.</summary>
internal static class RoundsRecord
{
    public static Decision Decide(RoundsTopic state, Attributed asked) => asked.Command switch
    {
        SettleAction settle => Settle(state.Shown, settle, asked),
        _ when !RoundsDecider.Leads(state, asked) => Refusal.NotAllowed,
        LinkRecording link => RoundsChecks.RefuseAddress(link.Address)
            ?? (link.Address == state.Shown.Recording ? Decision.NothingToDo : new RecordingLinked(link.Address)),
        _ when !state.Shown.IsOn => RoundsRefusals.NotOn,
        RecordDecision record => state.Shown.Decisions.Length >= RoundsState.DecisionsMax ? Refusal.TooMany("decisions", RoundsState.DecisionsMax)
            : Written("decision", record.Text, record.Attestation, state.Shown) ?? (Decision)new DecisionRecorded(record.Text),
        RecordAction record => state.Shown.Actions.Length >= RoundsState.ActionsMax ? Refusal.TooMany("actions", RoundsState.ActionsMax)
            : record.Due <= asked.At || record.Due > asked.At + RoundsPlan.AheadMax ? RoundsRefusals.DueWhen
            : Written("action", record.Text, record.Attestation, state.Shown) ?? (Decision)new ActionRecorded(record.Text, record.Owner, record.Due),
        _ => Refusal.WrongKind,
    };

    private static Decision Settle(RoundsState state, SettleAction settle, Attributed asked) =>
        state.Actions.FirstOrDefault(a => a.Number == settle.Number) is not { } action ? RoundsRefusals.NoSuchAction
        : action.Owner != asked.By && !state.IsLedBy(asked.By) ? Refusal.NotAllowed
        : action.Outcome.From > 0 ? RoundsRefusals.ActionSettled
        : Written("outcome", settle.Outcome, settle.Attestation, state) ?? (Decision)new ActionSettled(settle.Number, settle.Outcome);

    private static Refusal? Written(string what, string text, Attestation? attestation, RoundsState state) =>
        PlainText.RefuseProse(what, text, RoundsState.NoteLengthMax) ?? Attesting.RefuseToSay(RoundsDecider.LeavesHome(state), attestation, text);
}
