using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Ballots;

/// <summary>What a case or session does with the ballots that belong to it: one rule for both.</summary>
internal static class BallotCalling
{
    /// <summary>Decides a command about a ballot.</summary>
    /// <param name="owner">What it belongs to.</param>
    /// <param name="ballots">Those that were called there.</param>
    /// <param name="leads">Whether who asks may call and end one.</param>
    /// <param name="leavesHome">Whether others read it than the home's people.</param>
    /// <param name="author">With a case, whose it is; null with a session.</param>
    /// <param name="asked">The command.</param>
    public static Decision Decide(TopicId owner, ImmutableArray<BallotShown> ballots, bool leads, bool leavesHome, ClinicianId? author, Attributed asked) => asked.Command switch
    {
        NoteResult note => !asked.Passport.IsOperator ? Refusal.NotThere
            : Find(ballots, note.Ballot)?.Stage == BallotStage.Open ? new BallotResulted(note.Ballot, note.Ground, note.Result)
            : Decision.NothingToDo,
        _ when !leads => Refusal.NotAllowed,
        EndBallot end => Find(ballots, end.Ballot) switch
        {
            null => BallotRefusals.NoSuchBallot,
            { Stage: BallotStage.Closed } => BallotRefusals.Over,
            { Reason: not null } => Decision.NothingToDo,
            _ => PlainText.RefuseLine("reason", end.Reason, BallotShown.ReasonLengthMax) ?? (Decision)new BallotEnded(end.Ballot, end.Reason),
        },
        CallBallot { Terms.Kind: BallotKind.Differential } when author is null => BallotRefusals.OnACaseOnly,
        CallBallot call => Refuse(owner, ballots, call, asked)
            ?? Attesting.RefuseToSay(leavesHome, call.Attestation, call.Terms.Options.OrEmpty().Prepend(call.Terms.Question))
            ?? (Decision)new BallotCalled(TopicId.BallotOf(owner, call.Key), call.Terms, call.Terms.Kind == BallotKind.Differential ? [author!.Value] : default),
        _ => Refusal.WrongKind,
    };

    private static Refusal? Refuse(TopicId owner, ImmutableArray<BallotShown> ballots, CallBallot call, Attributed asked) =>
        ballots.OrEmpty().Length >= BallotShown.Max ? Refusal.TooMany("ballots", BallotShown.Max)
        : Find(ballots, TopicId.BallotOf(owner, call.Key)) is not null || TopicId.BallotOf(owner, call.Key) == TopicId.VotesOf(owner) ? Refusal.AlreadyThere
        : BallotChecks.Refuse(call.Terms, asked.At) ?? RefuseSecondRound(ballots, call.Terms);

    private static Refusal? RefuseSecondRound(ImmutableArray<BallotShown> ballots, BallotTerms terms) =>
        terms.Before is not { } before ? null
        : Find(ballots, before) is not { } first ? BallotRefusals.NoSuchBallot
        : first.Stage != BallotStage.Closed ? BallotRefusals.FirstRoundOpen
        : first.Terms.Kind != terms.Kind || !first.Terms.Options.OrEmpty().SequenceEqual(terms.Options.OrEmpty()) ? BallotRefusals.OtherQuestion
        : null;

    private static BallotShown? Find(ImmutableArray<BallotShown> ballots, TopicId ballot) => ballots.OrEmpty().FirstOrDefault(b => b.Ballot == ballot);
}
