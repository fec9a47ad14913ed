namespace SocialQI.Simulator.Tests;

/// <summary>
/// Something that runs by itself: a grain's activation or a browser's page, which does one thing after the other, or the pool of a process, which does what is
/// ready in any order. Whatever it begins goes on here, one step at a time, when its world says so.
/// </summary>
internal sealed class Actor(World world, string name, bool isOrdered, TimeSpan skew = default) : TaskScheduler
{
    private readonly List<Task> ready = [];
    private bool isDead;
    private bool isPaused;

    public string Name => name;

    public bool IsDead => isDead;

    public bool IsBusy => ready.Count > 0 && !isPaused && !isDead;

    /// <summary>Whether its world knows that it has something to do.</summary>
    internal bool IsListed { get; set; }

    /// <summary>By which it tells the time.</summary>
    public TimeProvider Clock => field ??= new ActorsClock(world, this, skew);

    /// <summary>Who is doing what is done just now.</summary>
    public static new Actor Current => (Actor)TaskScheduler.Current;

    /// <summary>Begins something here.</summary>
    public void Post(Action act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Nothing is done here any more, and nobody is told.</summary>
    public void Die()
    {
        isDead = true;
        ready.Clear();
    }

    /// <summary>Nothing is done here until it resumes; time goes on.</summary>
    public void Pause() => isPaused = true;

    public void Resume()
    {
        if (isPaused)
        {
            isPaused = false;
            if (IsBusy)
            {
                world.Woke(this);
            }
        }
    }

    /// <summary>Does one thing; false when there was nothing, because it died or paused.</summary>
    public bool Step()
    {
        if (!IsBusy)
        {
            return false;
        }
        var index = isOrdered ? 0 : world.Pick(ready.Count);
        var task = ready[index];
        ready.RemoveAt(index);
        return TryExecuteTask(task);
    }

    protected override void QueueTask(Task task)
    {
        if (isDead)
        {
            return;
        }
        ready.Add(task);
        world.Woke(this);
    }

    // Nothing is done in the middle of something else: each step is the world's choice.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => ready;
}

/// <summary>A world's time, as one of its processes reads it from its own clock.</summary>
internal sealed class ActorsClock(World world, Actor actor, TimeSpan skew) : TimeProvider
{
    private static readonly DateTimeOffset Began = new(2027, 1, 1, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Began + world.Now + skew;

    public override long GetTimestamp() => world.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ActorsTimer(world, actor, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>A timer that goes by a world's time and rings on an actor.</summary>
internal sealed class ActorsTimer(World world, Actor actor, Action ring) : ITimer
{
    private int set;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var mine = ++set;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            world.In(dueTime, () => Ring(mine, period));
        }
        return true;
    }

    public void Dispose() => set++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Ring(int mine, TimeSpan period)
    {
        if (mine != set || actor.IsDead)
        {
            return;
        }
        if (period > TimeSpan.Zero)
        {
            world.In(period, () => Ring(mine, period));
        }
        actor.Post(ring);
    }
}
