using SocialQI.Cases;
using SocialQI.Grains.FanOut;

namespace SocialQI.Simulator.Tests;

/// <summary>A database, two silos, two gateways, three browsers, and everything between them.</summary>
internal sealed class Installation
{
    private static readonly InstitutionId NorthHarbour = InstitutionId.Parse("north-harbour");
    private static readonly InstitutionId Thornmere = InstitutionId.Parse("thornmere");
    private static readonly Passport Ada = PassportOf(0xada, NorthHarbour);
    private static readonly Passport Ben = PassportOf(0xbe4, Thornmere);

    private readonly List<Cable> cables = [];
    private readonly Silo[] silos = new Silo[2];
    private readonly Gateway[] gateways = new Gateway[2];
    private Device[] devices = [];
    private int started;

    public Installation(World world, Planted bug)
    {
        (World, Bug, IsBusy) = (world, bug, world.Chance(0.05));
        Topic = TopicId.Case(NorthHarbour, world.Id());
        Disk = new(world, bug);
        Network = new(world, new());
        Directory = new(this);
        Observed = new(world, Disk, Topic);
        StartAll();
    }

    public World World { get; }

    public Planted Bug { get; }

    public TopicId Topic { get; }

    public Disk Disk { get; }

    public Network Network { get; }

    public Directory Directory { get; private set; }

    public Observed Observed { get; }

    public IReadOnlyList<Silo> LivingSilos => [.. silos.Where(s => !s.IsDead && !s.IsTakenForDead)];

    public IReadOnlyList<Gateway> LivingGateways => [.. gateways.Where(g => !g.IsDead)];

    /// <summary>Whether so much is written that snapshots are taken.</summary>
    public bool IsBusy { get; }

    /// <summary>Whether everything written is answered and everybody shows all of it.</summary>
    public bool IsSettled => Array.TrueForAll(devices, d => d.IsSettled);

    public static Passport PassportOf(ClinicianId person) => person == Ada.Person ? Ada : Ben;

    /// <summary>Whether a refusal says no more than "in a moment".</summary>
    public static bool Passes(Refusal no) => no.IsPassing || no.Code is "outcome-unknown" or "storage-full";

    /// <summary>The case begins and is opened by everybody.</summary>
    public void Begin()
    {
        Ask(new StartCase("Chest pain at noon", "What next?"));
        Ask(new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0)));
        Observed.Begins(Disk.Number);
        devices = [new(this, "Ada", Ada), new(this, "Ada again", Ada), new(this, "Ben", Ben)];
    }

    /// <summary>Nothing goes wrong any more, and nobody writes.</summary>
    public void Calm()
    {
        Network.Weather.Clears();
        Disk.IsDown = false;
        Array.ForEach(devices, d => d.IsWriting = false);
    }

    /// <summary>What everybody shows at last.</summary>
    public void LookAround() => Array.ForEach(devices, d => d.Look());

    public void Connected(Cable cable)
    {
        cables.RemoveAll(c => c.Lost.IsCompleted);
        cables.Add(cable);
    }

    public void CutSome(double share)
    {
        foreach (var device in devices.Where(_ => World.Chance(share)))
        {
            World.Meet(Met.CutCable);
            device.Cut();
        }
    }

    public void CrashSilo()
    {
        World.Meet(Met.SiloCrash);
        Crash(World.Some(silos));
    }

    /// <summary>A silo stands still, is taken for dead, goes on with what it knew, and learns at last that it is dead.</summary>
    public void FreezeSilo()
    {
        var frozen = World.Some(silos);
        var wakes = World.Between(0.5, 8);
        World.Meet(Met.FrozenSilo);
        frozen.Stop();
        World.In(World.Between(0.5, 4), () => Directory.TakeForDead(frozen));
        World.In(wakes, frozen.Continue);
        World.In(wakes + World.Between(0.1, 6), () => Crash(frozen));
    }

    public void CrashGateway()
    {
        var index = World.Some(gateways.Length);
        var dead = gateways[index];
        World.Meet(Met.GatewayCrash);
        dead.Pool.Die();
        cables.Where(c => c.Gateway == dead).ToList().ForEach(c => c.Cut());
        World.In(World.Between(0.5, 4), () => gateways[index] = gateways[index] == dead ? NewGateway() : gateways[index]);
    }

    public void FreezeGateway()
    {
        var frozen = World.Some(gateways);
        World.Meet(Met.FrozenGateway);
        frozen.Pool.Pause();
        World.In(World.Between(0.5, 8), frozen.Pool.Resume);
    }

    public void StopDatabase()
    {
        World.Meet(Met.DatabaseDown);
        Disk.IsDown = true;
        World.In(World.Between(0.5, 7), () => Disk.IsDown = false);
    }

    /// <summary>Everything ends, the database is put back to an earlier moment, and everything starts again.</summary>
    public void Restore(long number)
    {
        Array.ForEach(silos, s => s.Crash());
        Array.ForEach(gateways, g => g.Pool.Die());
        cables.ForEach(c => c.Cut());
        Observed.Restores(number);
        Disk.Restore(number);
        Disk.IsDown = false;
        Directory = new(this);
        StartAll();
    }

    /// <summary>Tells the gateways of events past all that the service does for it.</summary>
    public void Leak(Parcel parcel)
    {
        foreach (var gateway in LivingGateways)
        {
            World.In(Network.Delay(), () => gateway.Pool.Post(() => _ = gateway.Rounds.Deliver([parcel])));
        }
    }

    private static Passport PassportOf(int person, InstitutionId institution) => new(
        new ClinicianId(new Guid(person, 0, 0, new byte[8])), Clinicians.Grade.Attending, [new(institution, InstitutionRole.Clinician, default, null)], institution, [], [], 1);

    private void Ask(Command command)
    {
        var gateway = gateways[0];
        var asked = gateway.Pool.Run(() => gateway.Asking.Send(Ada.Person, Topic, World.Id(), Json.Encode(command), CancellationToken.None));
        World.Pass(TimeSpan.FromSeconds(0.5));
        if (!asked.IsCompleted || asked.Result.Refusal is not null)
        {
            throw new InvalidOperationException($"The case could not begin: {(asked.IsCompleted ? asked.Result.Refusal : null)}");
        }
    }

    private void StartAll()
    {
        for (var i = 0; i < silos.Length; i++)
        {
            silos[i] = NewSilo();
        }
        for (var i = 0; i < gateways.Length; i++)
        {
            gateways[i] = NewGateway();
        }
    }

    private void Crash(Silo dead)
    {
        dead.Crash();
        World.In(World.Between(0.5, 4), () => Directory.TakeForDead(dead));
        World.In(World.Between(0.5, 4), () =>
        {
            // Unless something else has put another in its place meanwhile.
            var index = Array.IndexOf(silos, dead);
            if (index >= 0)
            {
                silos[index] = NewSilo();
            }
        });
    }

    private Silo NewSilo() => new(this, $"silo {++started}");

    private Gateway NewGateway() => new(this, $"gateway {++started}");
}
