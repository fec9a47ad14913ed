using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Live;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>When nothing was done on a page for as long as one stays signed in without, nothing stays on it, whether or not the service can be reached.</summary>
public class BeingIdle : ListScreen
{
    private readonly HandTimer clock = new();
    private readonly Browser browser;
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BeingIdle()
    {
        browser = Services.GetRequiredService<Browser>();
        Rounds.WentUp(Me() with { IdleSeconds = 900 });
        Rounds.WentDown();
        var idleness = new Idleness(browser, Rounds, clock);
        idleness.Over += () => over.SetResult();
        idleness.Start();
    }

    [Fact]
    public async Task Ends_it_a_little_after_the_time_also_offline()
    {
        await Pass(TimeSpan.FromSeconds(925));
        Assert.False(over.Task.IsCompleted);
        await Pass(TimeSpan.FromSeconds(10));
        Assert.True(over.Task.IsCompleted);
    }

    [Fact]
    public async Task Begins_anew_whenever_something_is_done()
    {
        await Pass(TimeSpan.FromSeconds(800));
        browser.IsActive();
        await Pass(TimeSpan.FromSeconds(800));
        Assert.False(over.Task.IsCompleted);
        await Pass(TimeSpan.FromSeconds(200));
        Assert.True(over.Task.IsCompleted);
    }

    // Looked at twice: the second time tells that the first is over.
    private async Task Pass(TimeSpan span)
    {
        clock.Now += span;
        for (var look = 0; look < 2 && !over.Task.IsCompleted; look++)
        {
            await Task.WhenAny(clock.Tick(), over.Task).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A clock that is moved by hand, and whose one timer is due whenever it is said.</summary>
    private sealed class HandTimer : TimeProvider
    {
        private TaskCompletionSource looked = new();
        private Action? tick;

        public DateTimeOffset Now { get; set; } = new(2026, 3, 10, 3, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow()
        {
            looked.TrySetResult();
            return Now;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            tick = () => callback(state);
            return new None();
        }

        /// <summary>Completes when somebody has looked at the clock after it.</summary>
        public Task Tick()
        {
            looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            tick!();
            return looked.Task;
        }

        private sealed class None : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
