using System.Collections.Concurrent;
using System.Diagnostics;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Server.Tests;

public sealed class TracingACommand(TheService service)
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Application", "SocialQI.Storage"];

    [Fact]
    public async Task Is_one_trace_from_the_hub_through_the_grain_to_the_journal()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => Sources.Contains(source.Name),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var ada = await service.Register(TheService.NorthHarbour);
        await using var hearing = await Hearing.Of(service, ada);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());

        Assert.Null((await hearing.Send(topic, new StartCase($"Noon, {Overheard.Canary}", $"Is it {Overheard.Canary}?"))).Refusal);

        // The hub's own span ends after its answer has left.
        await Waiting.Until("the whole trace", () => Task.FromResult(
            spans.Where(s => s.OperationName == "append").Any(append => Sources.All(source => spans.Any(s => s.Source.Name == source && s.TraceId == append.TraceId)))));
        Assert.DoesNotContain(spans.SelectMany(s => s.TagObjects), tag => tag.Value?.ToString()?.Contains(Overheard.Canary, StringComparison.Ordinal) == true);
    }
}
