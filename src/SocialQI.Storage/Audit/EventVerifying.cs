using System.Data.Common;

namespace SocialQI.Storage.Audit;

/// <summary>Reads all events in the order of the store: positions and numbers have no gap, each is sealed to the one before, and each witness saw what is there.</summary>
internal sealed class EventVerifying(DbConnection connection, Func<DbDataReader, int, Guid> idAt, Queue<Witness> witnesses, FirstBad bad)
{
    private const string Columns = "position, topic, number, kind, version, at, actor, acting_for, re, digest, hash, salt, payload";
    private const string Redaction = "text-redacted";

    private readonly Dictionary<string, (long Number, byte[] Hash)> heads = [];
    private readonly HashSet<string> moved = [];
    private readonly Dictionary<(string Topic, long Number), long> blanks = [];
    private readonly HashSet<(string Topic, long Number)> redacted = [];

    /// <summary>The last number and hash of each topic.</summary>
    public IReadOnlyDictionary<string, (long Number, byte[] Hash)> Heads => heads;

    /// <summary>Events read so far; they are numbered without gaps, so that it is a position too.</summary>
    public long Position { get; private set; }

    public async Task Run(CancellationToken stop)
    {
        var checking = new Checking<EventRow>(Check);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select {Columns} from event order by position";
        command.CommandTimeout = 0;
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (!bad.IsFound && await reader.ReadAsync(stop))
            {
                var row = EventRow.Read(reader, idAt, heads);
                Compare(row.Position - 1);
                if (!Follows(row))
                {
                    break;
                }
                await checking.Add(row);
                heads[row.Topic] = (row.Number, row.Hash);
                moved.Add(row.Topic);
                Position = row.Position;
            }
        }
        await checking.Done();
        if (!bad.IsFound)
        {
            Compare(long.MaxValue);
            CompareRedactions();
        }
    }

    private bool Follows(EventRow row)
    {
        if (row.Position != Position + 1)
        {
            bad.Found(Position + 1, row.Is($"it stands at position {row.Position}, and the one before at {Position}: what was between them is gone"));
            return false;
        }
        if (row.Number != row.NumberBefore + 1)
        {
            bad.Found(row.Position, row.Is($"it comes after number {row.NumberBefore}"));
            return false;
        }
        if (row.Payload is null && row.Salt is null)
        {
            blanks.TryAdd((row.Topic, row.Number), row.Position);
        }
        if (row is { Kind: Redaction, Re: { } destroyed })
        {
            redacted.Add((row.Topic, destroyed));
        }
        return true;
    }

    private void Check(EventRow row)
    {
        if (row.Wrong() is { } wrong)
        {
            bad.Found(row.Position, row.Is(wrong));
        }
    }

    // Witnesses saw the store at positions that have all been read by now.
    private void Compare(long through)
    {
        while (!bad.IsFound && witnesses.TryPeek(out var witness) && (witness.Position <= through || through == long.MaxValue))
        {
            witnesses.Dequeue();
            Compare(witness);
        }
    }

    private void Compare(Witness witness)
    {
        if (witness.Position > Position)
        {
            bad.Found(Position + 1, new("store", witness.Epoch, Position, $"checkpoint {witness.N} saw it at position {witness.Position}: it has gone back"));
            return;
        }
        foreach (var seen in witness.Topics)
        {
            moved.Remove(seen.Topic);
            if (!heads.TryGetValue(seen.Topic, out var head) || head.Number != seen.Number)
            {
                bad.Found(witness.Position, new("event", seen.Topic, seen.Number, $"checkpoint {witness.N} saw it as the last of its topic, and now number {head.Number} is there"));
            }
            else if (!seen.Hash.Equals(Convert.ToHexString(head.Hash), StringComparison.OrdinalIgnoreCase))
            {
                bad.Found(witness.Position, new("event", seen.Topic, seen.Number, $"checkpoint {witness.N} saw another"));
            }
        }
        if (moved.FirstOrDefault() is { } unseen)
        {
            bad.Found(witness.Position, new("event", unseen, heads[unseen].Number, $"checkpoint {witness.N} did not see it"));
        }
        moved.Clear();
    }

    private void CompareRedactions()
    {
        foreach (var ((topic, number), position) in blanks)
        {
            if (!redacted.Contains((topic, number)))
            {
                bad.Found(position, new("event", topic, number, "its text was destroyed, and no redaction says so"));
            }
        }
    }
}

/// <summary>An event as it stands in the table, with the link before it.</summary>
internal sealed record EventRow(
    long Position, string Topic, long Number, string Kind, int Version, long At, string By, string? For, long? Re,
    byte[] Digest, byte[] Hash, byte[]? Salt, byte[]? Payload, long NumberBefore, byte[] HashBefore)
{
    public static EventRow Read(DbDataReader row, Func<DbDataReader, int, Guid> idAt, Dictionary<string, (long Number, byte[] Hash)> heads)
    {
        var topic = row.GetString(1);
        var (number, hash) = heads.GetValueOrDefault(topic, (0, Sealing.Start));
        return new(
            row.GetInt64(0), topic, row.GetInt64(2), row.GetString(3), row.GetInt32(4), row.GetInt64(5), idAt(row, 6).ToString("n"),
            row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetInt64(8), row.GetFieldValue<byte[]>(9), row.GetFieldValue<byte[]>(10),
            row.IsDBNull(11) ? null : row.GetFieldValue<byte[]>(11), row.IsDBNull(12) ? null : row.GetFieldValue<byte[]>(12), number, hash);
    }

    public string? Wrong() =>
        (Salt is null) != (Payload is null) ? "half of what it says is gone"
        : Salt is not null && !Sealing.Digest(Salt, Payload!).AsSpan().SequenceEqual(Digest) ? "its text is not what was sealed"
        : Topic.Length > TopicId.LengthMax || Kind.Length > AuditEntry.TextLengthMax ? "it has a name that nothing has"
        : !Sealing.Hash(HashBefore, Topic, Number, Kind, Version, At, By, For, Re, Digest).AsSpan().SequenceEqual(Hash) ? "it is not sealed to the one before it"
        : null;

    public BadRow Is(string wrong) => new("event", Topic, Number, wrong);
}
