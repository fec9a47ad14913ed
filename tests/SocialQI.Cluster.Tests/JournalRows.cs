using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace SocialQI.Cluster.Tests;

/// <summary>Reads what a journal keeps past the service: nothing that the service remembers can be mistaken for what is durable.</summary>
internal static class JournalRows
{
    private const string Columns = "select topic, number, command, kind, version, at, actor, acting_for, re, payload from event";

    public static async Task<IReadOnlyList<Kept>> OfPostgres(string connectionString, IReadOnlyCollection<TopicId> topics)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"{Columns} where topic = any ($1) order by topic, number", connection);
        command.Parameters.Add(new() { Value = topics.Select(t => t.ToString()).ToArray() });
        return await Read(command, (row, column) => row.GetGuid(column));
    }

    public static async Task<IReadOnlyList<Kept>> OfSqlite(string folder, TopicId topic)
    {
        await using var connection = Open(folder);
        await using var command = connection.CreateCommand();
        command.CommandText = $"{Columns} where topic = @topic order by number";
        command.Parameters.AddWithValue("@topic", topic.ToString());
        return await Read(command, (row, column) => new Guid(row.GetFieldValue<byte[]>(column), bigEndian: true));
    }

    /// <summary>A number that a question about the embedded database has for its answer.</summary>
    public static long CountOfSqlite(string folder, string question)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Changes the embedded database of a service that has ended, behind its back.</summary>
    public static void ChangeSqlite(string folder, string how)
    {
        using var connection = Open(folder, "ReadWrite");
        using var command = connection.CreateCommand();
        command.CommandText = how;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string folder, string mode = "ReadOnly")
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Mode={mode};Pooling=false");
        connection.Open();
        return connection;
    }

    private static async Task<IReadOnlyList<Kept>> Read(DbCommand command, Func<DbDataReader, int, Guid> id)
    {
        var kept = new List<Kept>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            var envelope = EventCodec.Encode(
                row.GetInt64(1), row.GetString(3), row.GetInt32(4), new Moment(row.GetInt64(5)), new ClinicianId(id(row, 6)),
                row.IsDBNull(7) ? null : InstitutionId.Parse(row.GetString(7)),
                row.IsDBNull(8) ? null : row.GetInt64(8),
                EventCodec.Readable(row.IsDBNull(9) ? null : row.GetFieldValue<byte[]>(9)));
            kept.Add(new(row.GetString(0), row.GetInt64(1), id(row, 2), Encoding.UTF8.GetString(envelope)));
        }
        return kept;
    }
}
