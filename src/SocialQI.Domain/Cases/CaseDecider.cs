using SocialQI.Ballots;
using SocialQI.GrandRounds;

namespace SocialQI.Cases;

/// <summary>What may be done to a case, by whom, and what comes of it.</summary>
internal static class CaseDecider
{
    public static Decision Decide(CaseTopic state, Attributed asked) => asked.Command switch
    {
        not (CaseCommand or OwnerCommand) => Refusal.WrongKind,
        IAttested { Attestation: not null } when Attesting.IsMachine(asked) => CaseRefusals.MachinesAttestNothing,
        StartCase or StartHallway or ImportCase when state.Shown.Stage != CaseStage.None => MayBegin(state, asked) ?? Decision.No(Refusal.AlreadyThere),
        StartCase start => MayBegin(state, asked) ?? CaseChecks.Refuse(start.Title, start.Question, start.Condition, start.Sections)
            ?? Yes(new CaseStarted(start.Title, start.Question, start.Condition, start.Sections.OrEmpty())),
        ImportCase import => MayBegin(state, asked) ?? CaseChecks.Refuse(import.Title, import.Question, import.Condition, import.Sections)
            ?? CaseChecks.Refuse(import.Facts.OrEmpty())
            ?? Decision.Of([
                new CaseStarted(import.Title, import.Question, import.Condition, import.Sections.OrEmpty()),
                .. import.Facts.OrEmpty().Select(f => new FactAdded(f.Day, f.Text))]),
        StartHallway start => MayBegin(state, asked) ?? PlainText.RefuseLine("line", start.Line, CaseState.TitleLengthMax)
            ?? CaseChecks.Refuse(start.Visibility, state.Topic.Home, asked)
            ?? Attesting.RefuseToOpen(start.Attestation)
            ?? Yes(new HallwayStarted(start.Line, Tidy(start.Visibility), start.Visibility.AudienceOf(asked.By, state.Topic.Home), start.Attestation)),
        NoteResult or LeaveQuestions or RemindOfOutcome => DecideForTheService(state, asked),
        BreakGlass glass => Glass.Decide(state, glass, asked),
        _ when state.Shown.Stage == CaseStage.None || !Access.MaySee(asked.Passport, state.Audience, asked.At) => Refusal.NotThere,
        _ when Access.SeesByGlassAlone(asked.Passport, state.Audience, asked.At) => CaseRefusals.SeenInAnEmergency,
        _ when asked.For is null => Refusal.NoAffiliation,
        RedactText redact => Redacting.Decide(state.Topic.Home, redact, asked),
        _ when ModerationDecider.Decide(state, asked) is { } moderated => moderated,
        // What came of a case is most often known after it was closed.
        OutcomeCommand outcome when CaseWriting.OnlyReads(asked.Passport, asked.At) is null && !Moderating.IsMuted(state.Shown, asked.Passport, asked.At) =>
            OutcomeDecider.Decide(state, outcome, asked),
        ReopenCase reopen when CaseWriting.OnlyReads(asked.Passport, asked.At) is null && !Moderating.IsMuted(state.Shown, asked.Passport, asked.At) => Reopen(state, reopen, asked),
        _ when CaseWriting.Refuse(state.Shown.Stage, state.Audience, asked.Passport, asked.At) is { } refusal => refusal,
        // What somebody regrets they may still take back.
        not WithdrawContribution when Moderating.IsMuted(state.Shown, asked.Passport, asked.At) => CaseRefusals.Muted,
        CallBallot { Terms.Kind: BallotKind.Differential } when state.Shown.Outcome is not null => OutcomeRefusals.Known,
        OwnerCommand => BallotCalling.Decide(state.Topic, state.Shown.Ballots, IsAuthor(state, asked) || Moderates(state, asked), Attesting.LeavesHome(state.Shown), state.Shown.Author, asked),
        PostContribution post => ContributionDecider.Post(state, post, asked),
        EditContribution edit => ContributionDecider.Edit(state, edit, asked),
        WithdrawContribution withdraw => ContributionDecider.Withdraw(state, withdraw, asked),
        React react => ContributionDecider.React(state, react, asked),
        AddFact add => ContributionDecider.AddFact(state, add, asked),
        _ => DecideByAuthor(state, asked),
    };

    private static Decision DecideForTheService(CaseTopic state, Attributed asked) => asked.Command switch
    {
        NoteResult => BallotCalling.Decide(state.Topic, state.Shown.Ballots, leads: false, leavesHome: false, author: null, asked),
        LeaveQuestions left => !asked.Passport.IsOperator ? Refusal.NotThere
            : state.Shown.Stage is not (CaseStage.Open or CaseStage.Closed) || state.Shown.Left.OrEmpty().Any(l => l.Rounds == left.Rounds) ? Decision.NothingToDo
            // Others may read the case than sat in the session.
            : Attesting.RefuseToSay(state.Shown, null, left.Questions.Select(q => q.Text)) ?? Yes(new QuestionsLeft(left.Rounds, left.Questions)),
        _ => OutcomeDecider.Remind(state, asked),
    };

    public static bool Moderates(CaseTopic state, Attributed asked) => Moderating.KeepsOrder(asked.Passport, state.Topic.Home, state.Shown.Visibility, asked.At);

    private static bool KeepsOrderAtHome(CaseTopic state, Attributed asked) =>
        Moderating.KeepsOrderAtHome(asked.Passport, state.Topic.Home, asked.At);

    private static Decision DecideByAuthor(CaseTopic state, Attributed asked) => asked.Command switch
    {
        CloseCase close => Close(state, close, asked),
        ChangeVisibility change when IsAuthor(state, asked) || KeepsOrderAtHome(state, asked) => ChangeVisibility(state, change, asked),
        _ when !IsAuthor(state, asked) => Refusal.NotAllowed,
        PromoteHallway when !state.Shown.IsHallway => CaseRefusals.NotHallway,
        PromoteHallway promote => CaseChecks.Refuse(promote.Title, promote.Question, promote.Condition, promote.Sections)
            ?? Attesting.RefuseToOpen(promote.Attestation)
            ?? Yes(new CasePromoted(promote.Title, promote.Question, promote.Condition, promote.Sections.OrEmpty(), promote.Attestation)),
        OpenCase when state.Shown.Stage != CaseStage.Draft => CaseRefusals.NotDraft,
        OpenCase open => CaseChecks.Refuse(open.Visibility, state.Topic.Home, asked)
            ?? Attesting.RefuseToOpen(open.Attestation)
            ?? Yes(new CaseOpened(Tidy(open.Visibility), open.Visibility.AudienceOf(state.Shown.Author, state.Topic.Home), open.Attestation)),
        ReviseCase or ReviseSection when state.Shown.IsHallway => CaseRefusals.Hallway,
        ReviseCase revise => CaseChecks.Refuse(revise.Title, revise.Question, revise.Condition, [])
            ?? Attesting.RefuseToSay(state.Shown, revise.Attestation, revise.Title, revise.Question)
            ?? Yes(new CaseRevised(revise.Title, revise.Question, revise.Condition, revise.Attestation)),
        ReviseSection revise => CaseChecks.Refuse(revise.Section)
            ?? Attesting.RefuseToSay(state.Shown, revise.Attestation, revise.Section.Text)
            ?? Yes(new SectionRevised(revise.Section, revise.Attestation)),
        _ => Refusal.WrongKind,
    };

    private static bool IsAuthor(CaseTopic state, Attributed asked) => asked.By == state.Shown.Author;

    private static Decision? MayBegin(CaseTopic state, Attributed asked) =>
        asked.For is not { } acting ? Refusal.NoAffiliation
        : acting != state.Topic.Home || state.Topic.Space != Space.Open ? Refusal.WrongHome
        : CaseWriting.OnlyReads(asked.Passport, asked.At);

    private static Decision ChangeVisibility(CaseTopic state, ChangeVisibility change, Attributed asked) =>
        state.Shown.Stage == CaseStage.Draft ? CaseRefusals.StillDraft
        : CaseChecks.Refuse(change.Visibility, state.Topic.Home, asked)
        ?? Attesting.RefuseToWiden(state.Audience, change.Visibility.AudienceOf(state.Shown.Author, state.Topic.Home), change.Attestation)
        ?? Yes(new VisibilityChanged(Tidy(change.Visibility), change.Visibility.AudienceOf(state.Shown.Author, state.Topic.Home), change.Attestation));

    private static Decision Close(CaseTopic state, CloseCase close, Attributed asked) =>
        !IsAuthor(state, asked) && !Moderates(state, asked) ? Refusal.NotAllowed
        : state.Shown.Stage == CaseStage.Draft ? CaseRefusals.StillDraft
        : PlainText.RefuseProse("lesson", close.Learned, CaseState.ReasonLengthMax)
        ?? Attesting.RefuseToSay(state.Shown, close.Attestation, close.Learned)
        ?? Yes(new CaseClosed(close.Learned, close.Attestation));

    private static Decision Reopen(CaseTopic state, ReopenCase reopen, Attributed asked) =>
        !IsAuthor(state, asked) && !Moderates(state, asked) ? Refusal.NotAllowed
        : state.Shown.Stage != CaseStage.Closed ? CaseRefusals.NotClosed
        : PlainText.RefuseProse("reason", reopen.Reason, CaseState.ReasonLengthMax)
        ?? Attesting.RefuseToSay(state.Shown, reopen.Attestation, reopen.Reason)
        ?? Yes(new CaseReopened(reopen.Reason, reopen.Attestation));

    // Only the list that the kind of visibility uses is kept.
    private static Visibility Tidy(Visibility chosen) => chosen.Kind switch
    {
        VisibilityKind.Communities => new(chosen.Kind, Communities: [.. chosen.Communities.Distinct()]),
        VisibilityKind.Named => new(chosen.Kind, Clinicians: [.. chosen.Clinicians.Distinct()]),
        _ => new(chosen.Kind),
    };

    private static Decision Yes(TopicEvent happened) => happened;
}
