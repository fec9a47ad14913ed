using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SocialQI.Storage.Sqlite;

/// <summary>The one connection that writes to a file: for one user at a time, and never left inside a transaction.</summary>
internal sealed class SqliteWriter(string file) : IDisposable
{
    private const int Full = 2;

    private readonly Lock gate = new();
    private SqliteConnection? connection;
    private bool isClosed;

    /// <summary>Does something in a transaction and returns once it is durable.</summary>
    /// <exception cref="StorageFullException">Nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">All of it was written, or nothing.</exception>
    public T InTransaction<T>(Func<SqliteConnection, T> write)
    {
        lock (gate)
        {
            var isCommitting = false;
            try
            {
                // Opened again after the end it would write to a folder that may be another process's by now.
                ObjectDisposedException.ThrowIf(isClosed, typeof(Store));
                connection ??= Open(file);
                Run(connection, "begin immediate");
                var result = write(connection);
                isCommitting = true;
                Run(connection, "commit");
                return result;
            }
            catch (SqliteException e) when (SqliteTroubles.Of(e, isCommitting, file) is { } trouble)
            {
                throw trouble;
            }
            finally
            {
                Leave();
            }
        }
    }

    /// <summary>Empties the write-ahead log into the file; false when a reader still needs it. Until then the log holds pages as they once were.</summary>
    public bool Truncate()
    {
        lock (gate)
        {
            try
            {
                using var command = connection?.CreateCommand();
                command?.CommandText = "pragma wal_checkpoint(truncate)";
                return command is not null && (long)command.ExecuteScalar()! == 0;
            }
            catch (SqliteException)
            {
                return false;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            connection?.Dispose();
            connection = null;
        }
    }

    /// <summary>A connection on which what is committed is durable.</summary>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            // Fullfsync matters on a Mac only, where a plain fsync stops at the disk's own cache.
            Run(
                connection,
                """
                pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on; pragma secure_delete = on;
                pragma cache_size = -32768; pragma wal_autocheckpoint = 4000
                """);
            RefuseUnsafe(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="SettingsMakeAcksALieException">A commit on this connection would not survive a loss of power.</exception>
    public static void RefuseUnsafe(SqliteConnection connection)
    {
        if (Setting(connection, "synchronous") is var synchronous && Convert.ToInt32(synchronous, null) < Full)
        {
            throw new SettingsMakeAcksALieException("synchronous", synchronous, "FULL (2)");
        }
        if (Setting(connection, "journal_mode") is var mode and not "wal")
        {
            throw new SettingsMakeAcksALieException("journal_mode", mode, "wal");
        }
    }

    private static string Setting(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma " + name;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    // SQLite ends a transaction by itself after some errors and not after others; left open it would spoil every later write.
    private void Leave()
    {
        if (connection is null || raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            return;
        }
        try
        {
            Run(connection, "rollback");
        }
        catch (SqliteException)
        {
            connection.Dispose();
            connection = null;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
