using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SocialQI.Storage;

/// <summary>Makes and checks the links of a topic's chain.</summary>
public static class Sealing
{
    /// <summary>The hash before the first event.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    /// <summary>Seals a new event to the one before.</summary>
    public static Seal Make(
        byte[] hashBefore, TopicId topic, long number, string kind, int version, Moment at, ClinicianId by, InstitutionId? actingFor, long? re, byte[] payload)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var digest = Digest(salt, payload);
        return new Seal(salt, digest, Hash(hashBefore, topic, number, kind, version, at, by, actingFor, re, digest));
    }

    /// <summary>SHA-256(salt ‖ payload).</summary>
    public static byte[] Digest(byte[] salt, byte[] payload)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(salt);
        sha.AppendData(payload);
        return sha.GetHashAndReset();
    }

    /// <summary>SHA-256(hash before ‖ header ‖ digest); the header's parts are each preceded by their length, so that no two headers read alike.</summary>
    public static byte[] Hash(
        byte[] hashBefore, TopicId topic, long number, string kind, int version, Moment at, ClinicianId by, InstitutionId? actingFor, long? re, byte[] digest)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(hashBefore);
        Add(sha, topic.ToString());
        Add(sha, number);
        Add(sha, kind);
        Add(sha, version);
        Add(sha, at.Micros);
        Add(sha, by.ToString());
        Add(sha, actingFor?.ToString() ?? "");
        Add(sha, re ?? 0);
        sha.AppendData(digest);
        return sha.GetHashAndReset();
    }

    private static void Add(IncrementalHash sha, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(sha, bytes.Length);
        sha.AppendData(bytes);
    }

    private static void Add(IncrementalHash sha, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        sha.AppendData(bytes);
    }
}
