using SocialQI.Ballots;

namespace SocialQI.GrandRounds;

/// <summary>Folds events into a session: one function for grain, gateway and browser.</summary>
internal static class RoundsFold
{
    public static RoundsState After(RoundsState state, Envelope happened)
    {
        var next = state with { Number = happened.N, Ballots = state.Ballots.After(happened) };
        return happened.Event switch
        {
            RoundsPlanned it => next with { Plan = it.Plan, At = it.At, Planner = it.Planner, Series = it.Series, Stage = RoundsStage.Planned },
            RoundsRevised it => next with { Plan = it.Plan, At = it.At, Sequence = state.Sequence + 1 },
            RoundsCancelled it => next with { Stage = RoundsStage.Cancelled, Sequence = state.Sequence + 1, Reason = new(it.Reason, happened.N) },
            LobbyOpened it => Begun(next, RoundsStage.Lobby, happened.At) with { Votes = it.Votes },
            WentLive => Begun(next, RoundsStage.Live, happened.At) with { View = next.View ?? First(next) },
            DiscussionOpened => Begun(next, RoundsStage.Discussion, happened.At),
            RoundsClosed => Begun(next, RoundsStage.Closed, happened.At),
            StageMoved it => next with { View = it.View },
            RecordingLinked it => next with { Recording = it.Address },
            BallotResulted it when it.Ballot == state.Votes => next with { Voted = it.Result.Whole },
            AttendanceSummed it => next with { Attendance = it.Sum },
            TextRedacted it => Without(next, it.Number),
            _ => Noted(next, happened),
        };
    }

    private static RoundsState Noted(RoundsState next, Envelope happened) => happened.Event switch
    {
        QuestionAsked it => next with { Questions = next.Questions.Add(new(happened.N, happened.At, happened.By, null, happened.For, new(it.Text, happened.N), next.View?.Item)) },
        AnonymousQuestionAsked it => next with { Questions = next.Questions.Add(new(happened.N, happened.At, null, it.Guest, it.From, new(it.Text, happened.N), next.View?.Item)) },
        QuestionWithdrawn it => Question(next, it.Number, q => Gone(q)),
        AnonymousQuestionWithdrawn it => Question(next, it.Number, q => Gone(q)),
        QuestionTaken it => Question(Released(next), it.Number, q => q with { Stage = QuestionStage.Taken }),
        QuestionAnswered it => Question(next, it.Number, q => q with { Stage = QuestionStage.Answered, Said = it.Text is { } text ? new(text, happened.N) : default }),
        QuestionDismissed it => Question(next, it.Number, q => q with { Stage = QuestionStage.Dismissed, Said = new(it.Reason, happened.N) }),
        QuestionMerged it => Question(next, it.Number, q => q with { Stage = QuestionStage.Merged, Into = it.Into }),
        DecisionRecorded it => next with { Decisions = next.Decisions.Add(new(happened.N, happened.At, new(it.Text, happened.N), next.View?.Item)) },
        ActionRecorded it => next with { Actions = next.Actions.Add(new(happened.N, new(it.Text, happened.N), it.Owner, it.Due, next.View?.Item)) },
        ActionSettled it => Action(next, it.Number, a => a with { Outcome = new(it.Outcome, happened.N) }),
        ActionOverdue it => Action(next, it.Number, a => a with { IsOverdue = true }),
        _ => next,
    };

    private static RoundsState Begun(RoundsState state, RoundsStage stage, Moment at) => state with { Stage = stage, Course = state.Course.Add(new(stage, at)) };

    private static StageView? First(RoundsState state) => state.Plan?.Agenda.OrEmpty().IsEmpty == false ? new(0) : null;

    private static QuestionShown Gone(QuestionShown question) => question with { Stage = QuestionStage.Withdrawn, Text = question.Text with { Words = "" } };

    // One is answered at a time.
    private static RoundsState Released(RoundsState state) => state with
    {
        Questions = [.. state.Questions.Select(q => q.Stage == QuestionStage.Taken ? q with { Stage = QuestionStage.Waiting } : q)],
    };

    private static RoundsState Question(RoundsState state, long number, Func<QuestionShown, QuestionShown> change) =>
        state with { Questions = [.. state.Questions.Select(q => q.Number == number ? change(q) : q)] };

    private static RoundsState Action(RoundsState state, long number, Func<ActionShown, ActionShown> change) =>
        state with { Actions = [.. state.Actions.Select(a => a.Number == number ? change(a) : a)] };

    private static RoundsState Without(RoundsState state, long number) => state with
    {
        Reason = state.Reason.Without(number),
        Questions = [.. state.Questions.Select(q => Without(q, number))],
        Decisions = [.. state.Decisions.Select(d => d with { Text = d.Text.Without(number) })],
        Actions = [.. state.Actions.Select(a => Without(a, number))],
    };

    // What stood in the payload beside the text is gone with it.
    private static QuestionShown Without(QuestionShown question, long number) =>
        question.Number != number ? question with { Said = question.Said.Without(number) }
        : question with { Text = question.Text.Without(number), Guest = question.Guest is null ? null : 0, From = question.Guest is null ? question.From : null };

    private static ActionShown Without(ActionShown action, long number) =>
        action.Number != number ? action with { Outcome = action.Outcome.Without(number) }
        : action with { Text = action.Text.Without(number), Owner = default, Due = default };
}
