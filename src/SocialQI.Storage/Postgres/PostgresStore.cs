using System.Data.Common;
using System.Globalization;
using Npgsql;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Inspecting;
using SocialQI.Storage.Transfer;

namespace SocialQI.Storage.Postgres;

/// <summary>A store in a PostgreSQL database, for any number of processes.</summary>
public static class PostgresStore
{
    // Any number, as long as every process takes the same.
    private const long SchemaLock = 7_102_339_105_550_221;

    // A whole batch of the writer's leaves in one piece; statements that are asked again and again are planned once. A process that hangs or is cut
    // off in the middle of a transaction holds its rows for seconds, not until the network gives it up after hours.
    private const string Defaults =
        "Application Name=SocialQI;Maximum Pool Size=20;Timeout=5;Command Timeout=5;Write Buffer Size=131072;Max Auto Prepare=50;Auto Prepare Min Usages=2;"
        + "Options=-c idle_in_transaction_session_timeout=5s -c tcp_user_timeout=10s";

    /// <summary>The pool of a process, for this store and for Orleans. What the connection string says of its own stands.</summary>
    /// <param name="connectionString">Where the database is.</param>
    /// <param name="name">What the pool is called in metrics, which would else hold the connection string.</param>
    public static NpgsqlDataSource Source(string connectionString, string name = "service") =>
        new NpgsqlDataSourceBuilder($"{Defaults};{connectionString}") { Name = name }.Build();

    /// <summary>Opens the store in a database, making its tables where there are none.</summary>
    /// <param name="source">
    /// The process's only pool, best made by <see cref="Source"/>; one of its connections is kept by the writer. Its search path says which schema.
    /// Not disposed with the store.
    /// </param>
    /// <param name="readers">A pool that reads for people, of a login that may do nothing else; null: <paramref name="source"/>, which steps down for it.</param>
    /// <param name="clock">Says which affiliations hold now; the system's when null.</param>
    /// <exception cref="SchemaTooNewException">A newer program has been at it.</exception>
    /// <exception cref="SettingsMakeAcksALieException">Its commits would not be durable.</exception>
    /// <exception cref="NoReaderRoleException">There is no role to read with for one person.</exception>
    public static async Task<Store> Open(NpgsqlDataSource source, TimeProvider? clock = null, NpgsqlDataSource? readers = null)
    {
        var (epoch, role) = ("", "");
        await UnderSchemaLock(source, async connection =>
        {
            PostgresSettings.RefuseUnsafe(connection);
            await BringUpToDate(connection);
            role = await PostgresWall.Raise(connection);
            epoch = (string)await Ask(connection, "select epoch from store");
        });
        if (readers is not null)
        {
            await PostgresWall.Try(readers, role);
        }
        var database = new PostgresDatabase(source, readers ?? source, role);
        var pulse = new Pulse(clock ?? TimeProvider.System);
        var commits = new GroupCommit(new PostgresBatches(source), "postgresql", pulse);
        return new Store(database, commits, epoch, clock ?? TimeProvider.System, () => UnderSchemaLock(source, connection => Run(connection, Schema.ForOrleans("Postgres")))) { Pulse = pulse };
    }

    /// <summary>Verifies the store in a database, also while others write to it.</summary>
    public static StoreVerifier Verifier(NpgsqlDataSource source) => new(stop => Beside(source, stop), (row, column) => row.GetGuid(column));

    /// <summary>Tells of the topics in a database how large they are, also while others write to it.</summary>
    public static TopicCensus Census(NpgsqlDataSource source) => new(stop => Beside(source, stop));

    /// <summary>All that a database holds of one home, at one moment, also while others write to it.</summary>
    public static async Task<HomeSnapshot> Home(NpgsqlDataSource source, InstitutionId home, CancellationToken stop) =>
        new(await Beside(source, stop), (row, column) => row.GetGuid(column), home);

    private static async Task<DbConnection> Beside(NpgsqlDataSource source, CancellationToken stop)
    {
        var connection = await source.OpenConnectionAsync(stop);
        // It locks nothing that anybody waits for, and may be busy with what it has read.
        await Run(connection, "begin isolation level repeatable read read only; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0");
        return connection;
    }

    private static async Task BringUpToDate(NpgsqlConnection connection)
    {
        await Run(connection, "create table if not exists schema_version (version integer not null primary key)");
        var version = Convert.ToInt32(await Ask(connection, "select coalesce(max(version), 0) from schema_version"), CultureInfo.InvariantCulture);
        foreach (var step in Schema.After(version, "Postgres"))
        {
            await Run(connection, step.Sql);
            await Run(connection, $"insert into schema_version (version) values ({step.Version})");
        }
    }

    // All or nothing, and one process after the other.
    private static async Task UnderSchemaLock(NpgsqlDataSource source, Func<NpgsqlConnection, Task> work)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run(connection, $"select pg_advisory_xact_lock({SchemaLock})");
        await work(connection);
        await transaction.CommitAsync();
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object> Ask(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())!;
    }
}
