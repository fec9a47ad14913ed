using System.Diagnostics;
using SocialQI.Cases;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>All silos are new, and every topic is asked for at once.</summary>
[Collection<OnTheGround>, Trait("fault", "herd")]
public sealed class WakingEverything(Ground ground)
{
    private const int AtOnce = 16;

    private int again;

    [Fact]
    public async Task Answers_for_each_topic_within_seconds()
    {
        await using var ordeal = await Ordeal.Begin("herd", ground);
        var topics = await Herd();
        await ordeal.Round(async () =>
        {
            await Task.WhenAll(ground.Silos.Select(s => s.Kill()));
            await Task.WhenAll(ground.Silos.Select(s => s.Start()));
            await ordeal.Served();
            var since = Stopwatch.GetTimestamp();
            var answering = Task.WhenAll(topics.Select((topic, i) => Opened(ground.People[i % ground.People.Count], ground.Doors[i % ground.Doors.Length], topic)));
            await Ward.Within("an answer for each topic", answering);
            var took = Stopwatch.GetElapsedTime(since);
            ordeal.Tell("topics", topics.Count, "topics");
            ordeal.Tell("answers.max", took.TotalMilliseconds, "ms");
            ordeal.Tell("answers.again", again, "questions");
            Assert.Empty((await answering).Where(a => a.Refusal is not null).Select(a => a.Refusal!.Code).Distinct());
            Assert.InRange(took, TimeSpan.Zero, Sizes.RecoveryMax);
        });
        await ordeal.End();
    }

    // As a page does: what cannot be had now is asked for again.
    private async Task<OpenedTopic> Opened(Person person, Uri door, TopicId topic)
    {
        OpenedTopic opened;
        while ((opened = await person.Open(door, topic)).Refusal?.Code == Refusal.NotNow.Code)
        {
            Interlocked.Increment(ref again);
        }
        return opened;
    }

    private async Task<IReadOnlyList<TopicId>> Herd()
    {
        var topics = new List<TopicId>();
        foreach (var some in Enumerable.Range(0, Sizes.Herd).Chunk(AtOnce))
        {
            topics.AddRange(await Task.WhenAll(some.Select(i => ground.People[i % ground.People.Count].Start(ground.Doors[i % ground.Doors.Length], new(VisibilityKind.Network)))));
        }
        return topics;
    }
}
