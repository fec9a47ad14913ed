using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.GrandRounds;

/// <summary>What may be done to a session, by whom, and what comes of it.</summary>
internal static class RoundsDecider
{
    public static Decision Decide(RoundsTopic state, Attributed asked) => asked.Command switch
    {
        not (RoundsCommand or OwnerCommand or RedactText) => Refusal.WrongKind,
        IAttested { Attestation: not null } when Attesting.IsMachine(asked) => CaseRefusals.MachinesAttestNothing,
        PlanRounds plan => Plan(state, plan, asked),
        NoteResult note when note.Ballot == state.Shown.Votes => !asked.Passport.IsOperator ? Refusal.NotThere
            : state.Shown.Voted is null ? new BallotResulted(note.Ballot, note.Ground, note.Result)
            : Decision.NothingToDo,
        NoteTurnout note => !asked.Passport.IsOperator ? Refusal.NotThere
            : state.Shown is { Stage: RoundsStage.Closed, Attendance: null } ? new AttendanceSummed(note.Sum)
            : Decision.NothingToDo,
        RemindOfAction remind => !asked.Passport.IsOperator ? Refusal.NotThere : Remind(state.Shown, remind, asked),
        NoteResult => BallotCalling.Decide(state.Topic, state.Shown.Ballots, leads: false, leavesHome: false, author: null, asked),
        _ when state.Shown.Stage == RoundsStage.None || !Access.MaySee(asked.Passport, state.Audience, asked.At) => Refusal.NotThere,
        _ when asked.For is null => Refusal.NoAffiliation,
        RedactText redact => Redacting.Decide(state.Topic.Home, redact, asked),
        _ when CaseWriting.OnlyReads(asked.Passport, asked.At) is { } refusal => refusal,
        _ when state.Shown.Stage == RoundsStage.Cancelled => RoundsRefusals.Over,
        LinkRecording or SettleAction => RoundsRecord.Decide(state, asked),
        _ when state.Shown.Stage == RoundsStage.Closed => RoundsRefusals.Over,
        OwnerCommand => !state.Shown.IsOn ? RoundsRefusals.NotOn : BallotCalling.Decide(state.Topic, state.Shown.Ballots, Leads(state, asked), LeavesHome(state.Shown), author: null, asked),
        AskQuestion or WithdrawQuestion or TakeQuestion or AnswerQuestion or DismissQuestion or MergeQuestion => QuestionDecider.Decide(state, asked),
        RecordDecision or RecordAction => RoundsRecord.Decide(state, asked),
        MoveStage move => Move(state.Shown, move, asked),
        _ when !Leads(state, asked) => Refusal.NotAllowed,
        _ => Lead(state, asked),
    };

    public static bool Leads(RoundsTopic state, Attributed asked) => state.Shown.IsLedBy(asked.By);

    public static bool LeadsOrPresents(RoundsTopic state, Attributed asked) =>
        Leads(state, asked) || state.Shown.Plan!.Agenda.OrEmpty().Any(a => a.Presenter == asked.By);

    /// <summary>Named people and hosts may be anybody's.</summary>
    public static bool LeavesHome(RoundsState state) => LeavesHome(state.Plan!);

    private static bool LeavesHome(RoundsPlan plan) => plan.Visibility.Kind != VisibilityKind.Institution || !plan.Hosts.OrEmpty().IsEmpty;

    private static Decision Plan(RoundsTopic state, PlanRounds plan, Attributed asked)
    {
        if (asked.Passport.IsOperator && plan is { Series: not null, Planner: { } planner })
        {
            // What the first of the series was allowed, the others are.
            return state.Shown.Stage == RoundsStage.None && asked.Begins is { } at ? Planned(state, plan, at, planner) : Decision.NothingToDo;
        }
        return asked.For is not { } acting ? Refusal.NoAffiliation
            : acting != state.Topic.Home || state.Topic.Space != Space.Open ? Refusal.WrongHome
            : state.Shown.Stage != RoundsStage.None ? Refusal.AlreadyThere
            : plan.Series is not null || plan.Planner is not null || Attesting.IsMachine(asked) ? Refusal.NotAllowed
            : CaseWriting.OnlyReads(asked.Passport, asked.At)
            ?? RoundsChecks.Refuse(plan.Plan, state.Topic.Home, asked)
            ?? RoundsChecks.Refuse(plan.Repeat)
            ?? Attesting.RefuseToSay(LeavesHome(plan.Plan), plan.Attestation, Texts(plan.Plan))
            ?? Planned(state, plan, asked.Begins!.Value, asked.By);
    }

    private static Decision Planned(RoundsTopic state, PlanRounds plan, Moment at, ClinicianId planner) =>
        new RoundsPlanned(plan.Plan, at, planner, plan.Plan.AudienceOf(planner, state.Topic.Home), plan.Repeat, plan.Series);

    private static Decision Lead(RoundsTopic state, Attributed asked) => asked.Command switch
    {
        ReviseRounds revise => RoundsChecks.Refuse(revise.Plan, state.Topic.Home, asked)
            ?? Attesting.RefuseToSay(LeavesHome(revise.Plan), revise.Attestation, Texts(revise.Plan))
            ?? (Decision)new RoundsRevised(revise.Plan, asked.Begins!.Value, revise.Plan.AudienceOf(state.Shown.Planner, state.Topic.Home)),
        CancelRounds cancel => state.Shown.IsOn ? RoundsRefusals.BegunAlready
            : PlainText.RefuseLine("reason", cancel.Reason, RoundsState.ReasonLengthMax) ?? (Decision)new RoundsCancelled(cancel.Reason),
        OpenLobby => state.Shown.IsOn ? RoundsRefusals.BegunAlready : new LobbyOpened(TopicId.VotesOf(state.Topic)),
        _ when !state.Shown.IsOn => RoundsRefusals.NotBegun,
        GoLive => state.Shown.Stage == RoundsStage.Live ? Decision.NothingToDo : new WentLive(),
        OpenDiscussion => state.Shown.Stage == RoundsStage.Discussion ? Decision.NothingToDo
            : state.Shown.Stage == RoundsStage.Lobby ? RoundsRefusals.NotBegun
            : new DiscussionOpened(),
        CloseRounds => new RoundsClosed(),
        _ => Refusal.WrongKind,
    };

    // The next presenter takes the stage from the one before, and whoever leads may at any time: nobody's connection is needed for it to go on.
    private static Decision Move(RoundsState state, MoveStage move, Attributed asked)
    {
        var agenda = state.Plan!.Agenda.OrEmpty();
        return !state.IsOn ? RoundsRefusals.NotOn
            : move.View is not { } view || view.Item < 0 || view.Item >= agenda.Length ? RoundsRefusals.NotOnAgenda
            : !state.IsLedBy(asked.By) && agenda[view.Item].Presenter != asked.By ? Refusal.NotAllowed
            : view.Section is { } section && !Enum.IsDefined(section) ? Refusal.NotA("section")
            : agenda[view.Item].Case is null && (view.Section is not null || view.Image is not null || view.Contribution is not null) ? RoundsRefusals.NoCaseThere
            : view == state.View ? Decision.NothingToDo
            : new StageMoved(view);
    }

    private static Decision Remind(RoundsState state, RemindOfAction remind, Attributed asked) =>
        state.Actions.FirstOrDefault(a => a.Number == remind.Number) is { IsOverdue: false, Outcome.From: 0 } action && action.Due <= asked.At
            ? new ActionOverdue(action.Number, action.Owner)
            : Decision.NothingToDo;

    private static IEnumerable<string> Texts(RoundsPlan plan) => plan.Agenda.OrEmpty().Select(a => a.Title).Append(plan.Title).Append(plan.About);
}
