using System.Reflection;
using Orleans.Storage;
using Orleans.Timers;
using SocialQI.Grains.Topics;

namespace SocialQI.Simulator.Tests;

/// <summary>What a grain finds around it: as much of Orleans as the topic's grain uses, on an actor.</summary>
internal static class Hosting
{
    private static readonly Type RuntimeContext = typeof(IGrainContext).Assembly.GetType("Orleans.Runtime.RuntimeContext", throwOnError: true)!;
    private static readonly MethodInfo Set = Method("SetExecutionContext", 2), Reset = Method("ResetExecutionContext", 1);

    /// <summary>A case's grain, not activated yet.</summary>
    public static CaseGrain Make(TopicId topic, TopicServices services, IGrainFactory grains, World world, Actor actor)
    {
        var timers = new Timers(world, actor);
        var runtime = Answering.By<IGrainRuntime>((method, _) => method.Name switch
        {
            "get_GrainFactory" => grains,
            "get_TimerRegistry" => timers,
            _ => null,
        });
        var found = new Services(runtime, timers, grains);
        var id = GrainId.Create("case", topic.ToString());
        var context = Answering.By<IGrainContext>((method, _) => method.Name switch
        {
            "get_GrainId" => id,
            "get_ActivationServices" => found,
            _ => null,
        });
        // A grain takes its context from the thread that makes it.
        object?[] before = [context, null];
        Set.Invoke(null, before);
        try
        {
            return new CaseGrain(services);
        }
        finally
        {
            Reset.Invoke(null, [before[1]]);
        }
    }

    private static MethodInfo Method(string name, int parameters) =>
        RuntimeContext.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Single(m => m.Name == name && m.GetParameters().Length == parameters);

    private sealed class Services(params object[] all) : IServiceProvider
    {
        public object? GetService(Type serviceType) => Array.Find(all, serviceType.IsInstanceOfType);
    }
}

/// <summary>The timers of an activation, by its world's time.</summary>
internal sealed class Timers(World world, Actor actor) : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<T>(IGrainContext grainContext, Func<T, CancellationToken, Task> callback, T state, GrainTimerCreationOptions options)
    {
        var timer = new ActorsTimer(world, actor, () => _ = callback(state, CancellationToken.None));
        timer.Change(options.DueTime, options.Period);
        return new GrainTimer(timer);
    }

    [Obsolete("As in the interface.")]
    public IDisposable RegisterTimer(IGrainContext grainContext, Func<object?, Task> asyncCallback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException();

    private sealed class GrainTimer(ActorsTimer timer) : IGrainTimer
    {
        public void Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose() => timer.Dispose();
    }
}

/// <summary>Orleans' storage of snapshots, on a disk.</summary>
internal sealed class SnapshotStorage(Disk disk, World world) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = disk.Snapshots.TryGetValue(grainId.ToString(), out var bytes);
        if (grainState.RecordExists)
        {
            world.Meet(Met.SnapshotRead);
            grainState.State = (T)(object)new SnapshotBytes { Bytes = bytes };
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        disk.Snapshots[grainId.ToString()] = ((SnapshotBytes)(object)grainState.State!).Bytes.ToArray();
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        disk.Snapshots.Remove(grainId.ToString());
        return Task.CompletedTask;
    }
}
