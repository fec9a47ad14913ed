using System.Net;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>The database goes in every way in which it can, and comes back.</summary>
[Collection<OnTheGround>, Trait("fault", "database")]
public sealed class LosingTheDatabase(Ground ground)
{
    [Fact]
    public async Task Loses_nothing_and_is_over_when_it_is_back()
    {
        await using var ordeal = await Ordeal.Begin("database", ground);
        for (var round = 0; round < Sizes.Endings; round++)
        {
            foreach (var how in Enum.GetValues<Ending>())
            {
                await ordeal.Round(
                    async () =>
                    {
                        await ground.Postgres.Stop(how);
                        await (how == Ending.Kill && round == 0 ? IsSaidToEverybody(ordeal) : Task.CompletedTask);
                        await ground.Postgres.Start();
                        await ordeal.Resumes();
                    },
                    measures: false);
            }
        }
        await ordeal.End();
    }

    // So long away that nobody's rights can be vouched for.
    private async Task IsSaidToEverybody(Ordeal ordeal)
    {
        var (door, person, topic) = (ground.One, ground.People[0], ordeal.Ward.Topics[0]);
        await Ward.Within("unreadiness", Unready(person, door));
        await Ward.Within("the end of all passports", ordeal.Ward.Watches.Says("not-now"));

        Assert.Equal(HttpStatusCode.OK, (await person.Get(door.Address, "livez")).Status);
        string[] said =
        [
            (await person.Open(door.Address, topic)).Refusal!.Say, (await person.Send(door.Address, topic, new WithdrawContribution(1))).Refusal!.Say,
            await person.StatusOf(door.Address, "api/institutions"), await person.StatusOf(door.Address, "api/cases"),
        ];
        Assert.Equal(Enumerable.Repeat("503 application/problem+json", 4), said);
    }

    private static async Task Unready(Person person, ServerProcess server)
    {
        while ((await person.Get(server.Address, "readyz")).Status != HttpStatusCode.ServiceUnavailable)
        {
        }
    }
}
