using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Timers;

namespace SocialQI.Grains.Tests;

/// <summary>Grain timers that come so many times sooner: what happens each five seconds need not be waited for.</summary>
internal sealed class HastyTimers(ITimerRegistry real, int haste, ConcurrentQueue<TimeSpan> asked) : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<T>(
        IGrainContext grainContext, Func<T, CancellationToken, Task> callback, T state, GrainTimerCreationOptions options)
    {
        asked.Enqueue(options.DueTime);
        return real.RegisterGrainTimer(grainContext, callback, state, options with { DueTime = Sooner(options.DueTime), Period = Sooner(options.Period) });
    }

    [Obsolete("As in the interface.")]
    public IDisposable RegisterTimer(IGrainContext grainContext, Func<object?, Task> asyncCallback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.RegisterTimer(grainContext, asyncCallback!, state!, Sooner(dueTime), Sooner(period));

    /// <param name="services">Of the silo.</param>
    /// <param name="haste">How many times sooner.</param>
    /// <param name="asked">After how long each timer was asked to come, in order.</param>
    public static void Use(IServiceCollection services, int haste, ConcurrentQueue<TimeSpan> asked)
    {
        var real = services.Last(s => s.ServiceType == typeof(ITimerRegistry));
        services.AddSingleton<ITimerRegistry>(s => new HastyTimers(
            (ITimerRegistry)(real.ImplementationFactory?.Invoke(s) ?? ActivatorUtilities.CreateInstance(s, real.ImplementationType!)), haste, asked));
    }

    private TimeSpan Sooner(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / haste;
}
