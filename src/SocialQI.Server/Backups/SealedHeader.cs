using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace SocialQI.Server.Backups;

/// <summary>
/// The first line of a sealed file: for whose key it is, and the content's key sealed to that. After it come pieces of 64 KiB, each AES-256-GCM with 16 bytes
/// of tag; a piece's nonce is 7 random bytes of the file, its number (4 bytes, big-endian) and whether it is the last (1 byte), and the first line is
/// authenticated with each: no piece can be changed, moved, taken out or added. (Hoang, Reyhanitabar, Rogaway, Vizár 2015: STREAM.)
/// </summary>
internal sealed class SealedHeader
{
    public const int PieceBytes = 64 * 1024;
    public const int TagBytes = 16;

    private const int LineBytesMax = 4096;
    private const int KeyBytes = 32;
    private const int PrefixBytes = 7;
    private const string Format = "socialqi-sealed-1";

    private readonly byte[] content;

    private SealedHeader(byte[] line, string what, byte[] content) => (Line, What, this.content) = (line, what, content);

    /// <summary>Its bytes, with the end of the line.</summary>
    public byte[] Line { get; }

    /// <summary>What the file holds, as in <c>backup</c>.</summary>
    public string What { get; }

    /// <summary>A new one, for whoever has the other half of a key.</summary>
    public static SealedHeader For(RSA key, string what)
    {
        var content = RandomNumberGenerator.GetBytes(KeyBytes + PrefixBytes);
        var said = new Said(Format, what, KeyFiles.NameOf(key), key.Encrypt(content, RSAEncryptionPadding.OaepSHA256));
        return new([.. JsonSerializer.SerializeToUtf8Bytes(said, JsonSerializerOptions.Web), (byte)'\n'], what, content);
    }

    /// <summary>Reads that of a file.</summary>
    /// <exception cref="SealException">It is none, or sealed for another key.</exception>
    public static SealedHeader Read(Stream file, RSA key)
    {
        var line = ReadLine(file);
        var said = Parse(line) ?? throw new SealException("This is no sealed file of SocialQI.");
        if (said.For != KeyFiles.NameOf(key))
        {
            throw new SealException($"This file is sealed for another key ({said.For}) than the one given ({KeyFiles.NameOf(key)}).");
        }
        try
        {
            var content = key.Decrypt(said.Key, RSAEncryptionPadding.OaepSHA256);
            return content.Length == KeyBytes + PrefixBytes ? new(line, said.What, content) : throw new SealException(SealException.Changed);
        }
        catch (CryptographicException)
        {
            throw new SealException(SealException.Changed);
        }
    }

    public AesGcm Cipher() => new(content.AsSpan(0, KeyBytes), TagBytes);

    public byte[] Nonce(uint piece, bool isLast)
    {
        var nonce = new byte[PrefixBytes + sizeof(uint) + 1];
        content.AsSpan(KeyBytes).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(PrefixBytes), piece);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }

    private static byte[] ReadLine(Stream file)
    {
        var line = new List<byte>();
        while (line.Count < LineBytesMax && file.ReadByte() is >= 0 and var next)
        {
            line.Add((byte)next);
            if (next == '\n')
            {
                break;
            }
        }
        return [.. line];
    }

    private static Said? Parse(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize<Said>(line, JsonSerializerOptions.Web) is { Format: Format, What: not null, For: not null, Key: not null } said ? said : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Said(string Format, string What, string For, byte[] Key);
}

/// <summary>A sealed file that is not what was sealed, or not for this key.</summary>
internal sealed class SealException(string message) : Exception(message)
{
    public const string Changed = "The file is not whole, or was changed: nothing in it can be believed.";
}
