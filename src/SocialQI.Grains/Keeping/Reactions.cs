using SocialQI.Grains.Topics;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What one topic's event causes in another: each is an ordinary command with an id derived from the event, so that doing it twice does it once.</summary>
internal sealed class Reactions(Store store, IGrainFactory grains, TimeProvider clock) : ITailReader
{
    private readonly IReaction[] all = [new Notes(store), new BallotReactions(store, grains), new RoundsReactions(grains), new Outcomes(store, grains)];

    public string Name => TailReaders.Reactions;

    public async Task Read(IReadOnlyList<TailEvent> events, long position)
    {
        // Of a home that comes from another network: what followed from its events is in what comes, and not all of that is here yet.
        var adopting = await store.Tables.Adopting(CancellationToken.None);
        foreach (var tail in events.Where(e => !adopting.Contains(e.Topic.Home)))
        {
            var now = Moment.Of(clock.GetUtcNow());
            foreach (var reaction in all)
            {
                await reaction.To(tail, now, (topic, place, command) => Send(tail, topic, place, command, now));
            }
        }
        await store.Tables.KeepTailPosition(Name, position, CancellationToken.None);
    }

    private async Task Send(TailEvent tail, TopicId topic, object place, Command command, Moment now)
    {
        var answer = await grains.Ask(topic, DerivedId.Of(tail.Topic, tail.Event.Number, place), command, Passport.OfOperator, now);
        if (answer.Refusal is { } refusal && refusal != Refusal.NotThere && refusal.Code is "outcome-unknown" or "busy" or "storage-full")
        {
            throw new IOException("A reaction could not be sent: " + refusal.Code);
        }
    }
}

/// <summary>Sends a topic a command that follows from an event.</summary>
/// <param name="topic">The topic.</param>
/// <param name="place">What distinguishes it from others that follow from the same event.</param>
/// <param name="command">What is asked of it.</param>
internal delegate Task SendReaction(TopicId topic, object place, Command command);

/// <summary>What follows from some kinds of event.</summary>
internal interface IReaction
{
    Task To(TailEvent tail, Moment now, SendReaction send);
}
