using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using SocialQI.Grains.Topics;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway.Transport;
using SocialQI.Server.SignIn;
using SocialQI.Storage.Audit;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>
/// What a client can ask over its connection. The way of a contribution: the browser shows it as sending and calls <see cref="Send"/>; here it is stamped
/// with who, acting for whom, and when; the topic's grain decides it and the journal commits it; then the caller gets its numbers, and the bytes go
/// through the pipe to <see cref="Rounds.Deliver"/>, from there by the topic's relay to every connection that follows.
/// </summary>
[Authorize]
public sealed class RoundsHub(Rounds rounds, Asking asking, LiveSessions sessions, HubRecording recording) : Hub
{
    private Connection Connection => Context.Features.Get<Connection>() ?? throw new HubException("unavailable");

    private Viewings Viewings => Connection.Viewings!;

    /// <summary>The topic as it stands. Follow it from the number given.</summary>
    [Door(Who.MaySeeTopic)]
    public async Task<OpenedTopic> Open(TopicId topic) => await recording.Opened(Viewings, await asking.Open(Connection.Person, topic, Context.ConnectionAborted));

    /// <summary>Everything after this number, and from then on everything, in order and once.</summary>
    [Door(Who.MaySeeTopic)]
    public Task<Answer> Follow(TopicId topic, long after) => asking.OrSay(topic, FollowOn(topic, after), Answer.No(Refusal.NotNow));

    /// <summary>No more of this topic.</summary>
    [Door(Who.SignedIn)]
    public void Unfollow(TopicId topic)
    {
        Connection.Open.Remove(topic);
        rounds.FindRelay(topic)?.Leave(Connection.Id);
        // What waits is not written any more: the record of the following ends with what was.
        Connection.Drop(topic);
        Viewings.End(topic, AuditEntry.Done);
    }

    /// <summary>Ask a topic for something. Asking again with the same id does it once.</summary>
    [Door(Who.RulesDecide)]
    public async Task<Answer> Send(TopicId topic, Guid id, UnreadJson command)
    {
        sessions.Active(Connection.Session);
        var answer = await asking.Send(Connection.Person, topic, id, command.Bytes, Context.ConnectionAborted);
        return await recording.Asked(Viewings, topic, command.Bytes, answer);
    }

    /// <summary>Contributions before a number.</summary>
    [Door(Who.MaySeeTopic)]
    public async Task<Page> Page(TopicId topic, long before) =>
        await recording.Paged(Viewings, topic, await asking.Page(Connection.Person, topic, before, Context.ConnectionAborted));

    /// <summary>Something live that is not history.</summary>
    [Door(Who.MaySeeTopic)]
    public async Task Signal(TopicId topic, SignalKind kind)
    {
        if (kind == SignalKind.Typing && Connection.Open.Has(topic) && await asking.RefuseToShow(Connection.Person, topic, Context.ConnectionAborted) is null)
        {
            await rounds.Quietly(rounds.Grains.Topic(topic).Signal(Connection.Person.Value), topic);
        }
    }

    /// <summary>What one sees of a ballot before it is closed: whether it takes entries, and one's own. To who has no seat there is none.</summary>
    [Door(Who.RulesDecide)]
    public async Task<OwnBallot?> Own(TopicId ballot) =>
        await recording.ReadOwn(Viewings, ballot, await asking.Own(Connection.Person, ballot, Context.ConnectionAborted));

    /// <summary>Points at what is on stage, in thousandths of its width and height. Who leads or presents; to others nothing happens.</summary>
    [Door(Who.RulesDecide)]
    public async Task Point(TopicId topic, int x, int y)
    {
        if (Connection.Open.Has(topic) && await asking.RefuseToShow(Connection.Person, topic, Context.ConnectionAborted) is null)
        {
            await rounds.Quietly(rounds.Grains.Topic(topic).Point(Connection.Person.Value, x, y), topic);
        }
    }

    /// <summary>The heads of these topics, and from then on their new heads, at most once a second. It replaces what was watched before.</summary>
    [Door(Who.MaySeeTopic)]
    public async Task<TopicHead[]> Watch(TopicId[] topics)
    {
        var watched = topics.Take(Rounds.WatchedMax).ToHashSet();
        await recording.Watches(Viewings, Connection.Id, watched);
        Connection.Watched = watched;
        return await asking.Heads(Connection.Person, watched, Context.ConnectionAborted);
    }

    /// <summary>The person did something, though they asked for nothing: a page that is read has no other way to say so.</summary>
    [Door(Who.SignedIn)]
    public void Active() => sessions.Active(Connection.Session);

    /// <summary>What cannot be understood is taken for a call of this, by <see cref="QuietJsonProtocol"/>. After so many the connection ends.</summary>
    /// <exception cref="HubException">Always.</exception>
    [Door(Who.SignedIn)]
    public async Task Misspoken()
    {
        if (Connection.Misspoke())
        {
            await recording.Misspoke(Viewings);
            rounds.End(Connection);
        }
        throw new HubException("There is no such call.");
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Features.Get<Connection>() is { } connection)
        {
            rounds.Remove(connection);
            connection.Viewings?.EndAll();
        }
        return Task.CompletedTask;
    }

    private async Task<Answer> FollowOn(TopicId topic, long after)
    {
        if (await asking.RefuseToShow(Connection.Person, topic, Context.ConnectionAborted) is { } refusal)
        {
            return await recording.Refused(Viewings, topic, refusal);
        }
        if (!Connection.Open.TryAdd(topic))
        {
            return await recording.Refused(Viewings, topic, Refusals.TooManyOpen);
        }
        after = Math.Max(0, after);
        if (await recording.Follows(Viewings, topic, after) is { } notAudited)
        {
            return Answer.No(notAudited);
        }
        var answer = await rounds.Follow(topic, Connection, after, Context.ConnectionAborted);
        if (answer.Refusal is { } no)
        {
            Viewings.End(topic, no.Code);
        }
        return answer;
    }
}

/// <summary>Gives every connection its queue, before any of the hub's methods can run.</summary>
internal sealed class RoundsLifetime(Rounds rounds, Closings closings, ILogger<DefaultHubLifetimeManager<RoundsHub>> log) : DefaultHubLifetimeManager<RoundsHub>(log)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        if (SignedIn.Person(connection.User) is not { } person || SignedIn.Session(connection.User) is not { } session)
        {
            throw new HubException("not signed in");
        }
        if (rounds.IsFull(person))
        {
            // Many at once have come past the refusal by HTTP.
            connection.Abort();
            return Task.CompletedTask;
        }
        var from = connection.GetHttpContext()?.Connection.RemoteIpAddress?.ToString();
        var mine = new Connection(connection, person, session) { Viewings = new(new(person, null, from), closings) };
        connection.Features.Set(mine);
        if (connection.Features.Get<Outlet>() is { } outlet)
        {
            outlet.Owner = mine;
        }
        rounds.Add(mine);
        return base.OnConnectedAsync(connection);
    }
}
