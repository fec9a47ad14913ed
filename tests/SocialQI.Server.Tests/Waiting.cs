namespace SocialQI.Server.Tests;

/// <summary>Waits for the thing itself, with a bound that fails naming what was awaited.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task Until(string what, Func<Task<bool>> isSo)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            try
            {
                await tick.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited {Patience} in vain until {what}.");
            }
        }
    }

    public static Task For(string what, Task task) => For(what, Finished(task));

    public static async Task<T> For<T>(string what, Task<T> task)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Patience} in vain for {what}.");
        }
    }

    private static async Task<bool> Finished(Task task)
    {
        await task;
        return true;
    }
}
