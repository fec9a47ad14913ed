using System.Collections.Immutable;
using System.Text.Json;
using SocialQI.Clinicians;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>The line to the service.</summary>
public enum Line { Connecting, Up, Down }

/// <summary>
/// What is open in this browser, kept true: every topic gets what arrives and asks for what it misses, and every command is asked until it is answered.
/// Survives any number of lost connections; see <see cref="Connection"/>.
/// </summary>
public sealed class Rounds
{
    private readonly Dictionary<TopicId, OpenTopic> topics = [];
    private readonly Hub hub;
    private readonly TimeProvider time;
    private readonly Func<int, Task> pause;
    private TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Watches watches = new();

    public Rounds(Hub hub, Outbox outbox, TimeProvider time, Func<int, Task>? pause = null)
    {
        (this.hub, Outbox, this.time) = (hub, outbox, time);
        this.pause = pause ?? (attempt => Task.Delay(Backoff.After(attempt, Random.Shared.NextDouble()), time));
        Sender = new Sender(outbox, hub.Send, () => up.Task, this.pause);
        Sender.Answered += (sending, _) => Settle(sending.Topic);
        Outbox.Changed += () => Changed?.Invoke();
    }

    public Me? Me { get; private set; }

    /// <summary>This person's own topic, where it is open: what they follow, and their inbox.</summary>
    public ClinicianState? Mine => Me is { } me ? topics.GetValueOrDefault(me.Id.Topic)?.Feed.State?.Clinician : null;

    public Line Line { get; private set; }

    /// <summary>Since when the line is down; null while it is not.</summary>
    public DateTimeOffset? DownSince { get; private set; }

    public Outbox Outbox { get; }
    public Sender Sender { get; }

    public bool IsCatchingUp => topics.Values.Any(t => t.Feed.IsBehind || (t.Feed.State is null && t.Feed.Shut is null));

    /// <summary>The line, the person or the outbox changed.</summary>
    public event Action? Changed;

    /// <summary>The connection is there after it was not: what was asked for meanwhile may have failed, and what happened was not heard.</summary>
    public event Action? CameBack;

    /// <summary>What is shown of a topic changed.</summary>
    public event Action<TopicId>? Moved;

    /// <summary>Heads of watched topics moved.</summary>
    public event Action<IReadOnlyList<TopicHead>>? HeadsMoved;

    /// <summary>Whether the service says nothing for the moment of something open.</summary>
    public bool IsHeld => Line == Line.Up && topics.Values.Any(t => t.IsHeld);

    /// <summary>Begins to show a topic; each call needs one <see cref="Leave"/>.</summary>
    public OpenTopic Open(TopicId topic)
    {
        if (topics.TryGetValue(topic, out var open))
        {
            open.Holders++;
            return open;
        }
        topics[topic] = open = new OpenTopic(topic, hub, () => up.Task, pause, Settle);
        _ = open.Sync();
        return open;
    }

    public void Leave(TopicId topic)
    {
        if (topics.TryGetValue(topic, out var open) && --open.Holders == 0)
        {
            topics.Remove(topic);
            _ = hub.Unfollow(topic);
        }
    }

    /// <summary>Asks for something under a new id. Completes when the service has answered, however long that takes.</summary>
    public Task<Answer> Send(TopicId topic, Command command)
    {
        var now = time.GetUtcNow();
        var seen = topics.GetValueOrDefault(topic)?.Feed.Last ?? 0;
        return Sender.Send(new Sending(Guid.CreateVersion7(now), topic, command, Moment.Of(now), seen));
    }

    public void TryAgain(Sending refused)
    {
        Outbox.TryAgain(refused.Id);
        _ = Sender.Pump(refused.Topic);
    }

    public void Typing(TopicId topic) => _ = Line == Line.Up ? hub.Typing(topic) : Task.CompletedTask;

    /// <summary>Others see for a moment where on the stage this person points.</summary>
    public void Point(TopicId topic, PointedAt at) => _ = Line == Line.Up ? hub.Point(topic, at) : Task.CompletedTask;

    /// <summary>One's own seat in a ballot; null when there is no answer, no such ballot yet, or no seat in it.</summary>
    public async Task<OwnBallot?> Own(TopicId ballot)
    {
        await up.Task;
        return await hub.Own(ballot);
    }

    /// <summary>From now on tells of these topics' heads, instead of others that the same part of the program asked for.</summary>
    public void Watch(object who, IReadOnlyCollection<TopicId> these)
    {
        if (watches.Set(who, these))
        {
            _ = WatchAgain();
        }
    }

    internal void WentUp(Me me)
    {
        var isBack = DownSince is not null;
        (Me, Line, DownSince) = (me, Line.Up, null);
        up.TrySetResult();
        foreach (var open in topics.Values)
        {
            open.Feed.Reconnected(me.Epoch);
            _ = open.Sync();
        }
        _ = watches.All.IsEmpty ? Task.CompletedTask : WatchAgain();
        (isBack ? CameBack : null)?.Invoke();
        Changed?.Invoke();
    }

    internal void WentDown()
    {
        if (up.Task.IsCompleted)
        {
            up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        (Line, DownSince) = (Line == Line.Up ? Line.Down : Line, DownSince ?? time.GetUtcNow());
        foreach (var open in topics.Values)
        {
            open.Presence.Clear();
            Moved?.Invoke(open.Feed.Topic);
        }
        Changed?.Invoke();
    }

    /// <summary>The person's rights or choices changed.</summary>
    internal void Knows(Me me)
    {
        Me = me;
        Changed?.Invoke();
    }

    internal void EventsArrived(TopicId topic, JsonElement[] envelopes) => InOpen(topic, open => open.Arrived(Array.ConvertAll(envelopes, EventCodec.Decode)));

    internal void HeadsArrived(TopicHead[] heads) => HeadsMoved?.Invoke(heads);

    internal void SignalArrived(TopicSignal signal) => InOpen(signal.Topic, open => open.Presence.Signalled(signal, time.GetUtcNow()));

    internal void ToldToCatchUp(TopicId topic, long head) => InOpen(topic, open => open.CatchUp(head));

    internal void WasClosed(TopicId topic) => InOpen(topic, open =>
    {
        open.Feed.Close(Refusal.NotThere);
        open.Presence.Clear();
    });

    private void InOpen(TopicId topic, Action<OpenTopic> happen)
    {
        if (topics.TryGetValue(topic, out var open))
        {
            happen(open);
            Settle(topic);
        }
    }

    /// <summary>No line stands both in the outbox and in the timeline.</summary>
    private void Settle(TopicId topic)
    {
        if (Me is { } me && topics.GetValueOrDefault(topic)?.Feed.State?.Case is { } state)
        {
            Outbox.Reconcile(topic, state, me.Id);
        }
        Moved?.Invoke(topic);
    }

    private async Task WatchAgain()
    {
        if (Line == Line.Up && await hub.Watch(watches.All) is { } heads)
        {
            HeadsArrived(heads);
        }
    }
}
