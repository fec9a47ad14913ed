using Microsoft.Extensions.Logging.Abstractions;
using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using SocialQI.Server.Gateway;
using SocialQI.Wire;

namespace SocialQI.Simulator.Tests;

/// <summary>A process that clients are connected to.</summary>
internal sealed class Gateway
{
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(1);

    private readonly Installation around;
    private readonly Passports passports;
    private readonly TailReading tail;

    public Gateway(Installation around, string name)
    {
        this.around = around;
        // Its clock, by which commands are stamped, is not everybody's.
        Pool = new Actor(around.World, name, isOrdered: false, skew: around.World.Between(-2, 2));
        var stores = Opening.Stores(around);
        Epoch = stores.Default.Journal.Epoch;
        passports = new Passports(stores, Pool.Clock);
        Rounds = new Rounds(stores, new Grains(around, this).Factory, passports, NullLogger<Rounds>.Instance, Pool);
        Asking = new Asking(Rounds);
        tail = new TailReading(Rounds);
        _ = Pool.Run(() => Repeat(BetweenReadings, ReadTail));
        _ = Pool.Run(() => Repeat(Lease.Lasts / 3, Rounds.Tend));
    }

    public Actor Pool { get; }

    /// <summary>The epoch that it found when it started.</summary>
    public string Epoch { get; }

    public Rounds Rounds { get; }

    public Asking Asking { get; }

    public bool IsDead => Pool.IsDead;

    /// <summary>What the hub does for a client that follows.</summary>
    public Task<Answer> Follow(Connection connection, TopicId topic, long after, CancellationToken gone)
    {
        return Asking.OrSay(topic, Follow(), Answer.No(Refusal.NotNow));

        async Task<Answer> Follow() => await Asking.RefuseToShow(connection.Person, topic, gone) is { } refusal
            ? Answer.No(refusal)
            : await Rounds.Follow(topic, connection, Math.Max(0, after), gone);
    }

    private async Task Repeat(TimeSpan period, Func<Task> what)
    {
        using var timer = new PeriodicTimer(period, Pool.Clock);
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                await what();
            }
            catch (Exception e)
            {
                // An outage passes; anything else is to be known.
                if (!Outages.IsOutage(e))
                {
                    around.Observed.Unexpected(e);
                }
            }
        }
    }

    private async Task ReadTail()
    {
        await tail.ReadOn(CancellationToken.None);
        passports.TailWasRead();
        tail.AskAgain();
        await tail.SendHeads(CancellationToken.None);
    }
}

/// <summary>What a process reaches of Orleans' grains and observers.</summary>
internal sealed class Grains(Installation around, Gateway? gateway)
{
    private readonly GrainLink grain = new(around);

    public IGrainFactory Factory => field ??= Answering.By<IGrainFactory>((method, arguments) => method.Name switch
    {
        nameof(IGrainFactory.GetGrain) when arguments is [string, ..] => grain,
        nameof(IGrainFactory.CreateObjectReference) => new InboxLink(around, gateway!),
        _ => null,
    });
}
