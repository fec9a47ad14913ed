namespace SocialQI.Grains.FanOut;

/// <summary>Work that goes on apart from who begins it: on the pool's threads, unless a scheduler is given that sees to every step of it.</summary>
public static class Apart
{
    /// <summary>Begins work and tells when it is done.</summary>
    public static Task Run(this TaskScheduler scheduler, Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();

    /// <inheritdoc cref="Run(TaskScheduler, Func{Task})"/>
    public static Task<T> Run<T>(this TaskScheduler scheduler, Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();

    /// <summary>Has an item done behind all that waits.</summary>
    public static void Queue(this TaskScheduler scheduler, IThreadPoolWorkItem item) => _ = Task.Factory.StartNew(
        it => ((IThreadPoolWorkItem)it!).Execute(), item, CancellationToken.None, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.PreferFairness, scheduler);
}
