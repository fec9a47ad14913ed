using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Server.Gateway;
using SocialQI.Storage;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>Many ask for the same thing at once, as when thousands join a session.</summary>
public sealed class AskingOnceForAll(TheService service)
{
    [Fact]
    public async Task Is_done_once_more_for_all_who_ask_while_it_is_being_done()
    {
        var (runs, done) = (0, new TaskCompletionSource<int>());
        var shared = new OneAtATime<int>(() =>
        {
            Interlocked.Increment(ref runs);
            return done.Task;
        });
        var first = shared.Run();
        Task<int>[] later = [shared.Run(), shared.Run(), shared.Run()];
        Assert.DoesNotContain(first, later);
        done.SetResult(7);
        Assert.All(await Task.WhenAll([first, .. later]), n => Assert.Equal(7, n));
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Is_done_for_who_asks_next_though_it_failed_before()
    {
        var (runs, done) = (0, new TaskCompletionSource<int>());
        var shared = new OneAtATime<int>(() => Interlocked.Increment(ref runs) == 1 ? done.Task : Task.FromResult(7));
        var (first, next) = (shared.Run(), shared.Run());
        done.SetException(new IOException("The silo is gone."));
        await Assert.ThrowsAsync<IOException>(() => first);
        await next;
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Reads_once_more_what_all_who_come_back_meanwhile_have_missed()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway("Who has seen this?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        var (reads, reading, goesOn) = (0, new TaskCompletionSource(), new ManualResetEventSlim());
        var missed = new Missed(topic, Journal, TaskScheduler.Default);

        var first = missed.After(0, TestContext.Current.CancellationToken);
        await Waiting.For("the first reading", reading.Task);
        var later = Enumerable.Range(0, 2_000).Select(_ => missed.After(0, TestContext.Current.CancellationToken)).ToList();
        goesOn.Set();

        var all = await Task.WhenAll(later);
        Assert.NotSame(await first, all[0]);
        Assert.Same(all[0], Assert.Single(all.Distinct()));
        Assert.Equal((2, 1), (reads, all[0].Events.Length));
        await missed.After(0, TestContext.Current.CancellationToken);
        Assert.Equal(3, reads);

        IJournal Journal()
        {
            Interlocked.Increment(ref reads);
            reading.TrySetResult();
            goesOn.Wait(TestContext.Current.CancellationToken);
            return service.Services.GetRequiredService<Stores>().Default.Journal;
        }
    }
}
