using SocialQI.Server.Auditing;
using SocialQI.Server.Operate;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Postgres;

namespace SocialQI.Server.Backups;

/// <summary>Makes a store again of a database that PostgreSQL restored, while no node serves from it; on every node, for each keeps checkpoints of its own.</summary>
internal static class Accepting
{
    /// <param name="options">The node's.</param>
    /// <param name="connection">The database.</param>
    /// <param name="newest">A file of checkpoints that goes on from the node's; null: there is none.</param>
    /// <param name="mode">What is to be done.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <exception cref="SealException">It is not what the checkpoints saw, or is not to be restored.</exception>
    public static async Task<Restored> Run(ServiceOptions options, string connection, string? newest, AcceptMode mode, CancellationToken stop)
    {
        var (own, now) = (options.Audit.CheckpointsIn(options.Data), TimeProvider.System.GetUtcNow());
        var key = CheckpointKey.Open(options.Audit.KeyIn(options.Data));
        await using var source = PostgresStore.Source(connection);
        await using (await PostgresStore.Open(source))
        {
            // Brought to this program's schema.
        }
        var (epoch, by, alive) = await PostgresCopy.Look(source, now, stop);
        if (mode != AcceptMode.Acknowledge && alive.Count > 0)
        {
            throw new SealException($"{string.Join(", ", alive)} serves from this database, or did until a moment ago. End every node first.");
        }
        if (mode == AcceptMode.Acknowledge && by is null)
        {
            throw new SealException("This database has not been restored yet: do it on one node without --acknowledge.");
        }
        var file = newest ?? own;
        var seen = File.Exists(file) ? CheckpointReading.Read(file, key.Public) : null;
        var restored = mode == AcceptMode.Acknowledge ? by! : await Position(source, epoch, stop);
        restored = restored with { Previous = seen?.Witnesses is [.., var last] ? last.Epoch : restored.Previous };
        var witnesses = seen?.After(restored).Witnesses ?? [];
        var verdict = await PostgresStore.Verifier(source).Verify(witnesses, stop);
        if ((verdict.Bad ?? seen?.Bad) is { } bad)
        {
            throw new SealException($"The database is not what was written: {bad.Table}, {bad.Chain}, number {bad.Number}: {bad.Wrong}.");
        }
        if (mode == AcceptMode.Restore)
        {
            restored = await PostgresCopy.Accept(source, Moment.Of(now), stop) with { Previous = restored.Previous };
        }
        if (mode != AcceptMode.Try)
        {
            Restoring.Tell(newest, own, restored, Moment.Of(now), key);
        }
        return new(restored.Previous, restored.Epoch, restored.Position, witnesses.Count, Restoring.Lost(seen?.Lost ?? [], await PostgresCopy.Heads(source, stop)));
    }

    // As it is before it has another epoch.
    private static async Task<Restoration> Position(Npgsql.NpgsqlDataSource source, string epoch, CancellationToken stop)
    {
        await using var command = source.CreateCommand("select position, (select coalesce(max(id), 0) from audit) from store");
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        return new(epoch, epoch, row.GetInt64(0), row.GetInt64(1));
    }
}

/// <summary>What is done with a database that PostgreSQL restored.</summary>
internal enum AcceptMode
{
    /// <summary>It begins another epoch.</summary>
    Restore,

    /// <summary>It has begun one, and this node's checkpoints are told.</summary>
    Acknowledge,

    /// <summary>It is verified, and nothing is changed.</summary>
    Try,
}
