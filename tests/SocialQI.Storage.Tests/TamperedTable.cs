using System.Data.Common;
using Microsoft.Data.Sqlite;
using SocialQI.Storage.Audit;

namespace SocialQI.Storage.Tests;

/// <summary>A table as somebody has it who can run any statement: read, changed at will, and put in the place of what was there.</summary>
internal sealed class TamperedTable(string name, string[] columns, List<Dictionary<string, object?>> rows)
{
    public const string Event = "event";
    public const string Audit = "audit";

    /// <summary>In the order of the store.</summary>
    public List<Dictionary<string, object?>> Rows => rows;

    private string Place => name == Event ? "position" : "id";

    public static async Task<TamperedTable> Read(DbConnection connection, string name)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from {name} order by {(name == Event ? "position" : "id")}";
        await using var row = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, row.FieldCount).Select(row.GetName).ToArray();
        var rows = new List<Dictionary<string, object?>>();
        while (await row.ReadAsync())
        {
            rows.Add(columns.Select((column, i) => (column, Value: row.IsDBNull(i) ? null : row.GetValue(i))).ToDictionary(c => c.column, c => c.Value));
        }
        return new(name, columns, rows);
    }

    public string ChainOf(Dictionary<string, object?> row) => name == Event ? (string)row["topic"]! : $"{row["home"]} {row["writer"]}";

    public List<Dictionary<string, object?>> Chain(string chain) => [.. rows.Where(r => ChainOf(r) == chain)];

    /// <summary>Seals rows of a chain anew from one on, as if what they say now had been written.</summary>
    public void SealFrom(List<Dictionary<string, object?>> chain, int first)
    {
        var before = first == 0 ? Sealing.Start : (byte[])chain[first - 1]["hash"]!;
        foreach (var row in chain.Skip(first))
        {
            if (name == Event && row["payload"] is byte[] payload)
            {
                row["digest"] = Sealing.Digest((byte[])row["salt"]!, payload);
            }
            row["hash"] = before = name == Event ? HashOfEvent(row, before) : HashOfAct(row, before);
        }
    }

    /// <summary>Puts the rows in the place of the table, without any constraint or trigger; what only keeps count is made to agree.</summary>
    public async Task Write(DbConnection connection)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i][Place] = i + 1L;
        }
        await Run(connection, $"create table forged as select * from {name} where 1 = 0");
        // PostgreSQL has a view of it, which the forger takes away too.
        await Run(connection, connection is SqliteConnection ? $"drop table {name}" : $"drop table {name} cascade");
        await Run(connection, $"alter table forged rename to {name}");
        foreach (var some in rows.Chunk(50))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"insert into {name} ({string.Join(", ", columns)}) values "
                + string.Join(", ", some.Select((_, i) => $"({string.Join(", ", columns.Select((_, j) => $"@p{i}_{j}"))})"));
            foreach (var (row, i) in some.Select((row, i) => (row, i)))
            {
                for (var j = 0; j < columns.Length; j++)
                {
                    var parameter = command.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = ($"p{i}_{j}", row[columns[j]] ?? DBNull.Value);
                    command.Parameters.Add(parameter);
                }
            }
            await command.ExecuteNonQueryAsync();
        }
        if (name == Event)
        {
            await Run(connection, $"update store set position = {rows.Count}");
            await Run(connection, "delete from head where topic not in (select topic from event)");
            await Run(connection, "update head set number = (select e.number from event e where e.topic = head.topic order by e.position desc limit 1)");
            await Run(connection, "update head set hash = (select e.hash from event e where e.topic = head.topic order by e.position desc limit 1)");
        }
    }

    private static byte[] HashOfEvent(Dictionary<string, object?> row, byte[] before) => Sealing.Hash(
        before, (string)row["topic"]!, Number(row, "number")!.Value, (string)row["kind"]!, (int)Number(row, "version")!, Number(row, "at")!.Value,
        (row["actor"] is Guid actor ? actor : new Guid((byte[])row["actor"]!, bigEndian: true)).ToString("n"), (string?)row["acting_for"], Number(row, "re"), (byte[])row["digest"]!);

    private static byte[] HashOfAct(Dictionary<string, object?> row, byte[] before)
    {
        string? Text(string column) => (string?)row[column];
        return new AuditRow(
            Text("home")!, Text("writer")!, Number(row, "number")!.Value, Number(row, "at")!.Value, Text("who")!, Text("role"), Text("acting_for"), Text("act")!, Text("what"),
            Text("topic"), Text("topic_home"), Number(row, "first"), Number(row, "last"), Number(row, "count"), Text("purpose")!, Text("origin"), Text("result")!,
            Text("flag"), Text("closes")).Hash(before);
    }

    private static long? Number(Dictionary<string, object?> row, string column) => row[column] is { } value ? Convert.ToInt64(value, null) : null;

    private static async Task Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
