using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using SocialQI.Server.Gateway;
using SocialQI.Storage.Audit;
using SocialQI.Wire;

namespace SocialQI.Server.Auditing;

/// <summary>Records what a connection asks, before it is given the answer.</summary>
public sealed class HubRecording
{
    private readonly AuditTrail trail;
    private readonly AuditedLately lately;
    private readonly Closings closings;

    internal HubRecording(AuditTrail trail, AuditedLately lately, Closings closings) => (this.trail, this.lately, this.closings) = (trail, lately, closings);

    internal async Task<OpenedTopic> Opened(Viewings viewings, OpenedTopic opened)
    {
        if (opened.Refusal is { } refusal)
        {
            return await TryRecord(viewings, new(Acts.Open, refusal.Code) { Topic = opened.Topic }) ? opened : opened with { Refusal = Refusal.NotAudited };
        }
        try
        {
            var record = await trail.Record(viewings.Actor, new(Acts.Open) { Topic = opened.Topic, Last = opened.Number });
            viewings.Opened(opened.Topic, record, opened.Number);
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
        Answer.No(await TryRecord(viewings, new(Acts.Follow, refusal.Code) { Topic = topic }) ? refusal : Refusal.NotAudited);

    /// <exception cref="HubException">It could not be recorded; the client asks again.</exception>
    internal async Task<OwnBallot?> ReadOwn(Viewings viewings, TopicId topic, OwnBallot? own) =>
        await TryRecord(viewings, new(Acts.ReadOwn, CodeOf(own is null ? Refusal.NotThere : null)) { Topic = topic }) ? own : throw new HubException(Refusal.NotAudited.Code);

    internal async Task<Page> Paged(Viewings viewings, TopicId topic, Page page)
    {
        var act = new Act(Acts.ReadPage, CodeOf(page.Refusal)) { Topic = topic };
        act = page.Refusal is not null ? act : act with { First = page.Contributions.FirstOrDefault()?.Number, Last = page.Through, Count = page.Contributions.Length };
        return await TryRecord(viewings, act) ? page : new([], false, 0, Refusal.NotAudited);
    }

    /// <summary>For what was written the event is the record.</summary>
    internal async Task<Answer> Asked(Viewings viewings, TopicId topic, byte[] command, Answer answer) =>
        (answer.Refusal is null && !answer.IsUnchanged)
        || await TryRecord(viewings, new(Acts.Command, CodeOf(answer.Refusal)) { Topic = topic, What = CommandName.Of(command) })
            ? answer
            : Answer.No(Refusal.NotAudited);

    /// <summary>The first of many that came too fast; whether it can be recorded changes nothing: nothing is given out.</summary>
    internal async Task TooFast(Connection? connection, string method)
    {
        if (connection?.Viewings is { } viewings)
        {
            await Quietly(lately.Record(viewings.Actor, new(Acts.Ask, Refusal.SlowDown.Code) { What = JsonNamingPolicy.KebabCaseLower.ConvertName(method) }, method));
        }
    }

    /// <summary>A connection that was ended for what it said.</summary>
    internal Task Misspoke(Viewings viewings) => trail.TryRecord(viewings.Actor, new(Acts.Ask, "misspoken"));

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

    // What was refused because something is away gives nothing out, and cannot be recorded just then: it is answered at once and recorded when it can be.
    private async Task<bool> TryRecord(Viewings viewings, Act act)
    {
        if (Outages.IsSaidBy(act.Result))
        {
            closings.Add(viewings.Actor, act);
            return true;
        }
        return await trail.TryRecord(viewings.Actor, act);
    }

    private static async Task Quietly(Task recording)
    {
        try
        {
            await recording;
        }
        catch (NotAuditedException)
        {
            // It is recorded when it happens again.
        }
    }

    private static string CodeOf(Refusal? refusal) => refusal?.Code ?? AuditEntry.Done;
}
