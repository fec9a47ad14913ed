using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>What a store was at a moment, and the checkpoint before this one.</summary>
/// <param name="N">1, 2, 3 … in its file.</param>
/// <param name="At">When, in microseconds since 1970.</param>
/// <param name="Epoch">The store's epoch.</param>
/// <param name="Position">Its position.</param>
/// <param name="Rows">The id of the last row of the audit.</param>
/// <param name="Topics">Topic, number and hash of all that moved since the checkpoint before.</param>
/// <param name="Chains">Home, writer, number and hash of the audit's chains that moved.</param>
/// <param name="Before">SHA-256 of the whole line before.</param>
internal sealed record Checkpoint(
    long N, long At, string Epoch, long Position, long Rows, IReadOnlyList<TopicWitness> Topics, IReadOnlyList<ChainWitness> Chains, string Before)
{
    /// <summary>That the store goes on from a copy: only an operator's restore says so, and what the lines before saw after it is lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Restoration? Restored { get; init; }

    /// <summary>Before the first line.</summary>
    public static readonly string Start = new('0', 2 * SHA256.HashSizeInBytes);

    public Witness Witness => new(N, Epoch, Position, Rows, Topics, Chains);

    /// <summary>The line of a file: what is said, and the signature over exactly these bytes.</summary>
    public string Line(CheckpointKey key)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);
        return $$"""{"checkpoint":{{Encoding.UTF8.GetString(said)}},"signature":"{{Convert.ToBase64String(key.Sign(said))}}"}""";
    }

    /// <summary>What a line says, unless it is none; with a key also unless it is not signed by it.</summary>
    public static Checkpoint? Read(string line, string? publicKey)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var said = document.RootElement.GetProperty("checkpoint");
            var signature = document.RootElement.GetProperty("signature").GetBytesFromBase64();
            return publicKey is null || CheckpointKey.Verifies(publicKey, Encoding.UTF8.GetBytes(said.GetRawText()), signature)
                ? said.Deserialize<Checkpoint>(JsonSerializerOptions.Web)
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The line that says of a restored store that it is one.</summary>
    public static Checkpoint Of(Restoration restored, string? before, Moment at) => new(
        (before is null ? 0 : Read(before, null)?.N ?? 0) + 1, at.Micros, restored.Epoch, restored.Position, restored.Acts, [], [], before is null ? Start : HashOf(before))
    {
        Restored = restored,
    };

    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
