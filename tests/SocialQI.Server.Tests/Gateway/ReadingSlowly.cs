using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Grains.Topics;
using SocialQI.Server.Gateway;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>A client that follows and then reads nothing, on a socket that takes little for it, beside one that reads.</summary>
public sealed class ReadingSlowly(TheService service)
{
    // Some 15 KB each as UTF-8: more than the sockets of both sides take, and many times what may wait.
    private const int Contributions = 700;
    private static readonly string Long = string.Concat(Enumerable.Repeat("心電図 ", Contribution.TextLengthMax / 4));
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Slows_nobody_fills_nothing_and_ends_in_the_end()
    {
        var (ada, slowpoke) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        await using var reading = await Hearing.Of(service, ada);
        await reading.Follow(topic);
        await using var slow = await RawHub.Shake(service, slowpoke, receiveBytes: 4096);
        await slow.Say($$"""{"type":1,"invocationId":"1","target":"Follow","arguments":["{{topic}}",0]}""");
        Assert.NotNull(await slow.Completion("1"));
        var connection = service.Services.GetRequiredService<Rounds>().Connections.Single(c => c.Person == slowpoke.Id);

        var largest = (Events: 0, Bytes: 0);
        var since = Stopwatch.StartNew();
        foreach (var several in Enumerable.Range(0, Contributions).Chunk(20))
        {
            await Task.WhenAll(several.Select(n => Say(ada, topic, n)));
            var (events, bytes) = connection.Waiting;
            largest = (Math.Max(largest.Events, events), Math.Max(largest.Bytes, bytes));
        }
        await Waiting.Until("who reads has read all", () => Task.FromResult(reading.Events.Count == Contributions + 1));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, Promptly);
        Assert.Equal(Enumerable.Range(1, Contributions + 1).Select(n => (long)n), reading.Events.Select(e => e.N));
        // Something had to wait, or this test shows nothing.
        Assert.InRange(largest.Events, 1, Connection.EventsMax);
        Assert.InRange(largest.Bytes, 1, Connection.BytesMax);

        await Waiting.Until("who does not read is let go of", () =>
            Task.FromResult(!service.Services.GetRequiredService<Rounds>().Connections.Contains(connection)));
        await using var back = await Hearing.Of(service, slowpoke);
        Assert.Null((await back.Follow(topic)).Refusal);
        await Waiting.Until("who comes back has read all", () => Task.FromResult(back.Events.Count == Contributions + 1));
        Assert.Equal(reading.Events.Select(e => e.N), back.Events.Select(e => e.N));
    }

    private async Task Say(Somebody ada, TopicId topic, int n)
    {
        var passport = await service.Passport(ada);
        var answer = await service.Grains.Ask(
            topic, Guid.CreateVersion7(), new PostContribution(ContributionKind.Comment, $"{n} {Overheard.Canary} {Long}"[..Contribution.TextLengthMax]), passport, Moment.Of(DateTimeOffset.UtcNow));
        Assert.Null(answer.Refusal);
    }
}
