using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SocialQI.Server;

/// <summary>What the gateway tells about itself.</summary>
internal static class Telemetry
{
    public const string Name = "SocialQI.Gateway";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("socialqi.deliveries", "{event}", "Events queued for clients.");

    private static readonly Histogram<double> FanOutLag = Meter.CreateHistogram<double>(
        "socialqi.fanout.lag", "ms", "From the moment an event was stamped until it was queued for this gateway's clients.");

    private static readonly ConcurrentDictionary<string, long> Refusals = new() { [Refusal.NotThere.Code] = 0 };

    private static long slow;

    public static void Delivered(int events) => Deliveries.Add(events);

    /// <summary>Tells, from before there is the first, of slow readers and refusals: of a figure that appears with its first one, that one is no increase.</summary>
    public static void Watch()
    {
        Meter.CreateObservableCounter("socialqi.slow_readers", () => Interlocked.Read(ref slow), "{reader}", "Clients told to catch up.");
        Meter.CreateObservableCounter(
            "socialqi.refusals", () => Refusals.Select(r => new Measurement<long>(r.Value, new KeyValuePair<string, object?>("name", r.Key))), "{refusal}", "Refused, by the refusal's name.");
    }

    public static void Refused(string name) => Refusals.AddOrUpdate(name, 1, static (_, so) => so + 1);

    public static void SlowReaders(int readers) => Interlocked.Add(ref slow, readers);

    public static void Lag(byte[] envelope, Moment now)
    {
        if (FanOutLag.Enabled)
        {
            FanOutLag.Record((now - EventCodec.AtOf(envelope)).TotalMilliseconds);
        }
    }
}
