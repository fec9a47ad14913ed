using System.Security.Cryptography;
using SkiaSharp;
using SocialQI.Cases;
using SocialQI.Storage;

namespace SocialQI.Server.Images;

/// <summary>
/// Makes an image of a file: decodes it and encodes what was seen anew, upright and no larger than it is shown, so that nothing else of the file is
/// kept: no metadata, no thumbnail of its own, nothing behind its end. What the file is called or said to be does not matter.
/// </summary>
internal static class Recoding
{
    /// <summary>The longer side of what is kept.</summary>
    public const int SideMax = 4_096;

    /// <summary>The longer side of a thumbnail.</summary>
    public const int ThumbnailSideMax = 640;

    /// <summary>The most pixels that are decoded: 200 MB of memory.</summary>
    public const int PixelsMax = 50_000_000;

    // A progressive JPEG of a camera has about ten. Each costs a walk over all pixels.
    private const int ScansMax = 64;

    // A photograph without loss is ten times as long as with little; drawings stay far below this.
    private const int PngBytesMax = 6 * 1024 * 1024;

    private const int Quality = 90;
    private const int ThumbnailQuality = 80;
    private const int PngEffort = 6;

    private static ReadOnlySpan<byte> PngBegins => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegBegins => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> JpegScan => [0xFF, 0xDA];

    /// <returns>The image, or why the file is not taken.</returns>
    public static (NewImage? Image, Refusal? Refusal) Recode(byte[] file)
    {
        if (file.Length == 0)
        {
            return (null, ImageRefusals.Empty);
        }
        // Only the decoders of these two are ever given a stranger's bytes.
        if (TypeOf(file) is not { } type)
        {
            return (null, ImageRefusals.NotAnImage);
        }
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != (type == ImageType.Png ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg))
        {
            return (null, ImageRefusals.Damaged);
        }
        // Read from the header: nothing was decoded yet.
        if ((long)codec.Info.Width * codec.Info.Height > PixelsMax)
        {
            return (null, ImageRefusals.TooManyPixels);
        }
        if (type == ImageType.Jpeg && file.AsSpan().Count(JpegScan) > ScansMax)
        {
            return (null, ImageRefusals.Damaged);
        }
        using var decoded = Decode(codec);
        return decoded is null ? (null, ImageRefusals.Damaged) : (Encode(decoded, codec.EncodedOrigin, type), null);
    }

    private static ImageType? TypeOf(ReadOnlySpan<byte> file) =>
        file.StartsWith(PngBegins) ? ImageType.Png : file.StartsWith(JpegBegins) ? ImageType.Jpeg : null;

    // All of it, in the colours of a screen; null where that is not possible. A JPEG is decoded at about the size that is kept.
    private static SKBitmap? Decode(SKCodec codec)
    {
        var size = codec.GetScaledDimensions(Math.Min(1f, (float)SideMax / Math.Max(codec.Info.Width, codec.Info.Height)));
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        using var colours = SKColorSpace.CreateSrgb();
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, alpha, colours));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            bitmap.Dispose();
            return null;
        }
        // Else it would be copied to be drawn.
        bitmap.SetImmutable();
        return bitmap;
    }

    private static NewImage Encode(SKBitmap decoded, SKEncodedOrigin origin, ImageType type)
    {
        using var whole = Drawing.Draw(decoded, origin, SideMax);
        if (type == ImageType.Jpeg)
        {
            return Of(whole, type, Bytes(whole, type, Quality));
        }
        if (Bytes(whole, type, Quality) is { Length: <= PngBytesMax } small)
        {
            return Of(whole, type, small);
        }
        // What one could see through becomes the white of a page.
        using var flat = Drawing.Draw(whole, SKEncodedOrigin.TopLeft, SideMax, SKColors.White);
        return Of(flat, ImageType.Jpeg, Bytes(flat, ImageType.Jpeg, Quality));
    }

    private static NewImage Of(SKBitmap whole, ImageType type, byte[] bytes)
    {
        using var small = Drawing.Draw(whole, SKEncodedOrigin.TopLeft, ThumbnailSideMax);
        return new(new KeptImage(ImageHash.Of(SHA256.HashData(bytes)), type, whole.Width, whole.Height), bytes, Bytes(small, type, ThumbnailQuality));
    }

    private static byte[] Bytes(SKBitmap bitmap, ImageType type, int quality)
    {
        using var pixels = bitmap.PeekPixels();
        using var encoded = type == ImageType.Png
            ? pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, PngEffort))
            : pixels.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore));
        return encoded?.ToArray() ?? throw new InvalidOperationException("An image that was drawn here could not be encoded.");
    }
}
