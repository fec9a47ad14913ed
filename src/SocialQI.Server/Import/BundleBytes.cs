namespace SocialQI.Server.Import;

/// <summary>The file as bytes, read no further than it may be long and never unpacked.</summary>
internal static class BundleBytes
{
    public const int LengthMax = Wire.Imported.BytesMax;

    private const int ReadAtOnce = 64 * 1024;

    private static readonly byte[][] PackedBeginnings =
    [
        [0x1F, 0x8B],                   // gzip
        [(byte)'P', (byte)'K'],         // zip
        [(byte)'B', (byte)'Z', (byte)'h'],
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'],
        [0x28, 0xB5, 0x2F, 0xFD],       // zstd
        [(byte)'7', (byte)'z', 0xBC, 0xAF],
    ];

    /// <returns>The bytes without a byte order mark, or why they are not taken.</returns>
    public static async Task<(ReadOnlyMemory<byte> Json, ImportRefusal? Refusal)> Read(Stream from, long? declaredLength, CancellationToken stop)
    {
        if (declaredLength > LengthMax)
        {
            return (default, ImportRefusal.TooLarge);
        }

        // Grown by what arrives, not by what was declared: a promise of 50 MB must not cost 50 MB.
        var whole = new MemoryStream();
        var buffer = new byte[ReadAtOnce];
        var judged = false;
        while (await from.ReadAsync(buffer, stop) is > 0 and var count)
        {
            if (whole.Length + count > LengthMax)
            {
                return (default, ImportRefusal.TooLarge);
            }

            whole.Write(buffer, 0, count);
            if (!judged && whole.Length >= 8)
            {
                judged = true;
                if (RefuseBeginning(Content(whole).Span) is { } refusal)
                {
                    return (default, refusal);
                }
            }
        }

        return (Content(whole), RefuseBeginning(Content(whole).Span) ?? (IsBlank(Content(whole).Span) ? ImportRefusal.Empty : null));
    }

    private static ReadOnlyMemory<byte> Content(MemoryStream whole)
    {
        var bytes = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    private static ImportRefusal? RefuseBeginning(ReadOnlySpan<byte> bytes)
    {
        foreach (var packed in PackedBeginnings)
        {
            if (bytes.StartsWith(packed))
            {
                return ImportRefusal.Packed;
            }
        }

        return !IsBlank(bytes) && bytes.TrimStart(" \t\r\n"u8)[0] is not ((byte)'{' or (byte)'[') ? ImportRefusal.NotJson : null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8).IsEmpty;
}
