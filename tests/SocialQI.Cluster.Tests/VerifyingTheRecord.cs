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
