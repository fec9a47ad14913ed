using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialQI.Server.Auditing;
using SocialQI.Server.Backups;
using SocialQI.Storage;
using SocialQI.Storage.Transfer;

namespace SocialQI.Server.Transfer;

/// <summary>What the file of a home begins with.</summary>
/// <param name="Format">By which readers know it.</param>
/// <param name="Home">Whose it is.</param>
/// <param name="Epoch">The store's it comes from.</param>
/// <param name="Position">Its position then.</param>
internal sealed record HomeOpening(string Format, InstitutionId Home, string Epoch, long Position);

/// <summary>Some events of a topic, one after the other, and the commands that begin among them.</summary>
internal sealed record HomePiece(TopicId Topic, IReadOnlyList<CarriedEvent> Events, IReadOnlyList<DoneCommand> Commands, bool IsLast);

/// <summary>An image of a topic; it comes before the events that show it.</summary>
internal sealed record HomeImage(TopicId Topic, CarriedImage Image);

/// <summary>What the file ends with.</summary>
/// <param name="Topics">So many.</param>
/// <param name="Events">So many.</param>
/// <param name="Images">So many.</param>
/// <param name="People">So many.</param>
/// <param name="Acts">So many rows of the audit.</param>
/// <param name="Signature">Of the SHA-256 of all entries before and of these numbers, by the key that signs the network's checkpoints.</param>
internal sealed record HomeEnding(int Topics, long Events, int Images, int People, long Acts, byte[] Signature)
{
    public byte[] Signed(byte[] entries) => SHA256.HashData([.. entries, .. Encoding.ASCII.GetBytes($"{Topics} {Events} {Images} {People} {Acts}")]);
}

/// <summary>
/// The portable file of a home: a tar archive, in this order, of <c>home.json</c>, <c>people.json</c>, of each topic its <c>image-*.json</c> and then its
/// <c>events-*.json</c>, the <c>acts-*.json</c> of the audit, and <c>end.json</c>. It is sealed for the institution as a backup is.
/// </summary>
internal static class HomeFile
{
    public const string What = "home";
    public const string Format = "socialqi-home-1";
    public const string Opening = "home.json";
    public const string People = "people.json";
    public const string Image = "image-";
    public const string Events = "events-";
    public const string Acts = "acts-";
    public const string End = "end.json";

    private const int EntryBytesMax = 64 * 1024 * 1024;

    // What is left out of an entry is not taken for nothing.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>One entry after the other. None is handed out before the piece of the file that it came in was found to be what was sealed.</summary>
    /// <exception cref="SealException">It is no file of a home, or changed.</exception>
    public static IEnumerable<(string Name, byte[] Bytes)> Entries(string file, RSA key)
    {
        using var from = new FileStream(file, FileMode.Open, FileAccess.Read);
        var header = SealedHeader.Read(from, key);
        if (header.What != What)
        {
            throw new SealException($"{file} is sealed, and holds no home: {header.What}.");
        }
        using var whole = new SealedReading(from, header);
        using var archive = new TarReader(whole, leaveOpen: true);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile || entry.Length > EntryBytesMax)
            {
                throw new SealException("This file holds what no file of a home holds.");
            }
            var bytes = new byte[entry.Length];
            entry.DataStream?.ReadExactly(bytes);
            yield return (entry.Name, bytes);
        }
        // What follows the archive's end is read too: only then is the whole file known to be what was sealed.
        whole.CopyTo(Stream.Null);
    }

    /// <exception cref="SealException">It does not say what it should.</exception>
    public static T Read<T>(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Strict) ?? throw new SealException("An entry of this file is empty.");
        }
        catch (JsonException)
        {
            throw new SealException("An entry of this file cannot be read.");
        }
    }
}

/// <summary>Writes the file of a home, one entry after the other.</summary>
internal sealed class HomeWriting(Stream to) : IDisposable
{
    private readonly TarWriter archive = new(to, TarEntryFormat.Pax, leaveOpen: true);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int entries;

    public void Add<T>(string name, T what)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(what, JsonSerializerOptions.Web);
        Summed(hash, name, bytes);
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
    }

    /// <summary>One of many of a name.</summary>
    public void AddNext<T>(string name, T what) => Add($"{name}{++entries:d8}.json", what);

    public void End(HomeEnding ending, CheckpointKey key) => Add(HomeFile.End, ending with { Signature = key.Sign(ending.Signed(hash.GetCurrentHash())) });

    public void Dispose()
    {
        archive.Dispose();
        hash.Dispose();
    }

    /// <summary>Adds an entry to the sum of all.</summary>
    public static void Summed(IncrementalHash hash, string name, byte[] bytes)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{name} {bytes.Length}\n"));
        hash.AppendData(bytes);
    }
}
