using System.Diagnostics.Metrics;
using SocialQI.Institutions;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>The number of topics in memory, as an operator reads it. Of institutions, which no other test here wakes.</summary>
public sealed class CountingTopics(SharedSilos shared) : IDisposable
{
    private readonly MeterListener listener = new();
    private int active;

    [Fact]
    public async Task Goes_up_and_down_with_them_however_they_end()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Name == "socialqi.topics.active")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, change, tags, _) =>
            Interlocked.Add(ref active, tags.ToArray().Any(t => t.Value is nameof(TopicKind.Institution)) ? change : 0));
        listener.Start();
        var harbour = new LiveTopic(shared.Silos, NorthHarbour.Topic);

        await harbour.Must(new FoundInstitution("North Harbour"), by: Passport.OfOperator);
        Assert.Equal(1, active);
        await harbour.Deactivate();
        Assert.Equal(0, active);

        harbour.Trouble.Fails(Step.Read);
        await Assert.ThrowsAnyAsync<Exception>(() => harbour.Grain.Show());
        Assert.Equal(1, (await harbour.Grain.Show()).Number);
        Assert.Equal(1, active);
        await harbour.Deactivate();
        Assert.Equal(0, active);
    }

    public void Dispose() => listener.Dispose();
}
