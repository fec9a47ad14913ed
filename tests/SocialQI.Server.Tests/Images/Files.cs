using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace SocialQI.Server.Tests.Images;

/// <summary>Files made by hand, byte by byte, so that they can be what no program would write.</summary>
internal static class Files
{
    /// <summary>A name that is in a file's metadata, and must be nowhere afterwards.</summary>
    public const string Name = "Jonathan Doe";

    public static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static readonly byte[] Html = Encoding.UTF8.GetBytes("<!doctype html><html><body><script>alert(1)</script></body></html>");

    public static readonly byte[] Svg = Encoding.UTF8.GetBytes("""<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><script>alert(1)</script></svg>""");

    /// <summary>One pixel, as every tracker sends it.</summary>
    public static readonly byte[] Gif =
        [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    public static readonly byte[] WebP = Encoded(Drawn(8, 8), SKEncodedImageFormat.Webp);

    /// <summary>A PNG of one grey; with more chunks before its pixels where some are given.</summary>
    public static byte[] Png(int width, int height, byte depth = 8, params (string Type, byte[] Data)[] more) =>
    [
        .. PngSignature,
        .. Chunk("IHDR", [.. BigEndian(width), .. BigEndian(height), depth, 0, 0, 0, 0]),
        .. more.SelectMany(m => Chunk(m.Type, m.Data)),
        .. Chunk("IDAT", Compressed(width, height, depth)),
        .. Chunk("IEND", []),
    ];

    /// <summary>Says that it is this large and has hardly a pixel.</summary>
    public static byte[] Bomb(int width, int height) =>
    [
        .. PngSignature, .. Chunk("IHDR", [.. BigEndian(width), .. BigEndian(height), 8, 6, 0, 0, 0]), .. Chunk("IDAT", Zlib(new byte[1_000])), .. Chunk("IEND", []),
    ];

    /// <summary>A JPEG of one grey whose every block takes two bits for each component.</summary>
    public static byte[] Jpeg(int width, int height, int components = 3, int scans = 1)
    {
        var blocks = (width + 7) / 8 * ((height + 7) / 8);
        var bits = new byte[((blocks * components * 2) + 7) / 8];
        byte[] ids = [.. Enumerable.Range(1, components).Select(n => (byte)n)];
        byte[] scan = [0xFF, 0xDA, .. Length(6 + (2 * components)), (byte)components, .. ids.SelectMany(id => new byte[] { id, 0 }), 0, 63, 0, .. bits];
        return
        [
            0xFF, 0xD8,
            .. components == 4 ? (byte[])[0xFF, 0xEE, .. Length(14), .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0] : [],
            0xFF, 0xDB, .. Length(67), 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, 0xC0, .. Length(8 + (3 * components)), 8, .. Short(height), .. Short(width), (byte)components, .. ids.SelectMany(id => new byte[] { id, 0x11, 0 }),
            0xFF, 0xC4, .. Length(20), 0x00, 1, .. new byte[15], 0,
            0xFF, 0xC4, .. Length(20), 0x10, 1, .. new byte[15], 0,
            .. Enumerable.Repeat(scan, scans).SelectMany(s => s),
            0xFF, 0xD9,
        ];
    }

    /// <summary>A photograph, red in its first corner, that was taken on its side by somebody somewhere.</summary>
    public static byte[] Photograph(int width, int height, byte orientation = 6)
    {
        var jpeg = Encoded(Drawn(width, height), SKEncodedImageFormat.Jpeg);
        byte[] exif = [.. "Exif\0\0"u8, .. Tiff(orientation)];
        return [.. jpeg[..2], 0xFF, 0xE1, .. Length(exif.Length + 2), .. exif, 0xFF, 0xFE, .. Length(Name.Length + 2), .. Encoding.ASCII.GetBytes(Name), .. jpeg[2..]];
    }

    /// <summary>The same as a PNG says it.</summary>
    public static byte[] Annotated(int width, int height) => Png(
        width, height, 8, ("tEXt", Encoding.ASCII.GetBytes("Author\0" + Name)), ("eXIf", Tiff(1)), ("tEXt", [.. "Comment\0"u8, .. Html]));

    /// <summary>Two frames, of which the first is the picture.</summary>
    public static byte[] Animated() => Png(8, 8, 8, ("acTL", [.. BigEndian(2), .. BigEndian(0)]), ("fcTL", [.. BigEndian(0), .. BigEndian(8), .. BigEndian(8), .. BigEndian(0), .. BigEndian(0), 0, 1, 0, 10, 0, 0]));

    /// <summary>What no compression makes short.</summary>
    public static byte[] Noise(int side)
    {
        using var bitmap = new SKBitmap(side, side);
        new Random(7).NextBytes(bitmap.GetPixelSpan());
        return Encoded(bitmap, SKEncodedImageFormat.Png);
    }

    public static SKBitmap Drawn(int width, int height)
    {
        var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.Clear(SKColors.White);
        canvas.DrawRect(0, 0, width / 2f, height / 2f, red);
        canvas.Flush();
        return bitmap;
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian(data.Length), .. named, .. BigEndian((int)Crc(named))];
    }

    private static byte[] Encoded(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    // Camera, artist, which side is up, and where it was taken: 51° 30' N, 0° 7' W.
    private static byte[] Tiff(byte orientation)
    {
        var artist = Encoding.ASCII.GetBytes(Name + "\0");
        const int Gps = 8 + 2 + (3 * 12) + 4;
        const int Values = Gps + 2 + (4 * 12) + 4;
        byte[] degrees = [.. Rational(51), .. Rational(30), .. Rational(0)];
        byte[] west = [.. Rational(0), .. Rational(7), .. Rational(0)];
        return
        [
            .. "II"u8, 42, 0, .. Little(8),
            3, 0, .. Tag(0x0112, 3, 1, [orientation, 0, 0, 0]), .. Tag(0x013B, 2, artist.Length, Little(Values + 48)), .. Tag(0x8825, 4, 1, Little(Gps)), .. Little(0),
            4, 0, .. Tag(1, 2, 2, [(byte)'N', 0, 0, 0]), .. Tag(2, 5, 3, Little(Values)), .. Tag(3, 2, 2, [(byte)'W', 0, 0, 0]), .. Tag(4, 5, 3, Little(Values + 24)), .. Little(0),
            .. degrees, .. west, .. artist,
        ];
    }

    private static byte[] Tag(ushort tag, ushort type, int count, byte[] value) => [(byte)tag, (byte)(tag >> 8), (byte)type, 0, .. Little(count), .. value];

    private static byte[] Rational(int value) => [.. Little(value), .. Little(1)];

    private static byte[] Compressed(int width, int height, byte depth) =>
        Zlib([.. Enumerable.Range(0, height).SelectMany(_ => new byte[1 + (width * depth / 8)].Select((_, i) => (byte)(i == 0 ? 0 : 0x80)))]);

    private static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(bytes);
        }
        return packed.ToArray();
    }

    private static byte[] Length(int length) => Short(length);

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }
        return ~crc;
    }
}
