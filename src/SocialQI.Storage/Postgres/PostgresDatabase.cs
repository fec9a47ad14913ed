using System.Data;
using System.Data.Common;
using Npgsql;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Postgres;

/// <summary>A database that other processes use too, on connections of a pool that belongs to whoever opened the store.</summary>
/// <param name="source">The service's own pool.</param>
/// <param name="readers">The one that reads for a person; may be the same.</param>
/// <param name="role">What a connection steps down to for that.</param>
internal sealed class PostgresDatabase(NpgsqlDataSource source, NpgsqlDataSource readers, string role) : IDatabase
{
    public ValueTask<T> Read<T>(Func<DbConnection, Task<T>> read, CancellationToken stop) => Read(source, read, stop);

    public ValueTask<T> ReadFor<T>(ClinicianId reader, Func<DbConnection, Task<T>> read, CancellationToken stop) =>
        Read(
            readers,
            async connection =>
            {
                // Both settings end with it, however it ends.
                await using var transaction = await connection.BeginTransactionAsync(stop);
                await PostgresWall.StepDown(connection, role, reader, stop);
                var answer = await read(connection);
                await transaction.CommitAsync(stop);
                return answer;
            },
            stop);

    public async ValueTask Write(Func<DbConnection, Task> write, CancellationToken stop)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(stop);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await write(connection);
            await transaction.CommitAsync(stop);
        }
        catch (PostgresException e) when (PostgresTroubles.Of(e) is StorageFullException full)
        {
            throw full;
        }
    }

    public string In(string parameter) => $"= any ({parameter})";

    public object List(IEnumerable<string> texts) => texts.ToArray();

    public IWordIndex Words { get; } = new TextSearch();

    public string Cases => "seen_case l";

    public string Seen(string table) => "seen_" + table;

    public string WrittenActs => "written_act";

    public string ClosedBallots => "closed_ballot";

    public object Id(Guid id) => id;

    public Guid IdAt(DbDataReader row, int column) => row.GetGuid(column);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A connection may have died in the pool, with all others there: after a restart of the database nobody should notice that.
    private static async ValueTask<T> Read<T>(NpgsqlDataSource source, Func<DbConnection, Task<T>> read, CancellationToken stop)
    {
        await using (var connection = await source.OpenConnectionAsync(stop))
        {
            try
            {
                return await read(connection);
            }
            catch (NpgsqlException) when (connection.State != ConnectionState.Open)
            {
                source.Clear();
            }
        }
        await using var fresh = await source.OpenConnectionAsync(stop);
        return await read(fresh);
    }
}
