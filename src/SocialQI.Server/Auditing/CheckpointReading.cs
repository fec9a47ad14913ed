using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>Reads a file of checkpoints and says which line is not what was signed, or is missing.</summary>
internal static class CheckpointReading
{
    private const string Table = "checkpoints";

    /// <summary>What they saw up to the first bad line, and that line.</summary>
    public static (IReadOnlyList<Witness> Witnesses, BadRow? Bad) Read(string file, string publicKey)
    {
        var witnesses = new List<Witness>();
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
                return (witnesses, new(Table, file, n + 1, "it is not signed with this key"));
            }
            if (checkpoint.N != n + 1 || checkpoint.Before != before)
            {
                return (witnesses, new(Table, file, n + 1, unread ?? $"checkpoint {checkpoint.N} does not go on from checkpoint {n}"));
            }
            if (witnesses.LastOrDefault() is { } last && (checkpoint.Position < last.Position || checkpoint.Epoch != last.Epoch))
            {
                return (witnesses, new("store", checkpoint.Epoch, checkpoint.Position, $"checkpoint {n} saw it at position {last.Position} of epoch {last.Epoch}: it has gone back"));
            }
            witnesses.Add(checkpoint.Witness);
            (n, before, unread) = (checkpoint.N, Checkpoint.HashOf(line), null);
        }
        return (witnesses, null);
    }
}
