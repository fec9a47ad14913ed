using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What a ballot and what it belongs to tell each other: that it was called or ended, who may see it, what came of it.</summary>
internal sealed class BallotReactions(Store store, IGrainFactory grains) : IReaction
{
    public async Task To(TailEvent tail, Moment now, SendReaction send)
    {
        switch (tail.Event.Kind)
        {
            case "ballot-called" when tail.Event.Decode().Event is BallotCalled called:
                await send(called.Ballot, "begin", new BeginBallot(tail.Topic, tail.Event.By, called.Terms, called.Recused, called.RecusedFrom));
                break;
            // Whoever calls a ballot names it: it may be the name of another's.
            case "ballot-ended" when tail.Event.Decode().Event is BallotEnded ended && await OwnerOf(ended.Ballot) == tail.Topic:
                await send(ended.Ballot, "close", new CloseBallot(ClosingGround.Moderator));
                break;
            case "ballot-closed" when tail.Event.Decode().Event is BallotClosed closed && await OwnerOf(tail.Topic) is { } owner:
                await send(owner, "result", new NoteResult(tail.Topic, closed.Ground, closed.Result));
                break;
            case "visibility-changed" or "rounds-revised":
                foreach (var ballot in await BallotsOf(tail.Topic))
                {
                    await send(ballot.Ballot, ballot.Ballot, new AdmitToBallot());
                }
                break;
        }
    }

    private async Task<TopicId?> OwnerOf(TopicId ballot) =>
        await store.Journal.Read(ballot, 1, 1, CancellationToken.None) is [var first] && first.Decode().Event is BallotBegun begun ? begun.Owner : null;

    private async Task<ImmutableArray<BallotShown>> BallotsOf(TopicId owner)
    {
        var state = (await grains.Topic(owner).Show()).State;
        return (owner.Kind == TopicKind.Rounds ? Json.Decode<RoundsState>(state).Ballots : Json.Decode<CaseState>(state).Ballots).OrEmpty();
    }
}
