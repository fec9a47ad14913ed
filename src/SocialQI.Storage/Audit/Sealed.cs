using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SocialQI.Storage.Audit;

/// <summary>Gathers what a row says into the bytes that its hash is made of. No two rows give the same bytes.</summary>
internal ref struct Sealed
{
    /// <summary>Far above what a row can take: 19 fields, the longest of which is a topic.</summary>
    public const int BytesMax = 4096;

    /// <summary>So many characters always find room, whatever they are.</summary>
    public const int CharactersMax = 1200;

    private const long Absent = -1;

    private readonly Span<byte> bytes;
    private int length;

    public Sealed(Span<byte> bytes, ReadOnlySpan<byte> hashBefore)
    {
        this.bytes = bytes;
        hashBefore.CopyTo(bytes);
        length = hashBefore.Length;
    }

    public Sealed Put(string? text)
    {
        if (text is null)
        {
            return Put(Absent);
        }
        var written = Encoding.UTF8.GetBytes(text, bytes[(length + sizeof(long))..]);
        Put(written);
        length += written;
        return this;
    }

    public Sealed Put(long? number) => number is { } value ? Put(1L).Put(value) : Put(0L);

    public Sealed Put(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes[length..], number);
        length += sizeof(long);
        return this;
    }

    public readonly byte[] Hash() => SHA256.HashData(bytes[..length]);
}
