using Npgsql;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Cluster.Tests.Verbs;

namespace SocialQI.Cluster.Tests;

/// <summary>A cluster's database comes back as it was some time ago, by PostgreSQL's own means. No node serves from it before it begins another epoch.</summary>
public sealed class RestoringADatabase(PrivatePostgres postgres) : IAsyncLifetime
{
    private string database = "";
    private ServerProcess one = null!;
    private ServerProcess other = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Name => new NpgsqlConnectionStringBuilder(database).Database!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabase();
        (one, other) = (Node(), Node());
        await one.Start();
        await other.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Is_noticed_by_every_node_and_told_with_what_is_lost()
    {
        using var imani = await Person.SignIn(one.Address, "imani.cole");
        var topic = await imani.Start(one.Address, new(VisibilityKind.Network));
        await Write(imani, topic, 3);
        var before = await imani.Open(one.Address, topic);
        await End();
        await Run($"create database {Name}_copy template {Name}");
        await Begin();
        await Write(imani, topic, 4);
        await End();
        await Run($"alter database {Name} rename to {Name}_lost");
        await Run($"alter database {Name}_copy rename to {Name}");

        Assert.Contains("restored from a copy", (await Assert.ThrowsAsync<InvalidOperationException>(one.Start)).Message, StringComparison.Ordinal);
        Assert.Contains("on one node without --acknowledge", await Fails(other.Verb("restore", "--postgres", database, "--acknowledge")), StringComparison.Ordinal);
        var lost = $"{topic}: numbers {before.Number + 1} to {before.Number + 4}";
        Assert.Contains(lost, await Succeeds(one.Verb("restore", "--postgres", database, "--dry-run")), StringComparison.Ordinal);
        Assert.Contains(lost, await Succeeds(one.Verb("restore", "--postgres", database)), StringComparison.Ordinal);
        await one.Start();
        Assert.Contains("--acknowledge", (await Assert.ThrowsAsync<InvalidOperationException>(other.Start)).Message, StringComparison.Ordinal);
        Assert.Contains("serves from this database", await Fails(other.Verb("restore", "--postgres", database)), StringComparison.Ordinal);
        await Succeeds(other.Verb("restore", "--postgres", database, "--acknowledge"));
        await other.Start();

        using var again = await Person.SignIn(other.Address, "imani.cole");
        var after = await again.Open(other.Address, topic);
        Assert.Equal(before.Number, after.Number);
        Assert.NotEqual(before.Epoch, after.Epoch);
        await Write(again, topic, 1);
        await End();
        foreach (var node in (ServerProcess[])[one, other])
        {
            Assert.Contains("Restored from a copy: 1", await Succeeds(node.Verb("audit", "verify", "--postgres", database)), StringComparison.Ordinal);
        }
    }

    private ServerProcess Node() => ServerProcess.New(null, "--postgres", database, "--SocialQI:Audit:Every", "00:00:00.2");

    private async Task Begin()
    {
        await one.Start();
        await other.Start();
    }

    private async Task End()
    {
        Assert.Equal(0, await one.Stop());
        Assert.Equal(0, await other.Stop());
    }

    private async Task Write(Person person, TopicId topic, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await person.Do(one.Address, topic, new PostContribution(ContributionKind.Comment, $"Troponin of {topic.Key}, {i}"));
        }
    }

    // From beside it: a database that somebody is connected to is neither copied nor renamed.
    private async Task Run(string sql)
    {
        await using var beside = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Database = "postgres", Pooling = false }.ToString());
        await beside.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, beside);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
