using System.Globalization;
using Microsoft.Data.Sqlite;
using SocialQI.Storage.Inspecting;

namespace SocialQI.Storage.Sqlite;

/// <summary>Looks at the store of a folder without changing it, also while a process serves from it.</summary>
public static class SqliteInspection
{
    /// <summary>Of a folder without a store: the first start makes one.</summary>
    public static Inspection OfNothing => new(0, Schema.Newest("Sqlite"), 0, [], []);

    public static Inspection Of(string folder)
    {
        var file = Path.Combine(folder, SqliteStore.FileName);
        var known = Schema.Newest("Sqlite");
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ToString());
            connection.Open();
            Ask(connection, "pragma query_only = on");
            var schema = Convert.ToInt32(Ask(connection, "select coalesce(max(version), 0) from schema_version"), CultureInfo.InvariantCulture);
            return new(schema, known, schema == 0 ? 0 : (long)Ask(connection, "select position from store")!, [.. Ailments(connection, folder, schema, known)], []);
        }
        catch (SqliteException e)
        {
            return new(0, known, 0, [new("database-unreadable", true, $"{file} cannot be read: {e.Message}. Restore the last backup into another folder.")], []);
        }
    }

    private static IEnumerable<Ailment> Ailments(SqliteConnection connection, string folder, int schema, int known)
    {
        if (schema > known)
        {
            yield return new("schema-too-new", true, new SchemaTooNewException(schema, known).Message);
        }
        if (schema > 0 && ((string)Ask(connection, "select epoch from store")!).StartsWith(SqliteCopy.Mark, StringComparison.Ordinal))
        {
            yield return new("not-restored", true, new NotRestoredException(folder).Message);
        }
        if (Ask(connection, "pragma quick_check(1)") is not "ok" and var wrong)
        {
            yield return new("database-corrupt", true, $"The database in {folder} is not whole: {wrong}. Restore the last backup into another folder.");
        }
    }

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
