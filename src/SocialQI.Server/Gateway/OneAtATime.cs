using SocialQI.Grains.FanOut;

namespace SocialQI.Server.Gateway;

/// <summary>Something of which one run serves everybody who asked before it began: whoever asks during one waits for the next.</summary>
internal sealed class OneAtATime<T>(Func<Task<T>> work, TaskScheduler? scheduler = null)
{
    private readonly TaskScheduler scheduler = scheduler ?? TaskScheduler.Default;
    private readonly Lock gate = new();
    private Task<T>? running;
    private Task<T>? next;

    /// <summary>A run that begins after now.</summary>
    public Task<T> Run()
    {
        lock (gate)
        {
            return running is { IsCompleted: false } before ? next ??= RunAfter(before) : running = scheduler.Run(work);
        }
    }

    private async Task<T> RunAfter(Task before)
    {
        // What becomes of it is told to who asked for it.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Task<T> mine;
        lock (gate)
        {
            (running, next) = (mine = scheduler.Run(work), null);
        }
        return await mine;
    }
}
