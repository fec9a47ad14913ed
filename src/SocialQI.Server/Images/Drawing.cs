using SkiaSharp;

namespace SocialQI.Server.Images;

/// <summary>Draws an image upright and no larger than it may be.</summary>
internal static class Drawing
{
    private static readonly SKSamplingOptions smoothly = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>A drawing of an image, which belongs to the caller; on nothing, or on a ground of this colour.</summary>
    public static SKBitmap Draw(SKBitmap from, SKEncodedOrigin origin, int sideMax, SKColor? ground = null)
    {
        var scale = Math.Min(1.0, (double)sideMax / Math.Max(from.Width, from.Height));
        var (width, height) = (Scaled(from.Width, scale), Scaled(from.Height, scale));
        var (across, down) = origin >= SKEncodedOrigin.LeftTop ? (height, width) : (width, height);
        // Without a colour space: none is then written down. What is drawn has a screen's colours already.
        var drawn = new SKBitmap(new SKImageInfo(across, down, SKColorType.Rgba8888, from.AlphaType));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(ground ?? SKColors.Transparent);
        canvas.SetMatrix(Upright(origin, across, down));
        using var image = SKImage.FromBitmap(from);
        canvas.DrawImage(image, SKRect.Create(width, height), scale < 1 ? smoothly : SKSamplingOptions.Default);
        canvas.Flush();
        drawn.SetImmutable();
        return drawn;
    }

    private static int Scaled(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));

    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
