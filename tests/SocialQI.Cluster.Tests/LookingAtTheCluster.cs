using System.Text.Json.Nodes;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>An operator asks what there is and what is largest, and brings a database up to date before its first start: by id and number, and nothing of what people said.</summary>
public sealed class LookingAtTheCluster(PrivatePostgres postgres)
{
    [Fact]
    public async Task Names_its_nodes_and_its_largest_and_hottest_topics()
    {
        var database = await postgres.CreateDatabase();
        await using var server = await ServerProcess.StartNew(null, "--postgres", database);
        using var imani = await Person.SignIn(server.Address, "imani.cole");
        var topic = await imani.Start(server.Address, new(VisibilityKind.Network));
        for (var i = 0; i < 60; i++)
        {
            await imani.Do(server.Address, topic, new PostContribution(ContributionKind.Comment, $"Troponin {i}"));
        }

        var node = Assert.Single(Lines(await server.Verb("nodes", "--postgres", database, "--json")));
        Assert.Equal(server.SiloPort, node!["port"]!.GetValue<int>());
        var largest = Lines(await server.Verb("topics", "--postgres", database, "--json", "--max", "5"));
        Assert.Equal(5, largest.Count);
        Assert.Equal((topic.ToString(), 61L), (largest[0]!["topic"]!.GetValue<string>(), largest[0]!["events"]!.GetValue<long>()));
        Assert.Equal(largest.Select(l => l!["events"]!.GetValue<long>()).OrderDescending(), largest.Select(l => l!["events"]!.GetValue<long>()));
        var hottest = await server.Verb("topics", "--postgres", database, "--hottest", "--max", "1000");
        Assert.Contains(topic.ToString(), hottest.Said.Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("ballot.", hottest.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Troponin", hottest.Said, StringComparison.Ordinal);

        Assert.Equal(0, await server.Stop());
        Assert.Equal("0 silos.", (await server.Verb("nodes", "--postgres", database)).Said.Trim());
    }

    [Fact]
    public async Task Is_refused_where_there_is_none()
    {
        await using var server = ServerProcess.New();
        foreach (var words in (string[][])[["nodes"], ["topics"], ["nodes", "--postgres", $"Host=127.0.0.1;Port={FreePort.Next()}"], ["topics", "--roles", "nonsense"]])
        {
            var (code, said) = await server.Verb(words);
            Assert.Equal(1, code);
            Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
            Assert.NotEmpty(said.Trim());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Brings_a_database_up_to_date_once_and_says_before_what_it_would_do(bool isPostgres)
    {
        await using var server = ServerProcess.New();
        string[] where = isPostgres ? ["--postgres", await postgres.CreateDatabase()] : [];
        Assert.StartsWith("Schema 0 would become ", (await server.Verb(["migrate", "--dry-run", .. where])).Said, StringComparison.Ordinal);
        Assert.StartsWith("Schema 0 would become ", (await server.Verb(["migrate", "--dry-run", .. where])).Said, StringComparison.Ordinal);
        Assert.StartsWith("Schema 0 became ", (await server.Verb(["migrate", .. where])).Said, StringComparison.Ordinal);
        Assert.Contains("nothing to do", (await server.Verb(["migrate", .. where])).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_a_database_alone_that_another_process_has_or_a_newer_one_had()
    {
        await using var server = await ServerProcess.StartNew();
        var busy = await server.Verb("migrate");
        Assert.Equal(1, busy.Code);
        Assert.Contains("in use by another process", busy.Said, StringComparison.Ordinal);
        Assert.Equal(0, await server.Stop());
        JournalRows.ChangeSqlite(server.Data, "insert into schema_version (version) values (999)");
        var newer = await server.Verb("migrate");
        Assert.Equal(1, newer.Code);
        Assert.Contains("nothing was changed", newer.Said, StringComparison.Ordinal);
    }

    private static JsonArray Lines((int Code, string Said) verb)
    {
        Assert.True(verb.Code == 0, verb.Said);
        return JsonNode.Parse(verb.Said)!.AsArray();
    }
}
