using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>
/// A topic as this gateway knows it: its last events, who follows it here, and the state that all who open it are given. News come by the pipe and by
/// the tail, in any mixture; what is known is dropped, a gap is read from the journal.
/// </summary>
internal sealed class TopicRelay : IThreadPoolWorkItem
{
    private const int ViewMayBeBehind = 50;
    private const int SignalsMax = 64;

    // Who follows, and what is being sent to them: to thousands that takes a while. Taken before the other, which nobody holds for long.
    private readonly Lock delivering = new();
    private readonly Lock gate = new();
    private readonly Ring ring = new();
    private readonly TopicId topic;
    private readonly Rounds rounds;
    private readonly Followers followers;
    private readonly OneAtATime<LeaseAnswer> leasing;
    private readonly Missed missed;
    private readonly List<byte[]> gathered = [];
    private readonly List<byte[]> signals = [];
    private Shown? view;
    private Task<Shown>? showing;
    private long pastChangedAt;
    private Task? healing;
    private byte[]? presence;
    private bool isQueued;

    public TopicRelay(TopicId topic, Rounds rounds)
    {
        (this.topic, this.rounds, followers) = (topic, rounds, new(topic, rounds.Passports));
        leasing = new(Renew, rounds.Scheduler);
        missed = new(topic, () => Journal, rounds.Scheduler);
    }

    public TopicId Topic => topic;

    /// <summary>Whether anybody follows here.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (delivering)
            {
                return !followers.IsEmpty;
            }
        }
    }

    private long Head
    {
        get
        {
            lock (gate)
            {
                return ring.Head;
            }
        }
    }

    private IJournal Journal => rounds.Stores.Of(topic.Home, topic.Space).Journal;

    /// <summary>The topic as it stands, or nearly: the client follows on from there. Who may see it is always the newest word.</summary>
    public async Task<Shown> Open()
    {
        Task<Shown> asked;
        lock (gate)
        {
            if (view is { } known && ring.After(known.Number) is { Length: <= ViewMayBeBehind })
            {
                return known with { Audience = followers.Audience ?? known.Audience };
            }
            // Many open at once what has just been told of: the topic is asked for all of them together.
            asked = showing is { IsCompleted: false } ? showing : showing = rounds.Scheduler.Run(Show);
        }
        var shown = await asked;
        return shown with { Audience = followers.Audience ?? shown.Audience };
    }

    /// <summary>True, and for good, when nobody has followed for this long: whoever comes now needs another relay.</summary>
    public bool TryRetire(TimeSpan idle)
    {
        lock (delivering)
        {
            return followers.TryRetire(idle);
        }
    }

    /// <summary>Sends a client everything after a number, and from then on everything, in order and once. Null when this relay has retired.</summary>
    public async Task<Answer?> Follow(Connection connection, long after, CancellationToken stop)
    {
        await Lease();
        await KnowAudience(stop);
        await Reach(after);
        // What it lacks and the ring has not is read from the journal, until the ring can take over without a gap.
        while (!TryJoin(connection, after, stop, out var answer))
        {
            if (answer is not null || followers.IsRetired)
            {
                return answer;
            }
            var (events, message) = await missed.After(after, stop);
            // A full queue takes nothing: the same again once it has drained.
            after += connection.TryEvents(topic, events, message) ? events.Length : 0;
            await connection.Drained(stop);
            await Reach(after);
        }
        return new Answer(after, ring.Head);
    }

    public void Leave(string connection)
    {
        lock (delivering)
        {
            if (!followers.Leave(connection))
            {
                return;
            }
        }
        _ = LeaseQuietly();
    }

    /// <summary>News, from the pipe or the tail. Nobody waits for a socket here.</summary>
    public void Receive(Parcel parcel)
    {
        if (parcel.Signal is { } signal)
        {
            Signal(signal);
            return;
        }
        if (parcel.Audience is { } now)
        {
            Learn(now, parcel.First + parcel.Events.Length - 1);
        }
        lock (gate)
        {
            if (!ring.IsKnown)
            {
                ring.StartAfter(parcel.First - 1);
            }
            if (parcel.First > ring.Head + 1)
            {
                Heal();
                return;
            }
            Announce([.. parcel.Events.Skip((int)(ring.Head + 1 - parcel.First))]);
        }
    }

    /// <summary>The topic has come this far: if not here, it is read on.</summary>
    public void Hint(long number)
    {
        lock (gate)
        {
            if (ring.IsKnown && number > ring.Head)
            {
                Heal();
            }
        }
    }

    /// <summary>Asks again who may follow: somebody's passport has changed.</summary>
    public void AskAgain()
    {
        lock (delivering)
        {
            followers.CloseThoseWhoMayNot(Head);
        }
    }

    /// <summary>Renews the lease in the grain, with who is here: once for all who have come meanwhile.</summary>
    public Task Lease() => leasing.Run();

    private async Task<Shown> Show()
    {
        var shown = await rounds.Grains.Topic(topic).Show();
        lock (gate)
        {
            if (!ring.IsKnown)
            {
                ring.StartAfter(shown.Number);
            }
            view = shown.Number < pastChangedAt ? null : shown;
        }
        Learn(shown.Audience, shown.Number);
        return shown;
    }

    private void Learn(IEnumerable<string> keys, long at)
    {
        lock (delivering)
        {
            followers.Learn(keys, at, Head);
        }
    }

    private async Task<LeaseAnswer> Renew()
    {
        PersonHere[] here;
        lock (delivering)
        {
            here = followers.Here;
        }
        var answer = await rounds.Grains.Topic(topic).Renew(new Lease(rounds.Id, rounds.Inbox, here));
        lock (gate)
        {
            presence = answer.Presence;
            if (!ring.IsKnown)
            {
                ring.StartAfter(answer.Number);
            }
        }
        Hint(answer.Number);
        return answer;
    }

    public async Task LeaseQuietly()
    {
        try
        {
            await Lease();
        }
        catch (Exception e)
        {
            rounds.LogUnreached(topic, e);
        }
    }

    public Task Release() => rounds.Grains.Topic(topic).Release(rounds.Id);

    // Who comes back after a restart follows without opening: nobody has told this relay yet who may.
    private async Task KnowAudience(CancellationToken stop)
    {
        if (followers.Audience is null)
        {
            // Read before the keys, which are then at least as new.
            var at = Head;
            Learn(await rounds.AudienceOf(topic, stop), at);
        }
    }

    // The client may know more than this gateway: it was elsewhere before.
    private async Task Reach(long number)
    {
        Task reading;
        lock (gate)
        {
            if (number <= ring.Head)
            {
                return;
            }
            Heal();
            reading = healing!;
        }
        await reading;
    }

    // False with an answer: it cannot follow from there. False without: what it lacks must be read from the journal first, or its queue is full.
    private bool TryJoin(Connection connection, long after, CancellationToken gone, out Answer? answer)
    {
        lock (delivering)
        {
            // Who has gone meanwhile has been taken out already, and would stay for good.
            gone.ThrowIfCancellationRequested();
            byte[][]? last;
            long head;
            lock (gate)
            {
                answer = after > ring.Head ? new Answer(after, ring.Head, Refusals.Ahead)
                    : ring.Head - after > RoundsProtocol.FollowBehindMax ? new Answer(after, ring.Head, Refusals.TooFarBehind)
                    : null;
                (last, head) = (ring.After(after), ring.Head);
            }
            if (followers.IsRetired || answer is not null || last is not { Length: <= Missed.EventsAtOnce })
            {
                return false;
            }
            if (last.Length > 0 && !connection.TryEvents(topic, last, HubMessages.Events(topic, last)))
            {
                return false;
            }
            // What has gathered and is not sent yet it has now.
            followers.Join(connection, head);
            Greet(connection);
            return true;
        }
    }

    private void Announce(byte[][] envelopes)
    {
        if (envelopes.Length == 0)
        {
            return;
        }
        foreach (var envelope in envelopes)
        {
            ring.Add(envelope);
        }
        if (Array.Exists(envelopes, e => EventCodec.ChangesThePast(e)))
        {
            ring.Forget();
            (view, showing, pastChangedAt) = (null, null, ring.Head);
        }
        gathered.AddRange(envelopes);
        Queue();
    }

    // Behind all that is being written just now: what happens until then goes out together.
    private void Queue()
    {
        if (!isQueued)
        {
            isQueued = true;
            rounds.Scheduler.Queue(this);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        var goesOn = false;
        try
        {
            lock (delivering)
            {
                goesOn = Deliver();
            }
        }
        finally
        {
            lock (gate)
            {
                // The rest, and what has come meanwhile, waits its turn: what others do must not wait for thousands of sockets.
                isQueued = false;
                if (goesOn || gathered.Count + signals.Count > 0)
                {
                    Queue();
                }
            }
        }
    }

    // True when not everybody was sent it yet.
    private bool Deliver()
    {
        if (!followers.IsSending)
        {
            Begin();
        }
        followers.SendSome(Head);
        return followers.IsSending;
    }

    private void Begin()
    {
        byte[][] events;
        byte[][] live;
        long last;
        lock (gate)
        {
            last = ring.Head - gathered.Count;
            (events, live) = ([.. gathered.Take(Missed.EventsAtOnce)], [.. signals]);
            gathered.RemoveRange(0, events.Length);
            signals.Clear();
        }
        followers.Send(events, last + events.Length);
        foreach (var signal in live)
        {
            followers.Signal(signal);
        }
    }

    private void Signal(byte[] signal)
    {
        lock (gate)
        {
            presence = signal.AsSpan().IndexOf("\"here\""u8) >= 0 ? signal : presence;
            if (signals.Count < SignalsMax)
            {
                signals.Add(signal);
                Queue();
            }
        }
    }

    private void Greet(Connection connection)
    {
        _ = LeaseQuietly();
        if (presence is not null)
        {
            connection.Signal(topic, HubMessages.Signals(presence));
        }
    }

    private void Heal() => healing = healing is { IsCompleted: false } running ? running : rounds.Scheduler.Run(ReadOn);

    private async Task ReadOn()
    {
        try
        {
            long head;
            lock (gate)
            {
                head = ring.Head;
            }
            while (await Journal.Read(topic, head + 1, Missed.EventsAtOnce, CancellationToken.None) is { Count: > 0 } events)
            {
                head = events[^1].Number;
                var changed = events.Any(e => !StoreRows.Of(topic, e.Decode()).Audience.IsDefault);
                var now = changed ? await rounds.Tables.AudienceOf(topic, CancellationToken.None) : default;
                Receive(new Parcel(topic.ToString(), events[0].Number, [.. events.Select(e => e.HandedOut())], changed ? [.. now] : null, null));
            }
        }
        catch (Exception e)
        {
            // The tail will hint again within a second.
            rounds.LogUnreached(topic, e);
        }
    }
}
