using Microsoft.Data.Sqlite;
using SocialQI.Storage.Audit;

namespace SocialQI.Storage.Sqlite;

/// <summary>
/// A copy of a store as it was at one moment. It says of itself that it is one, and no program serves from it before it was made a store again: clients may
/// have seen more than it has, so it goes on under another epoch.
/// </summary>
public static class SqliteCopy
{
    internal const string Mark = "copy of ";

    /// <summary>Copies the store of a folder, also while a process serves from it.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="file">Where the copy is made; there is none yet.</param>
    /// <returns>The epoch and position it has.</returns>
    /// <exception cref="FileNotFoundException">There is no store in the folder.</exception>
    /// <exception cref="SchemaTooNewException">A newer program has been at it.</exception>
    public static (string Epoch, long Position) Make(string folder, string file)
    {
        var from = Path.Combine(folder, SqliteStore.FileName);
        if (!File.Exists(from))
        {
            throw new FileNotFoundException($"There is no store in {folder}.", from);
        }
        MakeOwners(file);
        // Not read-only: the first to come after a crash makes the index of the log anew.
        using var source = Open(from, SqliteOpenMode.ReadWrite);
        using var copy = Open(file, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(copy);
        Schema.After(Convert.ToInt32(Ask(copy, "select max(version) from schema_version"), null), "Sqlite");
        Run(copy, "pragma journal_mode = delete");
        var now = ((string)Ask(copy, "select epoch from store"), (long)Ask(copy, "select position from store"));
        Run(copy, $"update store set epoch = '{Mark}' || epoch where epoch not like '{Mark}%'");
        return now;
    }

    /// <summary>Makes a copy a store again, under a new epoch. Nobody is signed in any more, and no link that was used once can be used again.</summary>
    /// <exception cref="NoCopyException">It is none, or not whole.</exception>
    /// <exception cref="SchemaTooNewException">A newer program made it.</exception>
    public static Restoration Accept(string file, Moment at)
    {
        try
        {
            SqliteStore.BringUpToDate(file);
            using var connection = SqliteWriter.Open(file);
            Check(connection, file);
            Run(connection, $"""
                begin immediate;
                insert into restored (epoch, previous, position, acts, at)
                    select lower(hex(randomblob(16))), substr(epoch, {Mark.Length + 1}), position, (select coalesce(max(id), 0) from audit), {at.Micros} from store;
                update store set epoch = (select epoch from restored where previous = substr(store.epoch, {Mark.Length + 1}) order by at desc limit 1);
                delete from session;
                delete from one_time_link;
                commit
                """);
            return Read(connection);
        }
        catch (SqliteException e)
        {
            throw new NoCopyException(file, e.Message);
        }
    }

    /// <summary>The last number of each topic.</summary>
    public static IReadOnlyDictionary<string, long> Heads(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "select topic, number from head";
        using var row = command.ExecuteReader();
        var heads = new Dictionary<string, long>();
        while (row.Read())
        {
            heads.Add(row.GetString(0), row.GetInt64(1));
        }
        return heads;
    }

    private static void Check(SqliteConnection connection, string file)
    {
        if (Ask(connection, "pragma integrity_check(1)") is not "ok" and var wrong)
        {
            throw new NoCopyException(file, $"{wrong}");
        }
        if (!((string)Ask(connection, "select epoch from store")).StartsWith(Mark, StringComparison.Ordinal))
        {
            throw new NoCopyException(file, "it does not say that it is a copy");
        }
    }

    private static Restoration Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select r.previous, r.epoch, r.position, r.acts from restored r join store s on s.epoch = r.epoch";
        using var row = command.ExecuteReader();
        row.Read();
        return new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3));
    }

    // Case histories: its owner's only, from the first byte.
    private static void MakeOwners(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var _ = new FileStream(file, options);
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
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
