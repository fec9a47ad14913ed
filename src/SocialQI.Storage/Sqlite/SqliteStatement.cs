using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SocialQI.Storage.Sqlite;

/// <summary>
/// A statement that stays prepared, with parameters by place (<c>?1</c>, <c>?2</c> …). Straight on SQLite: a SqliteCommand looks up every
/// parameter by name and makes a reader each time, which costs several times what SQLite itself does for a row.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    /// <summary>How many rows it changed.</summary>
    /// <exception cref="SqliteException">Any error, with SQLite's code.</exception>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Step(values);
        raw.sqlite3_reset(statement);
        return raw.sqlite3_changes(database);
    }

    /// <summary>The number in the first row's first column; null when there is no row.</summary>
    /// <exception cref="SqliteException">Any error, with SQLite's code.</exception>
    public long? Ask(params ReadOnlySpan<object?> values)
    {
        long? answer = Step(values) ? raw.sqlite3_column_int64(statement, 0) : null;
        raw.sqlite3_reset(statement);
        return answer;
    }

    public void Dispose() => statement.Dispose();

    private bool Step(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(i + 1, values[i]));
        }
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            // Made before the reset, which would take the words of the error away.
            var error = new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(database));
            raw.sqlite3_reset(statement);
            throw error;
        }
        return result == raw.SQLITE_ROW;
    }

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        int number => raw.sqlite3_bind_int(statement, place, number),
        string text => raw.sqlite3_bind_text(statement, place, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => throw new ArgumentException($"A {value.GetType().Name} is not kept in SQLite.", nameof(value)),
    };

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
