using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SocialQI.Server.Auditing;
using SocialQI.Server.Nodes;
using SocialQI.Server.SignIn;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Operate.Doctoring;

/// <summary>What the files say: data folder, disk, keys, certificates, checkpoints.</summary>
internal static class FolderFindings
{
    private const long FreeBytesMin = 1L << 30;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(30);

    /// <param name="options">The settings.</param>
    /// <param name="freeMin">So many bytes should be free.</param>
    public static IEnumerable<Finding> Of(ServiceOptions options, long freeMin = FreeBytesMin) =>
        new IEnumerable<Finding>[] { Folder(options, freeMin), Embedded(options), Keys(options), Certificates(options), Checkpoints(options) }.SelectMany(f => f);

    private static IEnumerable<Finding> Folder(ServiceOptions options, long freeMin)
    {
        if (!Directory.Exists(options.Data))
        {
            yield return Finding.Warning("data-missing", $"There is no data folder {options.Data}: the first start makes it. If there was one, this is not it.");
            yield break;
        }
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(options.Data) & (Others | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute)) != 0)
        {
            yield return Finding.Fault("data-open", $"Others than its owner may look into {options.Data}, where case histories are: chmod 700 it.");
        }
        if (Unwritable(options.Data) is { } why)
        {
            yield return Finding.Fault("data-read-only", $"This account cannot write to {options.Data}: {why}");
        }
        var free = new DriveInfo(Path.GetFullPath(options.Data)).AvailableFreeSpace;
        yield return free >= freeMin
            ? Finding.Well("disk", $"{free >> 20} MiB are free where {options.Data} is.")
            : Finding.Fault("disk-full-soon", $"Only {free >> 20} MiB are free where {options.Data} is: soon nothing can be written any more.");
    }

    private static string? Unwritable(string folder)
    {
        try
        {
            using var _ = new FileStream(Path.Combine(folder, $"doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static IEnumerable<Finding> Embedded(ServiceOptions options)
    {
        if (options.Postgres is not null || !File.Exists(Path.Combine(options.Data, SqliteStore.FileName)))
        {
            return [];
        }
        return StoreFindings.Of(SqliteInspection.Of(options.Data));
    }

    private static IEnumerable<Finding> Keys(ServiceOptions options)
    {
        if (!File.Exists(options.KeyFile))
        {
            if (options.KeyCertificate is not null)
            {
                yield return Finding.Fault("keys-missing", $"There is no {options.KeyFile} (SocialQI:KeyCertificate): a start would make one of its own, and refuse the cookies and secrets of the others.");
            }
            else if (options.Postgres is not null)
            {
                yield return Finding.Warning("keys-of-this-node", "SocialQI:KeyCertificate is not given: each node would make a key of its own, and only the first could start. Give all nodes the same file.");
            }
            yield break;
        }
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(options.KeyFile) & Others) != 0)
        {
            yield return Finding.Fault("keys-open", $"Others than its owner may read or change {options.KeyFile}, which opens every secret in the database: chmod 600 it.");
        }
        yield return KeyFault(options.KeyFile) is { } fault ? Finding.Fault("keys-unreadable", fault) : Finding.Well("keys", $"{options.KeyFile} can be read.");
    }

    private static string? KeyFault(string file)
    {
        try
        {
            using var certificate = KeyCertificate.In(file);
            return null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"{file} holds no certificate with its private key, or this account may not read it: {e.Message}";
        }
    }

    private static IEnumerable<Finding> Certificates(ServiceOptions options)
    {
        if (!options.Tls.IsOn || options.Tls.Fault is not null)
        {
            yield break;
        }
        X509Certificate2? own = null;
        string? fault = null;
        try
        {
            own = new NodeCertificates(options.Tls, options.IsSilo ? options.Tls.SiloName : options.Tls.GatewayName).Now(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).Own.TargetCertificate;
        }
        catch (CryptographicException e)
        {
            fault = e.Message;
        }
        yield return own is null ? Finding.Fault("certificate", fault!)
            : own.NotAfter.ToUniversalTime() - DateTime.UtcNow < ExpiresSoon ? Finding.Warning("certificate-expires", $"This node's certificate is good until {own.NotAfter:u} only. Put a new one in its place: it counts from the next connection on.")
            : Finding.Well("certificate", $"This node's certificate is good until {own.NotAfter:u}.");
    }

    private static IEnumerable<Finding> Checkpoints(ServiceOptions options)
    {
        var file = options.Audit.CheckpointsIn(options.Data);
        if (options.IsSilo && options.Audit is { Checkpoints: null, CheckpointUrl: null })
        {
            yield return Finding.Warning("checkpoints-here-only", $"Checkpoints of the audit are kept in {file} alone: whoever can change the database there can change them. Name an append-only place (SocialQI:Audit:Checkpoints) or an address (SocialQI:Audit:CheckpointUrl).");
        }
        if (File.Exists(file) && File.ReadLines(file).LastOrDefault(l => l.Length > 0) is { } last && Checkpoint.Read(last, null) is null)
        {
            yield return Finding.Warning("checkpoint-broken-off", $"The last line of {file} was broken off, as by a crash: the next start goes on after it.");
        }
    }
}
