using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using SocialQI.Storage;
using SocialQI.Storage.Sql;

namespace SocialQI.Simulator.Tests;

/// <summary>What a process opens when it starts: its way to the database, with the epoch that it finds there.</summary>
internal static class Opening
{
    // Whatever is not the journal, or one of the two tables below, is not simulated.
    private static readonly Store Nothing = new(Answering.By<IDatabase>((method, _) => method.ReturnType == typeof(string) ? "" : null), null!, "", TimeProvider.System, () => Task.CompletedTask);

    public static Stores Stores(Installation around)
    {
        var journal = new JournalLink(around.Disk, around.Network, around.Bug, around.Leak);
        var tables = Answering.By<ITables>((method, arguments) => method.Name switch
        {
            nameof(ITables.AudienceOf) => new ValueTask<ImmutableArray<string>>(journal.Ask(() => around.Disk.Audience).AsTask()),
            nameof(ITables.Passport) => new ValueTask<Passport>(journal.Ask(() => Installation.PassportOf((ClinicianId)arguments[0]!)).AsTask()),
            _ => null,
        });
        return new Stores(new Store(Nothing, journal, () => Task.CompletedTask, tables));
    }
}

/// <summary>A process that hosts grains.</summary>
internal sealed class Silo
{
    private readonly Installation around;
    private readonly List<Activation> activations = [];
    private readonly Actor pool;

    public Silo(Installation around, string name)
    {
        (this.around, Name) = (around, name);
        pool = new Actor(around.World, name, isOrdered: false);
        Services = new(
            Opening.Stores(around), new Snapshots(new SnapshotStorage(around.Disk, around.World), NullLogger<Snapshots>.Instance), new Pipes(NullLogger<Pipes>.Instance, pool), pool.Clock,
            NullLoggerFactory.Instance);
    }

    public string Name { get; }

    public bool IsDead => pool.IsDead;

    /// <summary>Whether the others believe it to be dead: nothing new is made in it.</summary>
    public bool IsTakenForDead { get; set; }

    public TopicServices Services { get; }

    public Activation Activate()
    {
        var activation = new Activation(around, this, $"{Name}.{activations.Count}");
        activations.Add(activation);
        return activation;
    }

    public bool Hosts(Activation? activation) => activation is not null && activations.Contains(activation);

    /// <summary>As by kill -9.</summary>
    public void Crash() => Each(a => a.Die());

    /// <summary>As by SIGSTOP.</summary>
    public void Stop() => Each(a => a.Pause());

    /// <summary>As by SIGCONT.</summary>
    public void Continue() => Each(a => a.Resume());

    private void Each(Action<Actor> act) => activations.Select(a => a.Actor).Append(pool).ToList().ForEach(act);
}

/// <summary>The topic's grain in one of its lives.</summary>
internal sealed class Activation
{
    private readonly Installation around;
    private readonly Silo silo;
    private readonly Task begun;
    private CaseGrain grain = null!;

    public Activation(Installation around, Silo silo, string name)
    {
        (this.around, this.silo) = (around, silo);
        Actor = new Actor(around.World, name, isOrdered: true);
        begun = Actor.Run(Begin);
    }

    public Actor Actor { get; }

    /// <summary>Nothing more is asked of it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Has it do something once it has begun.</summary>
    public async Task<T> Do<T>(Func<ITopicGrain, Task<T>> what)
    {
        await begun;
        return IsOver ? throw new OrleansException("The activation has ended.") : await what(grain);
    }

    /// <summary>It ends as when nobody has asked for long.</summary>
    public void Deactivate() => Actor.Post(() => _ = End());

    private async Task Begin()
    {
        grain = Hosting.Make(around.Topic, silo.Services, new Grains(around, null).Factory, around.World, Actor);
        try
        {
            await grain.OnActivateAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            IsOver = true;
            throw;
        }
    }

    private async Task End()
    {
        IsOver = true;
        await begun;
        await grain.OnDeactivateAsync(new(DeactivationReasonCode.ActivationIdle, "idle"), CancellationToken.None);
    }
}
