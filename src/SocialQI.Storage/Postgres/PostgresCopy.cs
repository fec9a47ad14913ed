using Npgsql;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Postgres;

/// <summary>A database that PostgreSQL restored from a copy of it. Clients may have seen more than it has, so it goes on under another epoch.</summary>
public static class PostgresCopy
{
    /// <summary>A node that said within this long that it lives serves from the database.</summary>
    private static readonly TimeSpan AliveWithin = TimeSpan.FromSeconds(30);

    /// <summary>The epoch now, how the store came to it when it came from a copy, and the nodes that serve from it.</summary>
    public static async Task<(string Epoch, Restoration? By, IReadOnlyList<string> Alive)> Look(NpgsqlDataSource source, DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        var epoch = (await connection.First("select epoch from store", row => row.GetString(0), stop))!;
        var alive = await connection.All(
            "select address, port from orleansmembershiptable where status = 3 and iamalivetime > @since",
            row => $"{row.GetString(0)}:{row.GetInt32(1)}", stop, ("since", (now - AliveWithin).UtcDateTime));
        return (epoch, await By(connection, epoch, stop), alive);
    }

    /// <summary>Gives it a new epoch. Nobody is signed in any more, and no link that was used once can be used again.</summary>
    public static async Task<Restoration> Accept(NpgsqlDataSource source, Moment at, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.Run(
            """
            insert into restored (epoch, previous, position, acts, at)
            select replace(gen_random_uuid()::text, '-', ''), epoch, position, (select coalesce(max(id), 0) from audit), @at from store
            """,
            stop, ("at", at.Micros));
        await connection.Run("update store set epoch = (select r.epoch from restored r where r.previous = store.epoch order by r.at desc limit 1)", stop);
        await connection.Run("delete from session", stop);
        await connection.Run("delete from one_time_link", stop);
        var epoch = (await connection.First("select epoch from store", row => row.GetString(0), stop))!;
        var restored = (await By(connection, epoch, stop))!;
        await transaction.CommitAsync(stop);
        return restored;
    }

    /// <summary>The last number of each topic.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Heads(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        return (await connection.All("select topic, number from head", row => (Topic: row.GetString(0), Number: row.GetInt64(1)), stop)).ToDictionary(h => h.Topic, h => h.Number);
    }

    private static Task<Restoration?> By(NpgsqlConnection connection, string epoch, CancellationToken stop) =>
        connection.First(
            "select previous, epoch, position, acts from restored where epoch = @epoch",
            row => new Restoration(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)), stop, ("epoch", epoch));
}
