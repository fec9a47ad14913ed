using Microsoft.AspNetCore.SignalR;
using SocialQI.Storage.Audit;
using SocialQI.Wire;

namespace SocialQI.Server.Auditing;

/// <summary>Records what a connection asks, before it is given the answer.</summary>
public sealed class HubRecording
{
    private readonly AuditTrail trail;
    private readonly AuditedLately lately;

    internal HubRecording(AuditTrail trail, AuditedLately lately) => (this.trail, this.lately) = (trail, lately);

    internal async Task<OpenedTopic> Opened(Viewings viewings, OpenedTopic opened)
    {
        try
        {
            var act = new Act(Acts.Open, CodeOf(opened.Refusal)) { Topic = opened.Topic, Last = opened.Refusal is null ? opened.Number : null };
            var record = await trail.Record(viewings.Actor, act);
            if (opened.Refusal is null)
            {
                viewings.Opened(opened.Topic, record, opened.Number);
            }
            return opened;
        }
        catch (NotAuditedException)
        {
            return new(opened.Topic, "", 0, null, Refusal.NotAudited);
        }
    }

    /// <summary>Following begins: null when that is recorded, else why it may not.</summary>
    internal async Task<Refusal?> Follows(Viewings viewings, TopicId topic, long after)
    {
        if (viewings.GoesOn(topic, after))
        {
            return null;
        }
        try
        {
            viewings.Followed(topic, await trail.Record(viewings.Actor, new(Acts.Follow) { Topic = topic, First = after }), after);
            return null;
        }
        catch (NotAuditedException)
        {
            return Refusal.NotAudited;
        }
    }

    internal async Task<Answer> Refused(Viewings viewings, TopicId topic, Refusal refusal) =>
        Answer.No(await trail.TryRecord(viewings.Actor, new(Acts.Follow, refusal.Code) { Topic = topic }) ? refusal : Refusal.NotAudited);

    internal async Task<Page> Paged(Viewings viewings, TopicId topic, Page page)
    {
        var act = new Act(Acts.ReadPage, CodeOf(page.Refusal)) { Topic = topic };
        act = page.Refusal is not null ? act : act with { First = page.Contributions.FirstOrDefault()?.Number, Last = page.Through, Count = page.Contributions.Length };
        return await trail.TryRecord(viewings.Actor, act) ? page : new([], false, 0, Refusal.NotAudited);
    }

    /// <summary>For what was written the event is the record.</summary>
    internal async Task<Answer> Asked(Viewings viewings, TopicId topic, byte[] command, Answer answer) =>
        (answer.Refusal is null && !answer.IsUnchanged)
        || await trail.TryRecord(viewings.Actor, new(Acts.Command, CodeOf(answer.Refusal)) { Topic = topic, What = CommandName.Of(command) })
            ? answer
            : Answer.No(Refusal.NotAudited);

    /// <exception cref="HubException">It could not be recorded; the client asks again.</exception>
    internal async Task Watches(Viewings viewings, string connection, HashSet<TopicId> topics)
    {
        try
        {
            await lately.Record(viewings.Actor, new(Acts.WatchHeads) { Count = topics.Count }, connection + string.Join(' ', topics));
        }
        catch (NotAuditedException)
        {
            throw new HubException(Refusal.NotAudited.Code);
        }
    }

    private static string CodeOf(Refusal? refusal) => refusal?.Code ?? AuditEntry.Done;
}
