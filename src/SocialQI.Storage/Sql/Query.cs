using System.Data.Common;
using System.Globalization;

namespace SocialQI.Storage.Sql;

/// <summary>Statements with named parameters, on either database.</summary>
internal static class Query
{
    private const int TimeoutSeconds = 5;

    public static async Task<List<T>> All<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> read, CancellationToken stop, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        await using var row = await command.ExecuteReaderAsync(stop);
        var all = new List<T>();
        while (await row.ReadAsync(stop))
        {
            all.Add(read(row));
        }
        return all;
    }

    /// <summary>The first row; default when there is none.</summary>
    public static async Task<T?> First<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> read, CancellationToken stop, params (string Name, object? Value)[] parameters) =>
        (await connection.All(sql, read, stop, parameters)).FirstOrDefault();

    /// <summary>How many rows it changed.</summary>
    public static async Task<int> Run(this DbConnection connection, string sql, CancellationToken stop, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(stop);
    }

    public static string? TextAt(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberAt(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static byte[]? BytesAt(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static TopicId TopicAt(this DbDataReader row, int column) => TopicId.Parse(row.GetString(column));

    public static Moment MomentAt(this DbDataReader row, int column) => new(row.GetInt64(column));

    /// <summary>All columns as one text, for comparing rows.</summary>
    public static string Whole(this DbDataReader row) =>
        string.Join('\u001f', Enumerable.Range(0, row.FieldCount).Select(column => row.IsDBNull(column) ? "" : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture)));

    /// <summary>Keys joined by spaces, which no key holds; without the letter that says what they are.</summary>
    public static IEnumerable<string> KeysAt(this DbDataReader row, int column) => (row.TextAt(column)?.Split(' ') ?? []).Select(key => key[2..]);

    private static DbCommand Command(this DbConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = TimeoutSeconds;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
