using System.Collections.Concurrent;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Two silos, of which one is gone from one moment to the next.</summary>
public sealed class LosingASilo
{
    private const int Cases = 8;
    private const int Callers = 3;
    private const int Commands = 40;

    [Fact]
    public async Task Under_load_loses_nothing_that_was_acknowledged_and_does_nothing_twice()
    {
        await using var store = await TestStore.Open();
        await using var silos = await Silos.Start(store, count: 2, patience: TimeSpan.FromSeconds(3));
        var cases = await Task.WhenAll(Enumerable.Range(0, Cases).Select(_ => Open(silos)));
        Assert.Equal(2, silos.Cluster.Silos.Count);
        var acknowledged = new ConcurrentDictionary<TopicId, ConcurrentBag<(Guid, Answer)>>();
        var underWay = new TaskCompletionSource();

        var working = cases.SelectMany(live => Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = 0; i < Commands; i++)
            {
                var id = Guid.CreateVersion7();
                var answer = await Insist(live, $"{caller}: {i}", id);
                acknowledged.GetOrAdd(live.Topic, _ => []).Add((id, answer));
                if (i == Commands / 4)
                {
                    underWay.TrySetResult();
                }
            }
        })).ToList();
        await underWay.Task.Within("a quarter of one caller's work");
        var lost = Host(silos, cases[0]);
        await silos.Cluster.KillSiloAsync(lost, Stop).Within("the end of a silo");

        await Task.WhenAll(working);

        Assert.Single(silos.Cluster.Silos, s => s.IsActive);
        foreach (var live in cases)
        {
            await live.HasOnce(acknowledged[live.Topic]);
            Assert.Equal(2 + (Callers * Commands), await live.Number());
            await live.AgreesWithJournal();
        }
    }

    private static Orleans.TestingHost.InProcessSiloHandle Host(Silos silos, LiveTopic live)
    {
        Assert.True(silos.Cluster.TryGetGrainContext(live.Grain.GetGrainId(), out var context));
        return silos.Cluster.GetSiloForAddress(context!.Address.SiloAddress!)!;
    }

    // With the same id until it is known, also when there is no silo to answer just now.
    private static async Task<Answer> Insist(LiveTopic live, string text, Guid id)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await live.AskUntilKnown(Saying(text), id);
            }
            catch (TimeoutException) when (i < 10)
            {
                // The call went to the silo that is gone.
            }
        }
    }
}
