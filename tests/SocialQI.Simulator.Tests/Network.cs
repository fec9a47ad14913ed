namespace SocialQI.Simulator.Tests;

/// <summary>Calls between processes: late, lost, twice, in another order, or answered by nobody.</summary>
internal sealed class Network(World world, Weather weather)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public World World => world;

    public Weather Weather => weather;

    /// <summary>How long a message takes.</summary>
    public TimeSpan Delay() => world.Chance(weather.Delays) ? world.Between(0.01, 2) : world.Between(0.000_5, 0.003);

    /// <summary>Has something done by another process; the answer comes to whoever calls.</summary>
    /// <exception cref="TimeoutException">There was none. It may have been done.</exception>
    public Task<T> Call<T>(Actor to, Func<Task<T>> work, TimeSpan? patience = null)
    {
        var from = Actor.Current;
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.In(patience ?? Patience, () => from.Post(() => answer.TrySetException(new TimeoutException())));
        for (var copies = Copies(); copies > 0; copies--)
        {
            world.In(Delay(), () => to.Post(() => _ = Do()));
        }
        return answer.Task;

        async Task Do()
        {
            try
            {
                var result = await work();
                Tell(() => answer.TrySetResult(result));
            }
            catch (Exception e)
            {
                Tell(() => answer.TrySetException(e));
            }
        }

        void Tell(Action tell)
        {
            if (!world.Chance(weather.Loses))
            {
                world.In(Delay(), () => from.Post(tell));
            }
        }
    }

    private int Copies()
    {
        if (world.Chance(weather.Loses))
        {
            world.Meet(Met.LostMessage);
            return 0;
        }
        if (world.Chance(weather.Duplicates))
        {
            world.Meet(Met.DuplicateMessage);
            return 2;
        }
        return 1;
    }
}
