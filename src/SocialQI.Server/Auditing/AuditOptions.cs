namespace SocialQI.Server.Auditing;

/// <summary>Section <c>SocialQI:Audit</c>: where signed checkpoints go.</summary>
public sealed class AuditOptions
{
    /// <summary>
    /// The file to which checkpoints are appended; <c>audit/checkpoints.jsonl</c> in the data folder when null. It should lie where this service can add and not
    /// change: a file that was made append-only (<c>chattr +a</c>), or a folder of another machine.
    /// </summary>
    public string? Checkpoints { get; set; }

    /// <summary>The file of the key that signs them; <c>audit/checkpoint.key</c> in the data folder when null. Made where there is none.</summary>
    public string? Key { get; set; }

    /// <summary>Where each checkpoint is sent besides, as the body of a POST.</summary>
    public Uri? CheckpointUrl { get; set; }

    /// <summary>How often.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    public string CheckpointsIn(string data) => Checkpoints ?? Path.Combine(data, "audit", "checkpoints.jsonl");

    public string KeyIn(string data) => Key ?? Path.Combine(data, "audit", "checkpoint.key");
}
