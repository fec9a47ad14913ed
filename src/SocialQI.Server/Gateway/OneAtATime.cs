using SocialQI.Grains.FanOut;

namespace SocialQI.Server.Gateway;

/// <summary>Something of which one run serves everybody who asked before it began: whoever asks during one waits for the next.</summary>
internal sealed class OneAtATime(Func<Task> work, TaskScheduler? scheduler = null)
{
    private readonly TaskScheduler scheduler = scheduler ?? TaskScheduler.Default;
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private Task? next;

    /// <summary>A run that begins after now.</summary>
    public Task Run()
    {
        lock (gate)
        {
            return running.IsCompleted ? running = scheduler.Run(work) : next ??= RunAfter(running);
        }
    }

    private async Task RunAfter(Task before)
    {
        // What becomes of it is told to who asked for it.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Task mine;
        lock (gate)
        {
            (running, next) = (mine = scheduler.Run(work), null);
        }
        await mine;
    }
}
