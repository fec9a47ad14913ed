using Npgsql;
using SocialQI.Storage.Postgres;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

public sealed class HangingInTheMiddleOfAWrite(PrivatePostgres postgres)
{
    private const string Write = "update tail_reader set position = position + 1 where name = 'lists'";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holds_up_the_other_processes_for_seconds_only()
    {
        var database = await postgres.CreateDatabase();
        await using var pool = PostgresStore.Source(database);
        await using var store = await PostgresStore.Open(pool);
        await store.Tables.KeepTailPosition("lists", 1, Stop);

        await using var hanging = await pool.OpenConnectionAsync(Stop);
        await using var begun = await hanging.BeginTransactionAsync(Stop);
        await Run(hanging);

        await using var other = new NpgsqlConnection(database);
        await other.OpenAsync(Stop);
        // Fails after half a minute.
        await Run(other);
    }

    private static async Task Run(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Write, connection) { CommandTimeout = 30 };
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
    }
}
