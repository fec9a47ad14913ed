using System.Data.Common;
using System.Diagnostics;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Audit;

/// <summary>
/// Whether a store is what was written to it: recomputes every chain, and compares it with what witnesses outside saw. Reads one moment of the database,
/// whoever writes meanwhile.
/// </summary>
public sealed class StoreVerifier
{
    // Gives a connection that stays at one moment of the database.
    private readonly Func<CancellationToken, Task<DbConnection>> connect;
    private readonly Func<DbDataReader, int, Guid> idAt;

    internal StoreVerifier(Func<CancellationToken, Task<DbConnection>> connect, Func<DbDataReader, int, Guid> idAt) => (this.connect, this.idAt) = (connect, idAt);

    /// <param name="witnesses">In their order. They were read before this is asked, for the store goes on.</param>
    /// <param name="stop">Breaks it off.</param>
    public async Task<Verdict> Verify(IReadOnlyList<Witness> witnesses, CancellationToken stop)
    {
        await using var connection = await connect(stop);
        return await Verify(connection, idAt, witnesses, stop);
    }

    internal static async Task<Verdict> Verify(
        DbConnection connection, Func<DbDataReader, int, Guid> idAt, IReadOnlyList<Witness> witnesses, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var bad = new FirstBad();
        var events = new EventVerifying(connection, idAt, new(witnesses), bad);
        var rows = new RowVerifying(connection, new(witnesses), bad);
        await events.Run(stop);
        if (!bad.IsFound)
        {
            await CompareHeads(connection, events, bad, stop);
        }
        if (!bad.IsFound)
        {
            await CompareStore(connection, events.Position, witnesses, bad, stop);
        }
        if (!bad.IsFound)
        {
            await rows.Run(stop);
        }
        return new(events.Position, rows.Rows, events.Heads.Count, rows.Chains, witnesses.Count, Stopwatch.GetElapsedTime(since).TotalSeconds, bad.Row);
    }

    private static async Task CompareHeads(DbConnection connection, EventVerifying events, FirstBad bad, CancellationToken stop)
    {
        var compared = 0;
        await using var command = connection.CreateCommand();
        command.CommandText = "select topic, number, hash from head";
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
        {
            var (topic, number) = (row.GetString(0), row.GetInt64(1));
            if (!events.Heads.TryGetValue(topic, out var head) || head.Number != number || !head.Hash.AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(2)))
            {
                bad.Found(0, new("head", topic, number, $"the last event of this topic is number {head.Number}, or another"));
                return;
            }
            compared++;
        }
        if (compared != events.Heads.Count)
        {
            bad.Found(0, new("head", "", compared, $"there are {events.Heads.Count} topics"));
        }
    }

    private static async Task CompareStore(DbConnection connection, long position, IReadOnlyList<Witness> witnesses, FirstBad bad, CancellationToken stop)
    {
        var (epoch, says) = await connection.First("select epoch, position from store", row => (row.GetString(0), row.GetInt64(1)), stop);
        if (says != position)
        {
            bad.Found(0, new("store", epoch, says, $"the last event is at position {position}"));
        }
        else if (witnesses.FirstOrDefault(w => w.Epoch != epoch) is { } other)
        {
            bad.Found(0, new("store", epoch, position, $"checkpoint {other.N} saw epoch {other.Epoch}: the database was restored, or is another"));
        }
        else if (await connection.First(
            """
            select e.topic, e.number from event e left join command c on c.id = e.command and c.topic = e.topic
            where c.id is null or e.number < c.first or e.number > c.last order by e.position limit 1
            """,
            row => new BadRow("event", row.GetString(0), row.GetInt64(1), "no command says that it brought it"), stop) is { } orphan)
        {
            bad.Found(0, orphan);
        }
    }
}
