namespace SocialQI.Simulator.Tests;

/// <summary>What became of a simulation.</summary>
/// <param name="Seed">Of which; the same seed does the same again.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Trace">A digest of every step.</param>
/// <param name="Acknowledged">How many commands were acknowledged.</param>
/// <param name="Met">How often it ran into what.</param>
internal sealed record Simulated(int Seed, IReadOnlyList<string> Findings, ulong Trace, int Acknowledged, IReadOnlyDictionary<Met, int> Met)
{
    private const int ShownMax = 5;

    public override string ToString() => string.Join("\n  ", Findings.Take(ShownMax).Prepend($"Seed {Seed}, trace {Trace:x16}, has {Findings.Count} findings:"));
}

/// <summary>
/// Twelve seconds in which things go wrong, then calm until everybody has come to the end. What is simulated is the service's own code, from the client's
/// outbox to the grain and back; what is made for it are the machines, the network and the database.
/// </summary>
internal sealed class Simulation
{
    private static readonly TimeSpan Troubled = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(4);

    private const int DisastersMax = 8;
    private const int SecondsOfCalmMax = 90;

    private readonly World world;
    private readonly Installation installation;

    private Simulation(int seed, Planted bug)
    {
        world = new(seed);
        installation = new(world, bug);
    }

    public static Simulated Run(int seed, Planted bug = Planted.Nothing)
    {
        var it = new Simulation(seed, bug);
        try
        {
            it.Happen();
            return it.Became(seed, it.installation.Observed.End());
        }
        catch (Exception e)
        {
            // Broken so that it cannot even go on, or its history not be folded.
            return it.Became(seed, [e.ToString()]);
        }
    }

    private Simulated Became(int seed, IReadOnlyList<string> findings) =>
        new(seed, findings, world.Trace.Digest, installation.Observed.Acknowledged, world.Met);

    private void Happen()
    {
        installation.Begin();
        world.Pass(Second);
        installation.Network.Weather.Turns(world);
        for (var disasters = world.Some(DisastersMax); disasters > 0; disasters--)
        {
            world.In(world.Between(0, Troubled.TotalSeconds), Disaster);
        }
        if (world.Chance(0.2))
        {
            PlanRestore();
        }
        world.Pass(Troubled);
        installation.Calm();
        for (var waited = 0; waited < SecondsOfCalmMax && !installation.IsSettled; waited++)
        {
            world.Pass(Second);
        }
        // Who woke late, or is late to hear, has still this time to spoil it.
        world.Pass(Afterwards);
        installation.LookAround();
    }

    private void Disaster()
    {
        switch (world.Some(8))
        {
            case 0:
                installation.CrashSilo();
                break;
            case 1:
                installation.FreezeSilo();
                break;
            case 2:
                installation.Directory.Duplicate(world.Between(1, 10));
                break;
            case 3:
                installation.Directory.Deactivate();
                break;
            case 4:
                installation.CrashGateway();
                break;
            case 5:
                installation.FreezeGateway();
                break;
            case 6:
                installation.StopDatabase();
                break;
            default:
                installation.CutSome(0.7);
                break;
        }
    }

    private void PlanRestore()
    {
        var backup = world.Between(1, Troubled.TotalSeconds / 2);
        var kept = 0L;
        world.In(backup, () => kept = installation.Disk.Number);
        world.In(backup + world.Between(0.5, Troubled.TotalSeconds / 2), () => installation.Restore(kept));
    }
}
