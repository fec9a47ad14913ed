using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>Silos are killed while people write, give their opinions and rate in a panel.</summary>
[Collection<OnTheGround>, Trait("fault", "kill")]
public sealed class KillingASilo(Ground ground)
{
    [Fact]
    public async Task Loses_nothing_and_is_over_in_seconds()
    {
        await using var ordeal = await Ordeal.Begin("kill", ground);
        await using var voting = await Voting.Begin(ground);
        for (var kill = 0; kill < Sizes.Kills; kill++)
        {
            var victim = ground.Silos[kill % ground.Silos.Count];
            await ordeal.Round(async () =>
            {
                await victim.Kill();
                // Every other one is back before the rest have noticed.
                await (kill % 2 == 0 ? ordeal.Served() : Task.CompletedTask);
                await victim.Start();
            });
        }
        ordeal.Tell("entries", await voting.End(), "entries");
        await ordeal.End();
    }
}
