using System.Data.Common;
using Microsoft.Data.Sqlite;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Inspecting;
using SocialQI.Storage.Transfer;

namespace SocialQI.Storage.Sqlite;

/// <summary>A store in a folder of one machine, for one process.</summary>
public static class SqliteStore
{
    /// <summary>The file of the journal in its folder.</summary>
    public const string FileName = "journal.db";

    /// <summary>Opens the store in a folder, making both where there are none.</summary>
    /// <param name="folder">Belongs to this process until the store is disposed.</param>
    /// <param name="clock">Says which affiliations hold now; the system's when null.</param>
    /// <exception cref="DataFolderInUseException">Another store is open on it.</exception>
    /// <exception cref="SchemaTooNewException">A newer program has been at it.</exception>
    /// <exception cref="SettingsMakeAcksALieException">Its commits would not be durable.</exception>
    /// <exception cref="NotRestoredException">It is a copy.</exception>
    public static Task<Store> Open(string folder, TimeProvider? clock = null) => Task.Run(() =>
    {
        OwnersFolder.Make(folder);
        var folderLock = Lock(folder);
        var file = Path.Combine(folder, FileName);
        var writer = new SqliteWriter(file);
        try
        {
            var epoch = BringUpToDate(file);
            if (epoch.StartsWith(SqliteCopy.Mark, StringComparison.Ordinal))
            {
                throw new NotRestoredException(folder);
            }
            var database = new SqliteDatabase(file, writer, folderLock);
            var commits = new GroupCommit(new SqliteBatches(writer), "sqlite");
            return new Store(database, commits, epoch, clock ?? TimeProvider.System, () => Task.Run(() => ApplyOrleansScript(folder)), () => OrleansTables.Scrub(folder));
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    });

    /// <summary>Where the Orleans providers find their tables: a file of their own, so that they never wait for the journal's writer.</summary>
    public static DbDataSource OrleansSource(string folder) => new OrleansTables(folder);

    /// <summary>Verifies the store in a folder, also while another process writes to it.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static StoreVerifier Verifier(string folder) => new(Beside(folder), SqliteDatabase.IdIn);

    /// <summary>Tells of the topics in a folder how large they are, also while another process writes to it.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static TopicCensus Census(string folder) => new(Beside(folder));

    /// <summary>All that a folder holds of one home, at one moment, also while another process writes to it.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static async Task<HomeSnapshot> Home(string folder, InstitutionId home, CancellationToken stop) => new(await Beside(folder)(stop), SqliteDatabase.IdIn, home);

    private static Func<CancellationToken, Task<DbConnection>> Beside(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no store in {folder}.", file);
        }
        return async stop =>
        {
            // Not read-only: the first to come after a crash makes the index of the log anew.
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            await connection.OpenAsync(stop);
            // A transaction that begins with its first reading, and keeps nobody from writing.
            Run(connection, "pragma query_only = on; begin deferred");
            return connection;
        };
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new DataFolderInUseException(folder, e);
        }
    }

    // Closing the only connection empties the log, also of text that was redacted just before an earlier process ended.
    internal static string BringUpToDate(string file)
    {
        using var connection = SqliteWriter.Open(file);
        Run(connection, "begin exclusive; create table if not exists schema_version (version integer not null primary key) strict");
        var version = (long)Ask(connection, "select coalesce(max(version), 0) from schema_version");
        foreach (var step in Schema.After((int)version, "Sqlite"))
        {
            Run(connection, step.Sql);
            Run(connection, $"insert into schema_version (version) values ({step.Version})");
        }
        Run(connection, "commit");
        return (string)Ask(connection, "select epoch from store");
    }

    private static void ApplyOrleansScript(string folder)
    {
        using var connection = new SqliteConnection(OrleansTables.In(folder));
        connection.Open();
        Run(connection, "pragma journal_mode = wal");
        Run(connection, "begin exclusive;" + Schema.ForOrleans("Sqlite") + ";commit");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
