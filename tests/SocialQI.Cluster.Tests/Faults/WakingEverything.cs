using System.Diagnostics;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>All silos are new, and every topic is asked for at once.</summary>
[Collection<OnTheGround>, Trait("fault", "herd")]
public sealed class WakingEverything(Ground ground)
{
    private const int AtOnce = 16;
    private static readonly TimeSpan AnswersMax = TimeSpan.FromSeconds(20);

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
            var answers = await Task.WhenAll(topics.Select((topic, i) => ground.People[i % ground.People.Count].Open(ground.Doors[i % ground.Doors.Length], topic)));
            var took = Stopwatch.GetElapsedTime(since);
            ordeal.Tell("topics", answers.Length, "topics");
            ordeal.Tell("answers.max", took.TotalMilliseconds, "ms");
            Assert.Empty(answers.Where(a => a.Refusal is not null).Select(a => a.Refusal!.Say).Distinct());
            Assert.InRange(took, TimeSpan.Zero, AnswersMax);
        });
        await ordeal.End();
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
