using System.Collections.Concurrent;
using System.Diagnostics;
using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using SocialQI.Wire;

namespace SocialQI.Grains.Tests;

/// <summary>A gateway that follows one topic: hears pushes, sees gaps by their numbers, and fills them from the journal.</summary>
internal sealed class Follower : IGatewayInbox
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    // As often as gateways read the tail.
    private static readonly TimeSpan untilHealed = TimeSpan.FromSeconds(1);
    private static readonly IEqualityComparer<byte[]> same =
        EqualityComparer<byte[]>.Create((one, other) => one.AsSpan().SequenceEqual(other), bytes => bytes.Length);

    private readonly Lock gate = new();
    private readonly LiveTopic live;
    private readonly IGatewayInbox reference;
    private readonly List<(long Number, byte[] Bytes)> heard = [];
    private readonly ConcurrentQueue<TopicSignal> signals = new();
    private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Follower(LiveTopic live)
    {
        this.live = live;
        reference = live.Silos.Grains.CreateObjectReference<IGatewayInbox>(this);
    }

    public Guid Gateway { get; } = Guid.NewGuid();

    /// <summary>Who is there, through this gateway.</summary>
    public PersonHere[] Here { get; set; } = [];

    /// <summary>Every event, as a client of this gateway would get it: in order and once.</summary>
    public IReadOnlyList<(long Number, byte[] Bytes)> Heard
    {
        get
        {
            lock (gate)
            {
                return [.. heard];
            }
        }
    }

    /// <summary>Who may follow, as it was told.</summary>
    public ConcurrentQueue<string[]> Audiences { get; } = new();

    /// <summary>While it is, every call to it fails.</summary>
    public bool IsGone { get; set; }

    /// <summary>Ends when a call has failed.</summary>
    public Task Failed => failed.Task;

    /// <summary>How many events came by push.</summary>
    public int Pushed { get; private set; }

    /// <summary>Pushes of which the journal knew nothing, or something else, when they came.</summary>
    public ConcurrentQueue<string> Unfounded { get; } = new();

    private long Last
    {
        get
        {
            lock (gate)
            {
                return heard.Count == 0 ? 0 : heard[^1].Number;
            }
        }
    }

    public static async Task<Follower> Of(LiveTopic live, params PersonHere[] here)
    {
        var follower = new Follower(live) { Here = here };
        await follower.Renew();
        await follower.Heal();
        return follower;
    }

    public Task<LeaseAnswer> Renew() => live.Grain.Renew(new Lease(Gateway, reference, Here)).Within("the lease");

    public async Task Deliver(Parcel[] parcels)
    {
        if (IsGone)
        {
            failed.TrySetResult();
            throw new IOException("This gateway is gone.");
        }
        foreach (var parcel in parcels)
        {
            if (parcel.Signal is { } signal)
            {
                signals.Enqueue(Json.Decode<TopicSignal>(signal));
            }
            else
            {
                if (parcel.Audience is { } audience)
                {
                    Audiences.Enqueue(audience);
                }
                await Hear(parcel);
            }
        }
        lock (gate)
        {
            news.TrySetResult();
            news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until this event was heard.</summary>
    public Task Until(long number) => Until(() => Last >= number, $"event {number}");

    /// <summary>Waits for a signal. What came before it is past.</summary>
    public async Task<TopicSignal> Until(Func<TopicSignal, bool> wanted, string what)
    {
        TopicSignal? found = null;
        await Until(() => (found = Next(wanted)) is not null, what);
        return found!;
    }

    private TopicSignal? Next(Func<TopicSignal, bool> wanted)
    {
        while (signals.TryDequeue(out var signal))
        {
            if (wanted(signal))
            {
                return signal;
            }
        }
        return null;
    }

    // Renews the lease and looks into the journal meanwhile, as gateways do.
    private async Task Until(Func<bool> isThere, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < patience;)
        {
            Task next;
            lock (gate)
            {
                next = news.Task;
            }
            if (isThere())
            {
                return;
            }
            try
            {
                await next.WaitAsync(untilHealed, LiveTopic.Stop);
            }
            catch (TimeoutException)
            {
                await Renew();
                await Heal();
            }
        }
        throw new TimeoutException($"Followed {live.Topic} for {patience.TotalSeconds:n0} s in vain for {what}.");
    }

    private async Task Hear(Parcel parcel)
    {
        // Read afresh, past everything that can go wrong: whoever is told must be able to come back and find it.
        var there = await live.Real.Read(live.Topic, parcel.First, parcel.Events.Length, CancellationToken.None);
        if (!there.Select(e => e.Encode()).SequenceEqual(parcel.Events, same))
        {
            Unfounded.Enqueue($"{parcel.Events.Length} events from {parcel.First}");
        }
        if (parcel.First > Last + 1)
        {
            await Heal();
        }
        Pushed += parcel.Events.Length;
        Add(parcel.Events.Select((bytes, i) => (parcel.First + i, bytes)));
    }

    private async Task Heal()
    {
        while (await live.Real.Read(live.Topic, Last + 1, 500, CancellationToken.None) is { Count: > 0 } missed)
        {
            Add(missed.Select(e => (e.Number, e.Encode())));
        }
    }

    private void Add(IEnumerable<(long Number, byte[] Bytes)> events)
    {
        lock (gate)
        {
            heard.AddRange(events.Where(e => e.Number > Last).ToList());
        }
    }
}
