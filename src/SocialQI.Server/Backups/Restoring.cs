using SocialQI.Server.Auditing;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Backups;

/// <summary>What a restore came to.</summary>
/// <param name="Previous">The epoch of the copy.</param>
/// <param name="Epoch">The epoch since.</param>
/// <param name="Position">The last position of the copy.</param>
/// <param name="Checkpoints">Witnesses it was compared with.</param>
/// <param name="Lost">What checkpoints saw that the copy has not.</param>
internal sealed record Restored(string Previous, string Epoch, long Position, int Checkpoints, IReadOnlyList<LostEvents> Lost);

/// <summary>Events of a topic that are gone.</summary>
internal sealed record LostEvents(string Topic, long First, long Last);

/// <summary>Makes a store of the copy in a folder: a new epoch, verified, and the checkpoints told.</summary>
internal static class Restoring
{
    /// <param name="folder">What a backup held.</param>
    /// <param name="newest">A file of checkpoints that goes on from that in the folder; null: there is none.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <exception cref="SealException">The copy is not what the checkpoints saw.</exception>
    public static async Task<Restored> Run(string folder, string? newest, CancellationToken stop)
    {
        var (checkpoints, keyFile) = DataFolder.Audit(folder);
        if (newest is not null)
        {
            File.Copy(newest, checkpoints, overwrite: true);
        }
        var file = Path.Combine(folder, SqliteStore.FileName);
        var now = Moment.Of(TimeProvider.System.GetUtcNow());
        var restored = SqliteCopy.Accept(file, now);
        var key = CheckpointKey.Open(keyFile);
        var seen = File.Exists(checkpoints) ? CheckpointReading.Read(checkpoints, key.Public) : null;
        // Of a store that went on from a copy before, they saw an epoch that an older copy does not know of.
        restored = restored with { Previous = seen?.Witnesses is [.., var last] ? last.Epoch : restored.Previous };
        seen = seen?.After(restored);
        var verdict = await SqliteStore.Verifier(folder).Verify(seen?.Witnesses ?? [], stop);
        if ((verdict.Bad ?? seen?.Bad) is { } bad)
        {
            throw new SealException($"The backup is not what was written: {bad.Table}, {bad.Chain}, number {bad.Number}: {bad.Wrong}.");
        }
        Tell(null, checkpoints, restored, now, key);
        return new(restored.Previous, restored.Epoch, restored.Position, seen?.Witnesses.Count ?? 0, Lost(seen?.Lost ?? [], SqliteCopy.Heads(file)));
    }

    /// <summary>One more checkpoint, that says so.</summary>
    public static void Tell(string? newest, string checkpoints, Restoration restored, Moment now, CheckpointKey key)
    {
        if (newest is not null && Path.GetFullPath(newest) != Path.GetFullPath(checkpoints))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(checkpoints))!);
            File.Copy(newest, checkpoints, overwrite: true);
        }
        using (var witness = new CheckpointFile(checkpoints))
        {
            witness.Add(Checkpoint.Of(restored, witness.Last, now).Line(key));
        }
        File.Delete(checkpoints + ".lock");
    }

    // Of a ballot's numbers nobody learns.
    internal static List<LostEvents> Lost(IEnumerable<Witness> witnesses, IReadOnlyDictionary<string, long> heads) =>
    [
        .. from seen in witnesses.SelectMany(w => w.Topics)
           where TopicId.TryParse(seen.Topic, out var topic) && topic.Kind != TopicKind.Ballot
           group seen.Number by seen.Topic into topic
           let head = heads.GetValueOrDefault(topic.Key)
           where topic.Max() > head
           orderby topic.Key
           select new LostEvents(topic.Key, head + 1, topic.Max()),
    ];
}
