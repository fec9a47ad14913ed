using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using SocialQI.Storage;

namespace SocialQI.Benchmarks.Journal;

/// <summary>
/// The baseline: each event is one INSERT and one durable commit, with the journal's columns and the key that keeps a topic's numbers apart,
/// and none of the journal's other tables. Statements are prepared; SQLite's writers take turns outside it, as waiting inside is slower.
/// </summary>
internal interface IOneInsertPerEvent : IAsyncDisposable
{
    ValueTask Append(Append append);
}

internal sealed class OneInsertOnSqlite : IOneInsertPerEvent
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SemaphoreSlim turn = new(1);

    public OneInsertOnSqlite(string folder)
    {
        connection = new($"Data Source={Path.Combine(folder, "baseline.db")};Pooling=false");
        connection.Open();
        connection.Execute("pragma journal_mode = wal; pragma synchronous = full");
        connection.Execute(
            """
            create table event (position integer primary key, topic text not null, number integer not null, kind text not null, version integer not null,
                actor blob not null, acting_for text, at integer not null, command blob not null, re integer, digest blob not null, hash blob not null,
                salt blob, payload blob, unique (topic, number)) strict
            """);
        insert = connection.CreateCommand();
        insert.CommandText =
            """
            insert into event (topic, number, kind, version, actor, acting_for, at, command, re, digest, hash, salt, payload)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;
        for (var i = 1; i <= 13; i++)
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }
        insert.Prepare();
    }

    public async ValueTask Append(Append append)
    {
        var e = append.Events[0];
        await turn.WaitAsync();
        object?[] row =
        [
            append.Topic.ToString(), e.Number, e.Kind, e.Version, e.By.Value.ToByteArray(), e.For?.ToString(), e.At.Micros, e.Command.ToByteArray(), e.Re,
            e.Seal.Digest, e.Seal.Hash, e.Seal.Salt, e.Payload,
        ];
        for (var i = 0; i < row.Length; i++)
        {
            insert.Parameters[i].Value = row[i] ?? DBNull.Value;
        }
        insert.ExecuteNonQuery();
        turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        turn.Dispose();
        await insert.DisposeAsync();
        await connection.DisposeAsync();
    }
}

internal sealed class OneInsertOnPostgres : IOneInsertPerEvent
{
    // As many as the pool of the service.
    private const int Connections = 20;

    private readonly NpgsqlDataSource source;

    private OneInsertOnPostgres(NpgsqlDataSource source) => this.source = source;

    public static async Task<OneInsertOnPostgres> Open(string connectionString)
    {
        var source = NpgsqlDataSource.Create($"{connectionString};Maximum Pool Size={Connections};Max Auto Prepare=10;Auto Prepare Min Usages=1;Timeout=60");
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create table event (position bigint generated always as identity primary key, topic text collate "C" not null, number bigint not null,
                kind text not null, version integer not null, actor uuid not null, acting_for text, at bigint not null, command uuid not null, re bigint,
                digest bytea not null, hash bytea not null, salt bytea, payload bytea, unique (topic, number))
            """);
        return new(source);
    }

    public async ValueTask Append(Append append)
    {
        var e = append.Events[0];
        await using var insert = source.CreateCommand(
            """
            insert into event (topic, number, kind, version, actor, acting_for, at, command, re, digest, hash, salt, payload)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """);
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            Of(append.Topic.ToString()), Of(e.Number), Of(e.Kind), Of(e.Version), Of(e.By.Value), Of(e.For?.ToString() ?? ""), Of(e.At.Micros), Of(e.Command),
            Of(e.Re ?? 0), Of(e.Seal.Digest), Of(e.Seal.Hash), Of(e.Seal.Salt), Of(e.Payload),
        });
        await insert.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
