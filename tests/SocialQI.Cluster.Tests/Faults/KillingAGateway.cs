using System.Diagnostics;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

[Collection<OnTheGround>, Trait("fault", "gateway")]
public sealed class KillingAGateway(Ground ground)
{
    [Fact]
    public async Task Costs_its_clients_a_reconnection_and_nobody_anything_else()
    {
        await using var ordeal = await Ordeal.Begin("gateway", ground);
        for (var kill = 0; kill < Sizes.Gateways; kill++)
        {
            await ordeal.Round(
                async () =>
                {
                    var leaving = ordeal.Ward.LinesAt(ground.Gateway.Address);
                    await ground.Gateway.Kill();
                    var since = Stopwatch.GetTimestamp();
                    await Ward.Within("all of its clients elsewhere", Task.WhenAll(leaving.Select(async line =>
                    {
                        await line.Elsewhere(ground.Gateway.Address);
                        var back = Stopwatch.GetElapsedTime(since);
                        lock (ordeal)
                        {
                            ordeal.Recovered(back);
                        }
                    })));
                    await ground.Gateway.Start();
                    // Or there would be nobody to leave it the next time.
                    await ordeal.Ward.Move();
                },
                measures: false);
        }
        await ordeal.End();
    }
}
