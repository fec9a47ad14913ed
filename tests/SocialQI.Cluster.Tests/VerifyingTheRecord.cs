using Npgsql;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>An operator verifies the database of a running service, and learns which row somebody has changed.</summary>
public sealed class VerifyingTheRecord(PrivatePostgres postgres) : IAsyncLifetime
{
    private string connection = "";
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        connection = await postgres.CreateDatabase();
        server = await ServerProcess.StartNew(null, "--postgres", connection);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Says_that_all_is_well_until_somebody_changes_a_row()
    {
        using (var person = await Person.SignIn(server.Address, "ines.falkner"))
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await person.Get(server.Address, "api/cases")).Status);
        }
        var (code, said) = await Verify();
        Assert.True(code == 0, said);

        // The last checkpoint is kept when the service ends: after that nothing of it can be cut off unseen.
        Assert.Equal(0, await server.Stop());
        Assert.Equal(0, (await Verify()).Code);
        await Run("alter table audit disable trigger user");
        await Run("delete from audit where id = (select max(id) from audit)");
        Assert.Contains("First bad row: audit", Bad(await Verify()), StringComparison.Ordinal);
        await Run("update event set at = at + 1 where position = 7");
        Assert.Contains("First bad row: event", Bad(await Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compares_what_is_kept_beside_it_and_names_what_differs()
    {
        await Ward.Within("a first checkpoint", FirstCheckpoint());
        await Ward.Within("the lists to have read everything", ListsAreRead());
        var (code, said) = await server.Verb("verify", "--postgres", connection);
        Assert.True(code == 0, said);
        foreach (var what in (string[])["snapshots", "lists", "search"])
        {
            Assert.Matches($"{what}: [1-9][0-9]* topics compared, 0 differ, 0 lines of no topic", said);
        }

        await Run("update case_list set title = 'Wrong' where topic = (select min(topic) from case_list)");
        await Run("update search_text set body = 'Wrong' where topic = (select max(topic) from search_text)");
        await Run("insert into followed (person, topic) values ('nobody', 'nothing')");
        var found = Bad(await server.Verb("verify", "--postgres", connection));
        Assert.Contains("lists of case.", found, StringComparison.Ordinal);
        Assert.Contains("search of case.", found, StringComparison.Ordinal);
        Assert.Contains("1 differ, 1 lines of no topic", found, StringComparison.Ordinal);

        Assert.Equal(0, (await server.Verb("rebuild", "--all")).Code);
        Assert.Equal(0, (await server.Verb("verify", "--json", "--postgres", connection)).Code);
    }

    // Made while the service starts, and by it alone.
    private async Task FirstCheckpoint()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!File.Exists(Path.Combine(server.Data, "audit", "checkpoints.jsonl")) && await pace.WaitForNextTickAsync())
        {
        }
    }

    private async Task ListsAreRead()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Count("select count(*) from tail_reader, store where tail_reader.position < store.position") > 0 && await pace.WaitForNextTickAsync())
        {
        }
    }

    private async Task<long> Count(string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, open);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private Task<(int Code, string Said)> Verify() => server.Verb("audit", "verify", "--postgres", connection);

    private static string Bad((int Code, string Said) run)
    {
        Assert.Equal(1, run.Code);
        return run.Said;
    }

    private async Task Run(string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
