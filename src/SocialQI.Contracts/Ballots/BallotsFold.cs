using System.Collections.Immutable;

namespace SocialQI.Ballots;

/// <summary>How ballots appear in what they belong to: one fold for cases and sessions.</summary>
public static class BallotsFold
{
    /// <summary>The ballots after this event, in the order they were called; the same where it says nothing of one.</summary>
    public static ImmutableArray<BallotShown> After(this ImmutableArray<BallotShown> ballots, Envelope happened) => happened.Event switch
    {
        BallotCalled it => ballots.OrEmpty().Add(new(it.Ballot, happened.N, happened.By, it.Terms)),
        BallotEnded it => ballots.With(it.Ballot, b => b with { Reason = it.Reason }),
        BallotResulted it => ballots.With(it.Ballot, b => b with { Stage = BallotStage.Closed, Ground = it.Ground, Result = it.Result }),
        _ => ballots,
    };

    private static ImmutableArray<BallotShown> With(this ImmutableArray<BallotShown> ballots, TopicId ballot, Func<BallotShown, BallotShown> change) =>
        ballots.IsDefault ? ballots : [.. ballots.Select(b => b.Ballot == ballot ? change(b) : b)];
}
