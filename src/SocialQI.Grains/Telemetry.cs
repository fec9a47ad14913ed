using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SocialQI.Grains.FanOut;
using SocialQI.Grains.Keeping;

namespace SocialQI.Grains;

/// <summary>What the silo tells about itself: numbers by kind of topic, never by topic.</summary>
public static class Telemetry
{
    public const string Name = "SocialQI.Grains";

    private static readonly Meter Meter = new(Name);

    private static readonly UpDownCounter<int> Activations = Meter.CreateUpDownCounter<int>(
        "socialqi.topics.active", "{topic}", "Topics whose grain is in memory.");

    internal static void Activated(TopicKind kind) => Activations.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    internal static void Deactivated(TopicKind kind) => Activations.Add(-1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    // Since when each reader of the tail has something to read, where it is this silo that reads; 0 where it has not.
    private static readonly ConcurrentDictionary<string, long> Behind = new(TailReaders.All.Select(name => KeyValuePair.Create(name, 0L)));

    /// <summary>Watches the pipes of this process, and how far its readers of the tail are behind.</summary>
    public static void Watch(Pipes pipes, TimeProvider clock)
    {
        Meter.CreateObservableGauge("socialqi.pipes.depth", () => pipes.Depth, "{parcel}", "News that wait for gateways.");
        Meter.CreateObservableGauge(
            "socialqi.projection.lag", () => Behind.Select(b => new Measurement<double>(Age(b.Value, Moment.Of(clock.GetUtcNow())), new KeyValuePair<string, object?>("reader", b.Key))),
            "s", "The age of the oldest event that lists, search or reactions have yet to take in; 0 when there is none.");
    }

    internal static void Reads(string reader, Moment oldest) => Behind[reader] = oldest.Micros;

    internal static void HasRead(string reader) => Behind[reader] = 0;

    private static double Age(long since, Moment now) => since == 0 ? 0 : Math.Max(0, (now - new Moment(since)).TotalSeconds);
}
