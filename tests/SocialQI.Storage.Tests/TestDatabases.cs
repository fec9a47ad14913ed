using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(PrivatePostgres))]

namespace SocialQI.Storage.Tests;

/// <summary>An empty database of a test's own.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    Task<Store> Open(TimeProvider? clock = null);

    /// <summary>A connection past the product.</summary>
    Task<DbConnection> Connect();
}

/// <summary>In a folder of its own.</summary>
public sealed class SqliteTestDatabase : ITestDatabase
{
    public string Folder { get; } = System.IO.Directory.CreateTempSubdirectory("socialqi-store-").FullName;

    public Task<Store> Open(TimeProvider? clock = null) => SqliteStore.Open(Folder, clock);

    public async Task<DbConnection> Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "journal.db")};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>On the assembly's PostgreSQL.</summary>
public sealed class PostgresTestDatabase(PrivatePostgres postgres) : ITestDatabase
{
    private readonly List<NpgsqlDataSource> sources = [];
    private string? connectionString;

    public async Task<Store> Open(TimeProvider? clock = null)
    {
        // One of its own for each store, as if each were a process.
        var source = PostgresStore.Source(connectionString ??= await postgres.CreateDatabase());
        sources.Add(source);
        return await PostgresStore.Open(source, clock);
    }

    public async Task<DbConnection> Connect()
    {
        var connection = new NpgsqlConnection((connectionString ??= await postgres.CreateDatabase()) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public Audit.StoreVerifier Verifier() => PostgresStore.Verifier(sources[0]);

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }
    }
}

/// <summary>What is expected of a store on either database.</summary>
public abstract class StoreContract(ITestDatabase database) : IAsyncLifetime
{
    private readonly List<Store> opened = [];

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected ITestDatabase Database => database;

    protected Store Store => opened[0];

    protected IJournal Journal => Store.Journal;

    protected ITables Tables => Store.Tables;

    protected ManualClock Clock { get; } = new();

    /// <summary>Who reads here with keys that the test gives them: PostgreSQL shows nothing to who belongs nowhere.</summary>
    protected virtual ClinicianId[] Employed => [];

    public async ValueTask InitializeAsync()
    {
        await OpenAnother();
        foreach (var person in Employed)
        {
            await Employ(person, InstitutionRole.Clinician, InstitutionId.Parse("elsewhere"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened)
        {
            await store.DisposeAsync();
        }
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<Store> OpenAnother()
    {
        opened.Add(await database.Open(Clock));
        return opened[^1];
    }

    /// <summary>Past the journal, for a person whom the test has no history of.</summary>
    protected async Task Employ(ClinicianId person, InstitutionRole role, params InstitutionId[] at)
    {
        foreach (var institution in at)
        {
            await Run(
                $"""
                insert into passport (holder, holds, held_as, since, until)
                values ('{Audience.Person(person)}', '{Audience.Institution(institution)}', '{role.ToString().ToLowerInvariant()}', 0, null)
                """);
        }
    }

    protected async Task<long> Count(string sql)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(Stop), System.Globalization.CultureInfo.InvariantCulture);
    }

    protected async Task Run(string sql)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }
}

public sealed class ManualClock : TimeProvider
{
    public Moment Now { get; set; } = Chain.Noon;

    public override DateTimeOffset GetUtcNow() => Now.Time;
}
