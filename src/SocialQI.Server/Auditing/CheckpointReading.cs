using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>Reads a file of checkpoints and says which line is not what was signed, or is missing.</summary>
internal sealed class CheckpointReading
{
    private const string Table = "checkpoints";

    private readonly List<Witness> witnesses = [];
    private readonly List<Witness> lost = [];
    private readonly List<Restoration> restorations = [];

    private CheckpointReading()
    {
    }

    /// <summary>What the checkpoints up to the first bad line saw of what must be in the store.</summary>
    public IReadOnlyList<Witness> Witnesses => witnesses;

    /// <summary>What they saw that a restored copy had not.</summary>
    public IReadOnlyList<Witness> Lost => lost;

    /// <summary>The times the store went on from a copy.</summary>
    public IReadOnlyList<Restoration> Restorations => restorations;

    /// <summary>The first bad line; null when there is none.</summary>
    public BadRow? Bad { get; private set; }

    public static CheckpointReading Read(string file, string publicKey)
    {
        var reading = new CheckpointReading();
        reading.Bad = reading.Lines(file, publicKey);
        return reading;
    }

    /// <summary>The same, after the store went on from a copy.</summary>
    public CheckpointReading After(Restoration restored)
    {
        restorations.Add(restored);
        lost.AddRange(witnesses.Where(w => w.Position > restored.Position || w.Rows > restored.Acts));
        var kept = witnesses.Where(w => w.Position <= restored.Position).Select(w => w.Rows <= restored.Acts ? w : w with { Rows = restored.Acts, Chains = [] });
        // What they saw is part of what the copy had: the epoch that goes on from it vouches for it.
        Witness[] seen = [.. kept.Select(w => w with { Epoch = restored.Epoch })];
        witnesses.Clear();
        witnesses.AddRange(seen);
        return this;
    }

    private BadRow? Lines(string file, string publicKey)
    {
        var (n, before) = (0L, Checkpoint.Start);
        string? unread = null;
        foreach (var line in File.ReadLines(file))
        {
            // A crash may have broken a line off; then the next one goes on where the one before it was.
            if (Checkpoint.Read(line, null) is not { } checkpoint)
            {
                unread ??= "a line cannot be read";
                continue;
            }
            if (Checkpoint.Read(line, publicKey) is null)
            {
                return new(Table, file, n + 1, "it is not signed with this key");
            }
            if (checkpoint.N != n + 1 || checkpoint.Before != before)
            {
                return new(Table, file, n + 1, unread ?? $"checkpoint {checkpoint.N} does not go on from checkpoint {n}");
            }
            if (checkpoint.Restored is { } restored && (witnesses.Count == 0 || restored.Previous == witnesses[^1].Epoch))
            {
                After(restored);
            }
            if (witnesses.LastOrDefault() is { } last && (checkpoint.Position < last.Position || checkpoint.Epoch != last.Epoch))
            {
                return new("store", checkpoint.Epoch, checkpoint.Position, $"checkpoint {n} saw it at position {last.Position} of epoch {last.Epoch}: it has gone back");
            }
            witnesses.Add(checkpoint.Witness);
            (n, before, unread) = (checkpoint.N, Checkpoint.HashOf(line), null);
        }
        return null;
    }
}
