using System.Diagnostics.Metrics;
using SocialQI.Grains.FanOut;

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

    /// <summary>Watches the pipes of this process.</summary>
    public static void Watch(Pipes pipes) => Meter.CreateObservableGauge(
        "socialqi.pipes.depth", () => pipes.Depth, "{parcel}", "News that wait for gateways.");
}
