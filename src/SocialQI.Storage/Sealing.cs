using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SocialQI.Storage;

/// <summary>Makes and checks the links of a topic's chain.</summary>
public static class Sealing
{
    /// <summary>The hash before the first event.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    // Far above what topic, kind, person and institution can take.
    private const int HeaderBytesMax = 1024;

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
        var whole = ArrayPool<byte>.Shared.Rent(salt.Length + payload.Length);
        try
        {
            salt.CopyTo(whole, 0);
            payload.CopyTo(whole, salt.Length);
            return SHA256.HashData(whole.AsSpan(0, salt.Length + payload.Length));
        }
        finally
        {
            // What was said does not stay behind in the pool.
            ArrayPool<byte>.Shared.Return(whole, clearArray: true);
        }
    }

    /// <summary>SHA-256(hash before ‖ header ‖ digest); the header's texts are each preceded by their length, so that no two headers read alike.</summary>
    public static byte[] Hash(
        byte[] hashBefore, TopicId topic, long number, string kind, int version, Moment at, ClinicianId by, InstitutionId? actingFor, long? re, byte[] digest) =>
        Hash(hashBefore, topic.ToString(), number, kind, version, at.Micros, by.ToString(), actingFor?.ToString(), re, digest);

    /// <summary>The same, of a header whose parts nobody vouches for.</summary>
    internal static byte[] Hash(
        byte[] hashBefore, string topic, long number, string kind, int version, long at, string by, string? actingFor, long? re, byte[] digest)
    {
        Span<byte> whole = stackalloc byte[HeaderBytesMax];
        var rest = Put(whole, hashBefore);
        rest = Put(rest, topic);
        rest = Put(rest, number);
        rest = Put(rest, kind);
        rest = Put(rest, version);
        rest = Put(rest, at);
        rest = Put(rest, by);
        rest = Put(rest, actingFor ?? "");
        rest = Put(rest, re ?? 0);
        rest = Put(rest, digest);
        return SHA256.HashData(whole[..^rest.Length]);
    }

    private static Span<byte> Put(Span<byte> to, byte[] bytes)
    {
        bytes.CopyTo(to);
        return to[bytes.Length..];
    }

    private static Span<byte> Put(Span<byte> to, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, to[sizeof(long)..]);
        Put(to, length);
        return to[(sizeof(long) + length)..];
    }

    private static Span<byte> Put(Span<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(to, number);
        return to[sizeof(long)..];
    }
}
