using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.GrandRounds;

/// <summary>What may be done to the questions of a session.</summary>
internal static class QuestionDecider
{
    public static Decision Decide(RoundsTopic state, Attributed asked) => asked.Command switch
    {
        _ when !state.Shown.IsOn => RoundsRefusals.NotOn,
        AskQuestion ask => Ask(state, ask, asked),
        WithdrawQuestion it => Settled(state, it.Number) ?? Withdraw(state, it.Number, asked),
        TakeQuestion it => Refuse(state, it.Number, RoundsDecider.LeadsOrPresents(state, asked))
            ?? (Find(state, it.Number)!.Stage == QuestionStage.Taken ? Decision.NothingToDo : new QuestionTaken(it.Number)),
        AnswerQuestion it => Refuse(state, it.Number, RoundsDecider.LeadsOrPresents(state, asked)) ?? Answer(state, it),
        DismissQuestion it => Refuse(state, it.Number, RoundsDecider.Leads(state, asked))
            ?? PlainText.RefuseLine("reason", it.Reason, QuestionShown.ReasonLengthMax)
            ?? (Decision)new QuestionDismissed(it.Number, it.Reason),
        MergeQuestion it => Refuse(state, it.Number, RoundsDecider.Leads(state, asked)) ?? Merge(state, it),
        _ => Refusal.WrongKind,
    };

    private static Decision Ask(RoundsTopic state, AskQuestion ask, Attributed asked) =>
        PlainText.RefuseLine("question", ask.Text, QuestionShown.TextLengthMax)
        ?? Attesting.RefuseToSay(RoundsDecider.LeavesHome(state.Shown), ask.Attestation, ask.Text)
        ?? (state.Shown.Questions.Length >= RoundsState.QuestionsMax ? Refusal.TooMany("questions", RoundsState.QuestionsMax)
            : state.Askers.Values.Count(a => a == asked.By) >= RoundsState.QuestionsOfOneMax ? Refusal.TooMany("questions of one person", RoundsState.QuestionsOfOneMax)
            : null)
        ?? (ask.IsAnonymous ? (Decision)Anonymous(state, ask, asked) : new QuestionAsked(ask.Text));

    private static AnonymousQuestionAsked Anonymous(RoundsTopic state, AskQuestion ask, Attributed asked)
    {
        var known = state.Guests.IndexOf(asked.By);
        return new AnonymousQuestionAsked(
            ask.Text, known >= 0 ? known + 1 : state.Guests.Count + 1, asked.PresentForMine >= GroupTally.EnteredMin ? asked.For : null);
    }

    private static Decision Withdraw(RoundsTopic state, long number, Attributed asked) =>
        state.Askers.GetValueOrDefault(number) != asked.By ? RoundsRefusals.NotYourQuestion
        : Find(state, number)!.By is null ? new AnonymousQuestionWithdrawn(number)
        : new QuestionWithdrawn(number);

    private static Decision Answer(RoundsTopic state, AnswerQuestion answer) =>
        answer.Text is null ? new QuestionAnswered(answer.Number, null)
        : PlainText.RefuseProse("answer", answer.Text, QuestionShown.AnswerLengthMax)
        ?? Attesting.RefuseToSay(RoundsDecider.LeavesHome(state.Shown), answer.Attestation, answer.Text)
        ?? (Decision)new QuestionAnswered(answer.Number, answer.Text);

    private static Decision Merge(RoundsTopic state, MergeQuestion merge) =>
        merge.Into == merge.Number || Settled(state, merge.Into) is not null ? RoundsRefusals.IntoItself : new QuestionMerged(merge.Number, merge.Into);

    private static Decision? Refuse(RoundsTopic state, long number, bool may) => !may ? Refusal.NotAllowed : Settled(state, number);

    private static Refusal? Settled(RoundsTopic state, long number) =>
        Find(state, number) is not { } question ? RoundsRefusals.NoSuchQuestion
        : question.Stage is QuestionStage.Waiting or QuestionStage.Taken ? null
        : RoundsRefusals.QuestionSettled;

    private static QuestionShown? Find(RoundsTopic state, long number) => state.Shown.Questions.FirstOrDefault(q => q.Number == number);
}
