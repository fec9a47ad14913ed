using System.Diagnostics;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>Readers ask for everything, and read nothing of it.</summary>
[Collection<OnTheGround>, Trait("fault", "slow")]
public sealed class NeverReading(Ground ground)
{
    private const int AskedFor = 60;

    private const double TimesMax = 1.2;

    // As far as a run beside others can tell.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(Sizes.AreFull ? 50 : 2_000);

    [Fact(Explicit = true)]
    public async Task Slows_nobody_else_and_fills_no_memory()
    {
        await using var ordeal = await Ordeal.Begin("slow", ground);
        var readers = new List<DeafReader>();
        var (from, memory) = (Stopwatch.GetTimestamp(), Memory());
        await Ordeal.GoesOn(Sizes.Compared);
        var turn = Stopwatch.GetTimestamp();
        await ordeal.Round(async () =>
        {
            for (var i = 0; i < Sizes.DeafReaders; i++)
            {
                readers.Add(await DeafReader.Connect(ground.Gateway.Address, ground.People[i % ground.People.Count]));
                await readers[^1].Follow(ordeal.Ward.Topics.Where((_, t) => t % 2 == 0), AskedFor);
            }
            await Ordeal.GoesOn(Sizes.Compared);
        });
        var (without, with) = (P99(ordeal, from, turn), P99(ordeal, turn, Stopwatch.GetTimestamp()));
        ordeal.Tell("without.p99", without, "ms");
        ordeal.Tell("with.p99", with, "ms");
        ordeal.Tell("memory", (Memory() - memory) / 1024 / 1024, "MiB");
        readers.ForEach(r => r.Dispose());
        await ordeal.End();
        Assert.InRange(with, 0, (TimesMax * without) + Unnoticed.TotalMilliseconds);
    }

    private static double P99(Ordeal ordeal, long from, long to) => Ordeal.Percentile(ordeal.Ward.Watches.Deliveries(from, to), 0.99);

    private long Memory()
    {
        using var gateway = Process.GetProcessById(ground.Gateway.Pid);
        return gateway.WorkingSet64;
    }
}
