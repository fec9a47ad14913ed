using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>What it costs whoever opens a case that the record is on the disk first.</summary>
public sealed class RecordingCheaply(TheService service)
{
    private const int Times = 300;
    private const double MillisecondsMax = 50;

    [Fact]
    public async Task Lets_a_case_open_nearly_as_fast_as_without()
    {
        var author = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Network), new(0)));
        await using var hearing = await Hearing.Of(service, author);
        var (asking, recording) = (service.Services.GetRequiredService<Asking>(), service.Services.GetRequiredService<HubRecording>());
        var viewings = new Viewings(new(author.Id, null, "127.0.0.1"), service.Services.GetRequiredService<Closings>());
        var (without, with, throughout) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Times; i++)
        {
            without.Add(await Timed(() => asking.Open(author.Id, topic, TestContext.Current.CancellationToken)));
            with.Add(await Timed(async () => await recording.Opened(viewings, await asking.Open(author.Id, topic, TestContext.Current.CancellationToken))));
            throughout.Add(await Timed(() => hearing.Open(topic)));
        }
        Figure("audit.open.unrecorded", without);
        Figure("audit.open.recorded", with);
        Figure("audit.open.by-hub", throughout);
        Assert.True(Median(with) - Median(without) < MillisecondsMax);
    }

    private static async Task<double> Timed(Func<Task> act)
    {
        var since = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static void Figure(string name, List<double> times)
    {
        Figures.Tell(name, Median(times), "ms");
        Figures.Tell(name + ".p95", times.Order().ElementAt(times.Count * 95 / 100), "ms");
    }
}
