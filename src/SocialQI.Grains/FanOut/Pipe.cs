using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SocialQI.Grains.FanOut;

/// <summary>Where a gateway hears what happens in the topics it follows.</summary>
[Alias("gateway-inbox")]
public interface IGatewayInbox : IGrainObserver
{
    /// <summary>What has gathered, in order.</summary>
    [Alias("deliver")]
    [Door(Who.Cluster)]
    [ResponseTimeout("00:00:02")]
    Task Deliver(Parcel[] parcels);
}

/// <summary>News of one topic.</summary>
/// <param name="Topic">Which.</param>
/// <param name="First">The number of the first event; 0 with a signal.</param>
/// <param name="Events">Envelopes, each as the bytes that stand for it everywhere.</param>
/// <param name="Audience">The keys that open the topic from now on; null when they did not change.</param>
/// <param name="Signal">The JSON of a <see cref="Wire.TopicSignal"/>; null with events.</param>
[GenerateSerializer, Immutable, Alias("parcel")]
public sealed record Parcel(
    [property: Id(0)] string Topic, [property: Id(1)] long First, [property: Id(2)] byte[][] Events, [property: Id(3)] string[]? Audience, [property: Id(4)] byte[]? Signal)
{
    public int Bytes => Events.Sum(e => e.Length) + (Signal?.Length ?? 0) + Topic.Length;
}

/// <summary>
/// The one way from this silo to a gateway: one awaited call at a time, with everything that has gathered. Orleans does not order one-way calls, and
/// an awaited call inside a grain's turn would stall the grain with its slowest gateway. What fails or overflows is dropped whole: the gateway's tail heals it.
/// </summary>
public sealed class Pipe(IGatewayInbox inbox, Action<Exception> broke, TaskScheduler? scheduler = null)
{
    /// <summary>The most bytes that wait, and the most that one call carries.</summary>
    public const int BytesMax = 1024 * 1024;

    private readonly Lock gate = new();
    private List<Parcel> waiting = [];
    private int bytes;
    private bool sending;

    public int Depth
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    public void Push(Parcel parcel)
    {
        lock (gate)
        {
            if (bytes + parcel.Bytes > BytesMax)
            {
                waiting.Clear();
                bytes = 0;
            }
            if (parcel.Bytes > BytesMax)
            {
                return;
            }
            waiting.Add(parcel);
            bytes += parcel.Bytes;
            if (sending)
            {
                return;
            }
            sending = true;
        }
        // Off the grain's scheduler: the grain's turn must not wait for a gateway.
        _ = (scheduler ?? TaskScheduler.Default).Run(Send);
    }

    private async Task Send()
    {
        while (Take() is { } parcels)
        {
            try
            {
                await inbox.Deliver(parcels);
            }
            catch (Exception e)
            {
                broke(e);
                return;
            }
        }
    }

    private Parcel[]? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                sending = false;
                return null;
            }
            Parcel[] parcels = [.. waiting];
            waiting = [];
            bytes = 0;
            return parcels;
        }
    }
}

/// <summary>The pipes of this silo, one for each gateway that follows any of its topics.</summary>
public sealed partial class Pipes(ILogger<Pipes> log, TaskScheduler? scheduler = null)
{
    private readonly ConcurrentDictionary<Guid, Pipe> pipes = new();
    private (Guid Gateway, IGatewayInbox Inbox)? local;

    /// <summary>How many parcels wait, over all pipes.</summary>
    public int Depth => pipes.Values.Sum(p => p.Depth);

    /// <summary>The gateway in this very process hears without a call.</summary>
    public void UseLocal(Guid gateway, IGatewayInbox inbox) => local = (gateway, inbox);

    /// <summary>Makes sure that a gateway has a pipe.</summary>
    public void Open(Guid gateway, IGatewayInbox inbox)
    {
        if (local?.Gateway != gateway)
        {
            pipes.GetOrAdd(gateway, id => new Pipe(inbox, e => Broke(id, e), scheduler));
        }
    }

    /// <summary>Sends a parcel to a gateway; without a pipe it is dropped, and the gateway's tail heals.</summary>
    public void Push(Guid gateway, Parcel parcel)
    {
        if (local is { } here && here.Gateway == gateway)
        {
            _ = DeliverHere(here.Gateway, here.Inbox, parcel);
        }
        else if (pipes.TryGetValue(gateway, out var pipe))
        {
            pipe.Push(parcel);
        }
    }

    // Nobody's turn may end with what goes wrong in a gateway.
    private async Task DeliverHere(Guid gateway, IGatewayInbox inbox, Parcel parcel)
    {
        try
        {
            await inbox.Deliver([parcel]);
        }
        catch (Exception e)
        {
            LogBroke(log, gateway, e.GetType().Name);
        }
    }

    // The next lease opens a new pipe, if the gateway lives.
    private void Broke(Guid gateway, Exception e)
    {
        pipes.TryRemove(gateway, out _);
        LogBroke(log, gateway, e.GetType().Name);
    }

    [LoggerMessage(LogLevel.Warning, "The pipe to gateway {Gateway} broke ({Fault}); what waited in it will be read from the tail.")]
    private static partial void LogBroke(ILogger log, Guid gateway, string fault);
}
