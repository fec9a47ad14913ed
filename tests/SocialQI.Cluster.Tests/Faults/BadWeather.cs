using System.Net;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>The network between a node and its clients, and between it and the database, delays, throttles, cuts, swallows and resets.</summary>
[Collection<OnTheGround>, Trait("fault", "net")]
public sealed class BadWeather(Ground ground)
{
    private static readonly Weather[] weathers =
    [
        new Weather.Delay(TimeSpan.FromMilliseconds(200)), new Weather.Throttle(8 * 1024), new Weather.Cut(20_000), new Weather.Blackhole(), new Weather.Reset(),
    ];

    [Fact(Explicit = true)]
    public async Task Passes_and_leaves_nothing_behind()
    {
        await using var toDatabase = new Relay(new IPEndPoint(IPAddress.Loopback, ground.Postgres.Port));
        await using var far = ground.Node("far", "--postgres", $"{ground.Database};Port={toDatabase.Port};Application Name=far");
        await far.Start();
        await using var toNode = new Relay(new IPEndPoint(IPAddress.Loopback, far.Address.Port));
        await using var ordeal = await Ordeal.Begin("net", ground, toNode.Address, ground.One.Address, ground.Gateway.Address);
        for (var round = 0; round < Sizes.Storms; round++)
        {
            foreach (var weather in weathers)
            {
                foreach (var relay in (Relay[])[toNode, toDatabase])
                {
                    await ordeal.Round(
                        async () =>
                        {
                            relay.Set(weather);
                            await Ordeal.GoesOn(Sizes.Weather);
                            relay.Set(new Weather.Fair());
                            await ordeal.Resumes();
                        },
                        measures: false);
                }
            }
        }
        await ordeal.End();
    }
}
