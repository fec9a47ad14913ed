using Microsoft.Data.Sqlite;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>A row of the audit as it stands in the database.</summary>
internal sealed record KeptAct(
    string Home, string Who, string? Role, string? For, string Act, string? What, string? Topic, long? First, long? Last, long? Count, string Purpose,
    string? Origin, string Result, string? Closes, string Place, string? Flag);

/// <summary>Reads the audit past the product.</summary>
internal static class AuditTable
{
    public static async Task<List<KeptAct>> Of(TheService service, params Somebody[] people)
    {
        await using var connection = await Connect(service);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select home, who, role, acting_for, act, what, topic, first, last, count, purpose, origin, result, closes, writer || '.' || number, flag from audit
            where who in ({string.Join(", ", people.Select(p => $"'{p.Id}'"))}) order by id
            """;
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<KeptAct>();
        while (await row.ReadAsync())
        {
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
            rows.Add(new(
                row.GetString(0), row.GetString(1), Text(2), Text(3), row.GetString(4), Text(5), Text(6), Number(7), Number(8), Number(9), row.GetString(10),
                Text(11), row.GetString(12), Text(13), row.GetString(14), Text(15)));
        }
        return rows;
    }

    /// <summary>What people wrote, as topic and number.</summary>
    public static async Task<List<string>> EventsOf(TheService service, params Somebody[] people)
    {
        await using var connection = await Connect(service);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select topic || ' ' || number from event where lower(hex(actor)) in ({string.Join(", ", people.Select(p => $"'{p.Id}'"))})";
        await using var row = await command.ExecuteReaderAsync();
        var events = new List<string>();
        while (await row.ReadAsync())
        {
            events.Add(row.GetString(0));
        }
        return events;
    }

    public static async Task<SqliteConnection> Connect(TheService service)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(service.Folder, "journal.db")};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
