using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>Neighbours take all the processor time that they can get.</summary>
[Collection<OnTheGround>, Trait("fault", "cpu")]
public sealed class StarvingTheMachine(Ground ground)
{
    private const int Neighbours = 8;

    [Fact]
    public async Task Makes_all_slower_and_takes_no_silo_for_dead()
    {
        await using var ordeal = await Ordeal.Begin("cpu", ground);
        var (deaths, moment) = (await ground.Deaths(), Stopwatch.GetTimestamp());
        await ordeal.Round(async () =>
        {
            var neighbours = Enumerable.Range(0, Neighbours).Select(_ => Busy()).ToList();
            try
            {
                await Ordeal.GoesOn(Sizes.Starved);
            }
            finally
            {
                foreach (var neighbour in neighbours)
                {
                    neighbour.Kill();
                    await neighbour.WaitForExitAsync();
                    neighbour.Dispose();
                }
            }
        });
        ordeal.Tell("p99", Ordeal.Percentile(ordeal.Ward.Watches.Untouched(moment), 0.99), "ms");
        ordeal.Tell("deaths", await ground.Deaths() - deaths, "silos");
        await ordeal.End();
        Assert.Equal(deaths, await ground.Deaths());
    }

    // Ends by itself too, should this process not live to end it.
    private static Process Busy()
    {
        var seconds = (2 * Sizes.Starved).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Process.Start("sh", ["-c", $"end=$(( $(date +%s) + {seconds} )); while [ $(( i = i + 1 )) -lt 100000 ] || [ \"$(date +%s)\" -lt $end ]; do [ $i -lt 100000 ] || i=0; done"]);
    }
}
