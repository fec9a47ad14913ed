using System.Formats.Tar;
using SocialQI.Server.Auditing;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Backups;

/// <summary>What of a data folder is in a backup: the journal with all tables beside it, and the keys without which it cannot be read or gone on with.</summary>
internal static class DataFolder
{
    private static readonly string[] kept = ["keys.pfx", "audit/checkpoint.key", "audit/checkpoint.key.pub", "audit/checkpoints.jsonl"];

    /// <summary>Writes it into an archive, also while the service runs.</summary>
    /// <returns>The epoch and position of the copy, and what is not in the folder and so not in the backup.</returns>
    public static (string Epoch, long Position, IReadOnlyList<string> Missing) Pack(string folder, Stream to)
    {
        var copy = Path.Combine(folder, $"backup-{Guid.NewGuid():N}.db");
        try
        {
            using var archive = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);
            // The witnesses first: the store goes on, and the copy is then as far as they are at least.
            var missing = kept.Where(name => !File.Exists(Path.Combine(folder, name))).ToList();
            foreach (var name in kept.Except(missing))
            {
                archive.WriteEntry(Path.Combine(folder, name), name);
            }
            var (epoch, position) = SqliteCopy.Make(folder, copy);
            archive.WriteEntry(copy, SqliteStore.FileName);
            return (epoch, position, missing);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Takes it out of an archive into a folder that is not there yet.</summary>
    /// <exception cref="SealException">The archive holds something else.</exception>
    public static void Unpack(Stream from, string folder)
    {
        OwnersFolder.Make(folder);
        OwnersFolder.Make(Path.Combine(folder, "audit"));
        using var archive = new TarReader(from, leaveOpen: true);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile || !kept.Append(SqliteStore.FileName).Contains(entry.Name))
            {
                throw new SealException("This backup holds what no backup of a data folder holds.");
            }
            var file = Path.Combine(folder, entry.Name);
            entry.ExtractToFile(file, overwrite: false);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        // What follows the archive's end is read too: only then is the whole file known to be what was sealed.
        from.CopyTo(Stream.Null);
        if (!File.Exists(Path.Combine(folder, SqliteStore.FileName)))
        {
            throw new SealException("This backup holds no journal.");
        }
    }

    /// <summary>Where its checkpoints are, and the key that signs them.</summary>
    public static (string Checkpoints, string Key) Audit(string folder)
    {
        var options = new AuditOptions();
        return (options.CheckpointsIn(folder), options.KeyIn(folder));
    }
}
