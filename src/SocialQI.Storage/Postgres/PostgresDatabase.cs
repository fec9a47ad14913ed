using System.Data;
using System.Data.Common;
using Npgsql;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Postgres;

/// <summary>A database that other processes use too, on connections of a pool that belongs to whoever opened the store.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : IDatabase
{
    // A connection may have died in the pool, with all others there: after a restart of the database nobody should notice that.
    public async ValueTask<T> Read<T>(Func<DbConnection, Task<T>> read, CancellationToken stop)
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

    public object Id(Guid id) => id;

    public Guid IdAt(DbDataReader row, int column) => row.GetGuid(column);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
