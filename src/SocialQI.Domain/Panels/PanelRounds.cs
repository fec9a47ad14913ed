using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SocialQI.Ballots;

namespace SocialQI.Panels;

/// <summary>How a panel's rounds begin and end: each is a ballot that belongs to it.</summary>
internal static class PanelRounds
{
    public static Decision Begun(PanelTopic state, BeginRound begin, Moment at)
    {
        var (shown, plan) = (state.Shown, state.Shown.Plan!);
        var asked = Asked(shown);
        var recused = plan.Seats.Where(seat => asked.All(s => shown.IsRecused(seat, s))).ToImmutableArray();
        if (recused.Length == plan.Seats.Length)
        {
            return PanelRefusals.NobodyRates;
        }
        if (begin.ClosesAt <= at || begin.ClosesAt > at + BallotTerms.LastsMax)
        {
            return BallotRefusals.ClosesWhen;
        }
        var terms = new BallotTerms(
            BallotKind.Scale, plan.Question, Options(plan, asked), Seats: plan.Seats, ClosesAfter: plan.Seats.Length - recused.Length, ClosesAt: begin.ClosesAt,
            Before: shown.Rounds.IsEmpty ? null : shown.Rounds[^1].Ballot, AsksAll: true);
        var from = plan.Seats.Except(recused).SelectMany(seat => asked.Index().Where(a => shown.IsRecused(seat, a.Item)).Select(a => new Recusal(seat, a.Index))).ToImmutableArray();
        var ballot = BallotOf(state.Topic, shown.Rounds.Length + 1);
        return Decision.Of(
            new BallotCalled(ballot, terms, recused.IsEmpty ? default : recused, from.IsEmpty ? default : from),
            new PanelRoundBegun(ballot, asked, begin.ClosesAt, shown.AwaitsNecessity));
    }

    public static Decision Ended(PanelState state, EndBallot end) =>
        state.OpenRound is not { } round ? PanelRefusals.NoRoundOpen
        : round.Ballot != end.Ballot ? BallotRefusals.NoSuchBallot
        : round.Reason is not null ? Decision.NothingToDo
        : PlainText.RefuseLine("reason", end.Reason, BallotShown.ReasonLengthMax) ?? (Decision)new BallotEnded(end.Ballot, end.Reason);

    public static Decision Closed(PanelState state, NoteResult note)
    {
        var round = state.OpenRound!;
        var statements = PanelCounting.Of(state, note.Result.Whole);
        var ends = round.IsNecessity ? null : PanelCounting.Ends(state, statements);
        var closed = new PanelRoundClosed(note.Ballot, note.Ground, note.Result.Whole, statements, note.Result.Concordance, ends);
        var goesOn = round.IsNecessity ? false : ends is null || (state.Plan!.Rule.AsksNecessity && statements.Any(IsAppropriate));
        return goesOn ? closed : Decision.Of(closed, new PanelClosed(state.Ends ?? ends!.Value));
    }

    // Whether it is necessary is asked only of what is appropriate.
    private static ImmutableArray<int> Asked(PanelState state) => state.AwaitsNecessity
        ? [.. state.RatingRounds.Last().Statements.Where(IsAppropriate).Select(s => s.Statement)]
        : [.. Enumerable.Range(0, state.Plan!.Statements.Length)];

    private static ImmutableArray<string> Options(PanelPlan plan, ImmutableArray<int> asked) => [.. asked.Select(s => plan.Statements[s])];

    private static bool IsAppropriate(StatementResult result) => result.Assessed?.Verdict == Verdict.Appropriate;

    // The name follows from the panel's, so that nobody can give a round the name of somebody else's ballot.
    private static TopicId BallotOf(TopicId panel, int round) =>
        TopicId.BallotOf(panel, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{panel}\n{round}"))).AsSpan(0, 16)));
}
