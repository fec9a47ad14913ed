using System.Globalization;
using System.Text;
using QRCoder;

namespace SocialQI.Client.Frame;

/// <summary>Draws texts as QR codes. What that takes is fetched for the first one.</summary>
/// <param name="fetch">Fetches what is needed.</param>
public sealed class QrDrawing(Func<Task> fetch)
{
    /// <summary>The longest text that is drawn: a camera still reads it off a screen.</summary>
    public const int TextLengthMax = 500;

    private Task? fetching;

    /// <summary>The picture of a text; null where there is none, for the text is too long or what draws it cannot be had.</summary>
    public async Task<QrPicture?> Draw(string text)
    {
        if (text.Length is 0 or > TextLengthMax)
        {
            return null;
        }
        try
        {
            await (fetching ??= fetch());
        }
#pragma warning disable CA1031 // The edge: whatever a fetch fails of, the text beside the picture is enough, and the next one asks again.
        catch (Exception)
#pragma warning restore CA1031
        {
            fetching = null;
            return null;
        }
        return Drawn(text);
    }

    // Alone in a method, for it cannot be compiled before its assembly is there.
    private static QrPicture Drawn(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                var from = x;
                while (x < rows[y].Count && rows[y][x])
                {
                    x++;
                }
                if (x > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }
        return new(rows.Count, path.ToString());
    }
}

/// <summary>A QR code.</summary>
/// <param name="Size">How many squares it is wide and high, with the quiet border that cameras need.</param>
/// <param name="Path">The dark squares, as SVG draws them, one row after the other.</param>
public sealed record QrPicture(int Size, string Path);
