using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

[Collection<OnTheGround>, Trait("fault", "kill")]
public sealed class KillingASilo(Ground ground)
{
    [Fact]
    public async Task Loses_nothing_and_is_over_in_seconds()
    {
        await using var ordeal = await Ordeal.Begin("kill", ground);
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
        await ordeal.End();
    }
}
