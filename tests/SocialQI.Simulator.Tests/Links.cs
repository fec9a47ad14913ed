using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;

namespace SocialQI.Simulator.Tests;

/// <summary>How a process reaches the topic's grain: Orleans' directory sends its calls to the activation that it knows of.</summary>
internal sealed class GrainLink(Installation around) : ICaseGrain
{
    private Answered? other;

    public async Task<Answered> Ask(Asked asked)
    {
        var answered = await Call(g => g.Ask(asked));
        if (around.Bug != Planted.AnswersCrossed || answered.Code is not null || around.World.Chance(0.9))
        {
            return answered;
        }
        (answered, other) = (other ?? answered, answered);
        return answered;
    }

    public Task<Shown> Show() => Call(g => g.Show());

    public Task<LeaseAnswer> Renew(Lease lease) => Call(g => g.Renew(lease));

    public Task Release(Guid gateway) => Tell(g => g.Release(gateway));

    public Task<byte[]?> Own(byte[] passport, long at) => Call(g => g.Own(passport, at));

    public Task<byte[]?> More(int after) => Call(g => g.More(after));

    public Task Tell(byte[] signal) => Tell(g => g.Tell(signal));

    public Task Point(Guid person, int x, int y) => Tell(g => g.Point(person, x, y));

    public Task Signal(Guid person) => Tell(g => g.Signal(person));

    private async Task<T> Call<T>(Func<ITopicGrain, Task<T>> what)
    {
        var activation = around.Directory.Find() ?? throw new OrleansException("There is no silo.");
        return await around.Network.Call(activation.Actor, () => activation.Do(what));
    }

    private Task<bool> Tell(Func<ITopicGrain, Task> what) => Call(async g =>
    {
        await what(g);
        return true;
    });
}

/// <summary>How a silo reaches a gateway.</summary>
internal sealed class InboxLink(Installation around, Gateway gateway) : IGatewayInbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task Deliver(Parcel[] parcels) => around.Network.Call(
        gateway.Pool,
        async () =>
        {
            await gateway.Rounds.Deliver(parcels);
            return true;
        },
        Patience);
}

/// <summary>Which activation of the topic there is: for a while there may be more than one, and callers that know of different ones.</summary>
internal sealed class Directory(Installation around)
{
    private readonly List<Activation> strays = [];
    private Activation? current;

    /// <summary>The activation to call; null when no silo is there for one.</summary>
    public Activation? Find()
    {
        strays.RemoveAll(s => s.IsOver || s.Actor.IsDead);
        if (strays.Count > 0 && around.World.Chance(0.5))
        {
            return around.World.Some(strays);
        }
        current = current is { IsOver: false } ? current : Activate();
        return current;
    }

    /// <summary>It ends, and the next call makes another.</summary>
    public void Deactivate()
    {
        if (current is { } ends)
        {
            around.World.Meet(Met.Deactivation);
            ends.Deactivate();
        }
    }

    /// <summary>A silo is taken for dead: the next call makes another activation, whether or not it is.</summary>
    public void TakeForDead(Silo silo)
    {
        silo.IsTakenForDead = true;
        if (silo.Hosts(current))
        {
            Forget();
        }
    }

    /// <summary>A second activation is made though the first one lives; some go on calling that, until it ends.</summary>
    public void Duplicate(TimeSpan lasts)
    {
        if (current is { } zombie)
        {
            around.World.Meet(Met.Zombie);
            Forget();
            around.World.In(lasts, zombie.Deactivate);
        }
    }

    private void Forget()
    {
        strays.Add(current!);
        current = null;
    }

    private Activation? Activate() => around.LivingSilos is { Count: > 0 } living ? around.World.Some(living).Activate() : null;
}
