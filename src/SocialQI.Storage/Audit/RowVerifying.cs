using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Audit;

/// <summary>Reads the audit in the order of its arrival: the numbers of each chain have no gap, each row is sealed to the one before, and each witness saw what is there.</summary>
internal sealed class RowVerifying(DbConnection connection, Queue<Witness> witnesses, FirstBad bad)
{
    private readonly Dictionary<(string Home, string Writer), (long Number, byte[] Hash)> heads = [];
    private readonly HashSet<(string Home, string Writer)> moved = [];
    private readonly Dictionary<(string Home, string Writer), long> unseen = [];
    private readonly List<(ChainWitness Seen, long Checkpoint)> passed = [];
    private long id;

    public long Rows { get; private set; }

    public int Chains => heads.Count;

    public async Task Run(CancellationToken stop)
    {
        var checking = new Checking<(AuditRow Row, byte[] Hash, byte[] HashBefore, long Id)>(Check);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select id, hash, {AuditRow.Columns} from audit order by id";
        command.CommandTimeout = 0;
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (!bad.IsFound && await reader.ReadAsync(stop))
            {
                id = reader.GetInt64(0);
                Compare(id - 1);
                var (row, hash) = (RowAt(reader), reader.GetFieldValue<byte[]>(1));
                var (number, before) = heads.GetValueOrDefault((row.Home, row.Writer), (0, Sealing.Start));
                if (row.Number != number + 1)
                {
                    bad.Found(id, Is(row, $"it comes after number {number}"));
                    break;
                }
                await checking.Add((row, hash, before, id));
                heads[(row.Home, row.Writer)] = (row.Number, hash);
                moved.Add((row.Home, row.Writer));
                Rows++;
            }
        }
        await checking.Done();
        if (!bad.IsFound)
        {
            Compare(long.MaxValue);
            await ComparePassed(stop);
        }
    }

    private void Check((AuditRow Row, byte[] Hash, byte[] HashBefore, long Id) at)
    {
        var (row, hash, before, place) = at;
        if (row.TopicHome != row.Topic?.Split('.').ElementAtOrDefault(1))
        {
            bad.Found(place, Is(row, "its topic is another home's than it says"));
        }
        else if (!row.IsWithinLimits || !row.Hash(before).AsSpan().SequenceEqual(hash))
        {
            bad.Found(place, Is(row, "it is not sealed to the one before it"));
        }
    }

    private void Compare(long through)
    {
        while (!bad.IsFound && witnesses.TryPeek(out var witness) && (witness.Rows <= through || through == long.MaxValue))
        {
            witnesses.Dequeue();
            Compare(witness);
        }
    }

    private void Compare(Witness witness)
    {
        foreach (var chain in moved)
        {
            unseen.TryAdd(chain, witness.N);
        }
        moved.Clear();
        foreach (var seen in witness.Chains)
        {
            unseen.Remove((seen.Home, seen.Writer));
            var head = heads.GetValueOrDefault((seen.Home, seen.Writer));
            if (head.Number < seen.Number)
            {
                bad.Found(id, Is(seen, $"checkpoint {witness.N} saw it, and it is gone"));
            }
            else if (head.Number > seen.Number)
            {
                passed.Add((seen, witness.N));
            }
            else if (!seen.Hash.Equals(Convert.ToHexString(head.Hash), StringComparison.OrdinalIgnoreCase))
            {
                bad.Found(id, Is(seen, $"checkpoint {witness.N} saw another"));
            }
        }
        // A row may have become visible just after its checkpoint: the next one has it.
        if (unseen.FirstOrDefault(u => u.Value < witness.N) is { Key.Home: not null } late)
        {
            bad.Found(id, new("audit", $"{late.Key.Home} {late.Key.Writer}", heads[late.Key].Number, $"checkpoint {late.Value} did not see it"));
        }
    }

    // What more had arrived when the row became visible that the witness saw.
    private async Task ComparePassed(CancellationToken stop)
    {
        foreach (var (seen, checkpoint) in passed)
        {
            var hash = await connection.First(
                "select hash from audit where home = @home and writer = @writer and number = @number", row => row.BytesAt(0), stop,
                ("home", seen.Home), ("writer", seen.Writer), ("number", seen.Number));
            if (hash is null || !seen.Hash.Equals(Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase))
            {
                bad.Found(id, Is(seen, $"checkpoint {checkpoint} saw another"));
                return;
            }
        }
    }

    private static AuditRow RowAt(DbDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
        return new(
            row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetString(6), Text(7), Text(8), row.GetString(9), Text(10), Text(11), Text(12),
            Number(13), Number(14), Number(15), row.GetString(16), Text(17), row.GetString(18), Text(19), Text(20));
    }

    private static BadRow Is(AuditRow row, string wrong) => new("audit", $"{row.Home} {row.Writer}", row.Number, wrong);

    private static BadRow Is(ChainWitness seen, string wrong) => new("audit", $"{seen.Home} {seen.Writer}", seen.Number, wrong);
}
