using SocialQI.Server.Gateway;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>Many ask for the same thing at once, as when thousands join a session.</summary>
public sealed class AskingOnceForAll
{
    [Fact]
    public async Task Is_done_once_more_for_all_who_ask_while_it_is_being_done()
    {
        var (runs, done) = (0, new TaskCompletionSource());
        var shared = new OneAtATime(() =>
        {
            Interlocked.Increment(ref runs);
            return done.Task;
        });
        var first = shared.Run();
        Task[] later = [shared.Run(), shared.Run(), shared.Run()];
        Assert.DoesNotContain(first, later);
        done.SetResult();
        await Task.WhenAll([first, .. later]);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Is_done_for_who_asks_next_though_it_failed_before()
    {
        var (runs, done) = (0, new TaskCompletionSource());
        var shared = new OneAtATime(() => Interlocked.Increment(ref runs) == 1 ? done.Task : Task.CompletedTask);
        var (first, next) = (shared.Run(), shared.Run());
        done.SetException(new IOException("The silo is gone."));
        await Assert.ThrowsAsync<IOException>(() => first);
        await next;
        Assert.Equal(2, runs);
    }
}
