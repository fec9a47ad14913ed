using System.Security.Cryptography;
using System.Text;
using SocialQI.Server.Backups;
using Xunit;

namespace SocialQI.Server.Tests.Backups;

/// <summary>What leaves the machine can be read by the holder of a key alone, and is what was sealed or nothing.</summary>
public sealed class SealingAFile : IDisposable
{
    private const int Piece = SealedHeader.PieceBytes;
    private const int SealedPiece = Piece + SealedHeader.TagBytes;

    // Making one takes a second.
    private static readonly RSA key = RSA.Create(3072);

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-sealed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Piece - 1)]
    [InlineData(Piece)]
    [InlineData(Piece + 1)]
    [InlineData((3 * Piece) + 7)]
    public void Keeps_every_byte_and_shows_none(int length)
    {
        var said = RandomNumberGenerator.GetBytes(length);

        var whole = Seal(said);

        Assert.Equal(said, Open(whole));
        Assert.True(length < 16 || whole.AsSpan().IndexOf(said.AsSpan(0, 16)) < 0);
    }

    public static TheoryData<string> Changes =>
        ["a bit of each piece", "the last piece is gone", "a piece is gone", "two pieces are swapped", "a byte more", "a byte less", "the header", "another file's piece", "its end is the end of a piece"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void That_was_changed_is_not_opened(string how)
    {
        var said = RandomNumberGenerator.GetBytes((3 * Piece) + 100);
        var whole = Seal(said);
        Assert.Equal(said, Open(whole));
        var header = Array.IndexOf(whole, (byte)'\n') + 1;
        byte[][] forged = how switch
        {
            "a bit of each piece" => [.. Enumerable.Range(0, 4).Select(i => Flipped(whole, header + (i * SealedPiece) + 5)), Flipped(whole, whole.Length - 1)],
            "the last piece is gone" => [whole[..(header + (3 * SealedPiece))]],
            "a piece is gone" => [[.. whole[..(header + SealedPiece)], .. whole[(header + (2 * SealedPiece))..]]],
            "two pieces are swapped" =>
                [[.. whole[..header], .. whole[(header + SealedPiece)..(header + (2 * SealedPiece))], .. whole[header..(header + SealedPiece)], .. whole[(header + (2 * SealedPiece))..]]],
            "a byte more" => [[.. whole, 0]],
            "a byte less" => [whole[..^1]],
            "the header" => [[.. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(whole, 0, header).Replace("\"test\"", "\"best\"", StringComparison.Ordinal)), .. whole[header..]]],
            "another file's piece" => [[.. whole[..header], .. Seal(said)[header..(header + SealedPiece)], .. whole[(header + SealedPiece)..]]],
            _ => [whole[..header]],
        };
        Assert.All(forged, file => Assert.Equal(SealException.Changed, Assert.Throws<SealException>(() => Open(file)).Message));
    }

    [Fact]
    public void Is_opened_by_its_own_key_alone()
    {
        using var other = RSA.Create(3072);
        var whole = Seal("Fever"u8.ToArray());

        var refused = Assert.Throws<SealException>(() => Open(whole, other));

        Assert.Contains(KeyFiles.NameOf(key), refused.Message, StringComparison.Ordinal);
        Assert.Throws<SealException>(() => Open("no such thing"u8.ToArray()));
        Assert.Throws<SealException>(() => Open([]));
        Assert.Throws<SealException>(() => Open(new byte[100_000]));
    }

    [Fact]
    public void Takes_keys_as_the_usual_tools_write_them()
    {
        const string password = "a long enough secret";
        using (var sealing = KeyFiles.Public(Put(key.ExportSubjectPublicKeyInfoPem())))
        {
            Assert.Equal(KeyFiles.NameOf(key), KeyFiles.NameOf(sealing));
        }
        using (var opening = KeyFiles.Private(Put(key.ExportPkcs8PrivateKeyPem()), () => throw new InvalidOperationException("It has no password.")))
        {
            Assert.Equal(KeyFiles.NameOf(key), KeyFiles.NameOf(opening));
        }
        var closed = Put(key.ExportEncryptedPkcs8PrivateKeyPem(password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        using (var opening = KeyFiles.Private(closed, () => password))
        {
            Assert.Equal(KeyFiles.NameOf(key), KeyFiles.NameOf(opening));
        }
        Assert.Contains("password", Assert.Throws<SealException>(() => KeyFiles.Private(closed, () => "another")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_key_that_gives_the_secret_away_or_is_too_weak_or_is_none()
    {
        using var weak = RSA.Create(2048);
        using var curve = ECDsa.Create();
        Assert.Contains("stays with the institution", Refused(() => KeyFiles.Public(Put(key.ExportPkcs8PrivateKeyPem()))), StringComparison.Ordinal);
        Assert.Contains("2048 bits", Refused(() => KeyFiles.Public(Put(weak.ExportSubjectPublicKeyInfoPem()))), StringComparison.Ordinal);
        Assert.Contains("no RSA key", Refused(() => KeyFiles.Public(Put(curve.ExportSubjectPublicKeyInfoPem()))), StringComparison.Ordinal);
        Assert.Contains("no RSA key", Refused(() => KeyFiles.Public(Put("rubbish"))), StringComparison.Ordinal);
        Assert.Contains("too long", Refused(() => KeyFiles.Public(Put(new string('x', 100_000)))), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refused(() => KeyFiles.Public(Path.Combine(folder, "nowhere"))), StringComparison.Ordinal);
        Assert.Contains("no private key", Refused(() => KeyFiles.Private(Put(key.ExportSubjectPublicKeyInfoPem()), () => "")), StringComparison.Ordinal);
    }

    private static byte[] Seal(byte[] said)
    {
        using var file = new MemoryStream();
        using var writing = new SealedWriting(file, SealedHeader.For(key, "test"));
        // In pieces of no round size.
        foreach (var some in said.Chunk(10_007))
        {
            writing.Write(some);
        }
        writing.Finish();
        return file.ToArray();
    }

    private static byte[] Open(byte[] whole, RSA? with = null)
    {
        using var file = new MemoryStream(whole);
        using var reading = new SealedReading(file, SealedHeader.Read(file, with ?? key));
        using var said = new MemoryStream();
        reading.CopyTo(said);
        return said.ToArray();
    }

    private static byte[] Flipped(byte[] whole, int at)
    {
        byte[] other = [.. whole];
        other[at] ^= 1;
        return other;
    }

    private static string Refused(Action what) => Assert.Throws<SealException>(what).Message;

    private string Put(string text)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("n"));
        File.WriteAllText(file, text);
        return file;
    }
}
