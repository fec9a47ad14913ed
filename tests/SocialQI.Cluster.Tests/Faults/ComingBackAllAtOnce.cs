using System.Diagnostics;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>Two of three gateways are gone at once, and everybody who was there comes to the third.</summary>
[Collection<OnTheGround>, Trait("fault", "storm")]
public sealed class ComingBackAllAtOnce(Ground ground)
{
    private const int PagesEach = 18;
    private static readonly InstitutionId home = InstitutionId.Parse("skerry-point");

    [Fact]
    public async Task Lets_everybody_in_again_within_seconds()
    {
        await using var ordeal = await Ordeal.Begin("storm", ground);
        var crowd = await Crowd();
        for (var client = 0; client < Sizes.Clients; client++)
        {
            ordeal.Ward.AddFollower(crowd[client % crowd.Count], [ordeal.Ward.Topics[client % (Sizes.Topics / 2) * 2]], ordeal.Doors(client));
        }
        await ordeal.Ward.Calm();
        await ordeal.Round(
            async () =>
            {
                var leaving = ordeal.Ward.LinesAt(ground.Gateway.Address).Concat(ordeal.Ward.LinesAt(ground.Other.Address)).ToList();
                await Task.WhenAll(ground.Gateway.Kill(), ground.Other.Kill());
                var since = Stopwatch.GetTimestamp();
                await Ward.Within("everybody at the gateway that is left", Task.WhenAll(leaving.Select(l => Back(ordeal, l, since))));
                ordeal.Tell("clients", leaving.Count, "clients");
                ordeal.Tell("back.max", Stopwatch.GetElapsedTime(since).TotalMilliseconds, "ms");
                await Task.WhenAll(ground.Gateway.Start(), ground.Other.Start());
            },
            measures: false);
        await ordeal.End();
        foreach (var person in crowd.Except(ground.People))
        {
            person.Dispose();
        }
    }

    private async Task Back(Ordeal ordeal, Line line, long since)
    {
        await line.Elsewhere(ground.Gateway.Address, ground.Other.Address);
        var back = Stopwatch.GetElapsedTime(since);
        lock (ordeal)
        {
            ordeal.Recovered(back);
        }
    }

    // So many that the gateway that is left may serve all of their pages.
    private async Task<IReadOnlyList<Person>> Crowd()
    {
        var crowd = ground.People.ToList();
        using var administrator = await Person.SignIn(ground.One.Address, "hester.lowe");
        for (var wanted = (Sizes.Clients + Sizes.Followers + Sizes.Writers) / PagesEach + 1; crowd.Count < wanted;)
        {
            crowd.Add(await administrator.Register(ground.One.Address, home, $"storm{crowd.Count}"));
        }
        return crowd;
    }
}
