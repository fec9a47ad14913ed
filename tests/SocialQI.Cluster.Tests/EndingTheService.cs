using System.Text.Json.Nodes;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>A process is ended while people write or before it has begun: by the operator, or as when the power goes.</summary>
public sealed class EndingTheService(PrivatePostgres postgres)
{
    [Fact]
    public async Task Orderly_or_not_keeps_everything_that_was_acknowledged()
    {
        await using var server = await ServerProcess.StartNew();
        await using var ward = new Ward();
        using var imani = await Person.SignIn(server.Address, "imani.cole");
        using var wen = await Person.SignIn(server.Address, "wen.halloran");
        await ward.Start(imani, server.Address, new(VisibilityKind.Network));
        foreach (var person in (Person[])[imani, wen])
        {
            ward.AddFollower(person, server.Address);
            foreach (var _ in Enumerable.Range(0, 4))
            {
                ward.AddWriter(person, ward.Topics[0], server.Address);
            }
        }
        await ward.Calm();

        await server.Kill();
        await server.Start();
        await ward.Calm();
        Assert.Equal(0, await server.Stop());
        await server.Start();
        await ward.Calm();

        Finding.None(await ward.Check(() => JournalRows.OfSqlite(server.Data, ward.Topics[0])));
    }

    [Fact]
    public async Task In_the_middle_of_its_first_start_is_made_up_for_by_the_next()
    {
        await using var server = ServerProcess.New();
        var begun = server.Says("Making the demonstration network");
        var starting = server.Start();
        await Ward.Within("the first line of the first start", begun);
        while (JournalRows.CountOfSqlite(server.Data, "select position from store") == 0)
        {
        }
        await server.Kill();
        await Assert.ThrowsAsync<InvalidOperationException>(() => starting);

        await server.Start();

        var network = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ServerProcess.Root, "src/SocialQI.Server/Demo/network.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(network["cases"]!.AsArray().Count, JournalRows.CountOfSqlite(server.Data, "select count(*) from head where topic like 'case.%'"));
        using var last = await Person.SignIn(server.Address, network["clinicians"]!.AsArray()[^1]!["user"]!.GetValue<string>());
    }

    [Fact]
    public async Task While_it_waits_for_the_cluster_is_as_orderly()
    {
        await using var edge = ServerProcess.New(null, "--postgres", await postgres.CreateDatabase(), "--roles", "gateway");
        var waits = edge.Says("Could not find any gateway");
        var starting = edge.Start();
        await Ward.Within("a gateway without a silo", waits);

        Assert.True(await edge.Stop() == 0, edge.Said);
        await Assert.ThrowsAsync<InvalidOperationException>(() => starting);
    }
}
