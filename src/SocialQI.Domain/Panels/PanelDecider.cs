using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.Panels;

/// <summary>What may be done to a panel, by whom, and what comes of it.</summary>
internal static class PanelDecider
{
    public static Decision Decide(PanelTopic state, Attributed asked) => asked.Command switch
    {
        not (PanelCommand or OwnerCommand or RedactText) => Refusal.WrongKind,
        IAttested { Attestation: not null } when Attesting.IsMachine(asked) => CaseRefusals.MachinesAttestNothing,
        PlanPanel plan => Plan(state, plan, asked),
        NoteResult note => !asked.Passport.IsOperator ? Refusal.NotThere
            : state.Shown.OpenRound?.Ballot == note.Ballot ? PanelRounds.Closed(state.Shown, note)
            : Decision.NothingToDo,
        _ when state.Shown.Stage == PanelStage.None || !Access.MaySee(asked.Passport, state.Audience, asked.At) => Refusal.NotThere,
        _ when asked.For is null => Refusal.NoAffiliation,
        RedactText redact => Redacting.Decide(state.Topic.Home, redact, asked),
        _ when CaseWriting.OnlyReads(asked.Passport, asked.At) is { } refusal => refusal,
        _ when Attesting.IsMachine(asked) => Refusal.NotAllowed,
        BeginRound when Leads(state, asked) && state.Shown is { Stage: PanelStage.Closed, Ends: PanelEnd.RuleMet } => PanelRefusals.RuleMet,
        BeginRound when Leads(state, asked) && state.Shown is { Stage: PanelStage.Closed, Ends: PanelEnd.RoundsUsedUp } => PanelRefusals.RoundsUsedUp,
        _ when state.Shown.Stage == PanelStage.Closed => PanelRefusals.Over,
        RecuseFrom recuse => Recuse(state, recuse, asked),
        SayInPanel say => Say(state, say, asked),
        _ when !Leads(state, asked) => Refusal.NotAllowed,
        EndBallot end => PanelRounds.Ended(state.Shown, end),
        _ when state.Shown.Stage == PanelStage.Open => PanelRefusals.RoundOpen,
        BeginRound begin => PanelRounds.Begun(state, begin, asked.At),
        EndPanel end => Written("reason", end.Reason, PanelState.ReasonLengthMax, end.Attestation) ?? (Decision)new PanelClosed(PanelEnd.Convener, end.Reason),
        _ => Refusal.WrongKind,
    };

    private static bool Leads(PanelTopic state, Attributed asked) => state.Shown.Convener == asked.By;

    private static Decision Plan(PanelTopic state, PlanPanel plan, Attributed asked) =>
        asked.For is not { } acting ? Refusal.NoAffiliation
        : acting != state.Topic.Home || state.Topic.Space != Space.Open ? Refusal.WrongHome
        : state.Shown.Stage != PanelStage.None ? Refusal.AlreadyThere
        : Attesting.IsMachine(asked) ? Refusal.NotAllowed
        : CaseWriting.OnlyReads(asked.Passport, asked.At)
        ?? PanelChecks.Refuse(plan.Plan, state.Topic.Home, asked)
        // Seats may be anybody's.
        ?? Attesting.RefuseToSay(leavesHome: true, plan.Attestation, PanelChecks.TextsOf(plan.Plan))
        ?? (Decision)new PanelPlanned(plan.Plan, plan.Plan.AudienceOf(asked.By, state.Topic.Home));

    // Not while a round is open: what had been rated would have to be taken out of it, and its silence does not tell whether anything had.
    private static Decision Recuse(PanelTopic state, RecuseFrom recuse, Attributed asked)
    {
        var seat = recuse.Seat ?? asked.By;
        var all = Enumerable.Range(0, state.Shown.Plan!.Statements.Length);
        var named = recuse.Statements.OrEmpty();
        ImmutableArray<int> from = [.. all.Where(s => (named.IsEmpty || named.Contains(s)) && !state.Shown.IsRecused(seat, s))];
        return seat != asked.By && !Leads(state, asked) ? Refusal.NotAllowed
            : !state.Shown.IsSeated(seat) ? PanelRefusals.NoSuchSeat
            : named.Any(s => !all.Contains(s)) ? PanelRefusals.NoSuchStatement
            : state.Shown.Stage == PanelStage.Open ? PanelRefusals.RoundOpen
            : Written("reason", recuse.Reason, PanelState.ReasonLengthMax, recuse.Attestation) is { } refusal ? Decision.No(refusal)
            : from.IsEmpty ? Decision.NothingToDo
            : new PanelRecused(seat, from, recuse.Reason);
    }

    private static Decision Say(PanelTopic state, SayInPanel say, Attributed asked) =>
        !state.Shown.IsSeated(asked.By) && !Leads(state, asked) ? PanelRefusals.NoSuchSeat with { Say = "Only seats and who convened it discuss here." }
        : state.Shown.Stage == PanelStage.Open ? PanelRefusals.RoundOpen
        : state.Shown.Notes.Length >= PanelState.NotesMax ? Refusal.TooMany("notes", PanelState.NotesMax)
        : PlainText.RefuseProse("note", say.Text, PanelState.NoteLengthMax)
        ?? Attesting.RefuseToSay(leavesHome: true, say.Attestation, say.Text)
        ?? (Decision)new PanelSaid(say.Text);

    private static Refusal? Written(string what, string text, int lengthMax, Attestation? attestation) =>
        PlainText.RefuseLine(what, text, lengthMax) ?? Attesting.RefuseToSay(leavesHome: true, attestation, text);
}
