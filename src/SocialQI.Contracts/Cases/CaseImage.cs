using System.Text.Json.Serialization;

namespace SocialQI.Cases;

/// <summary>How an image is encoded; no others are kept.</summary>
[JsonConverter(typeof(KebabCase<ImageType>))]
public enum ImageType
{
    /// <summary>Without loss: drawings, screens, curves.</summary>
    Png,

    /// <summary>With little loss: photographs.</summary>
    Jpeg,
}

/// <summary>Names an image by the SHA-256 of its bytes as they are kept, in 64 hexadecimal digits.</summary>
[JsonConverter(typeof(TextId<ImageHash>))]
public readonly record struct ImageHash : IParsable<ImageHash>
{
    private const int Digits = 64;

    private readonly string? digits;

    private ImageHash(string digits) => this.digits = digits;

    /// <summary>The name of an image with this SHA-256.</summary>
    public static ImageHash Of(ReadOnlySpan<byte> sha256) => Parse(Convert.ToHexStringLower(sha256));

    static ImageHash IParsable<ImageHash>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ImageHash>.TryParse(string? s, IFormatProvider? provider, out ImageHash result) => TryParse(s, out result);

    /// <summary>Reads a hash from its text.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static ImageHash Parse(string s) => TryParse(s, out var hash) ? hash : throw new FormatException("This does not name an image.");

    /// <summary>Reads a hash from its text; false when it is not one.</summary>
    public static bool TryParse(string? s, out ImageHash result)
    {
        var fits = s is { Length: Digits } && s.All(char.IsAsciiHexDigitLower);
        result = fits ? new ImageHash(s!) : default;
        return fits;
    }

    /// <inheritdoc/>
    public override string ToString() => digits ?? "";
}

/// <summary>An image that a case keeps: the answer to who sent it, to be named in a contribution within <see cref="WaitsFor"/>.</summary>
/// <param name="Hash">Its name in that case.</param>
/// <param name="Type">How it is encoded.</param>
/// <param name="Width">In pixels, as it is shown.</param>
/// <param name="Height">In pixels, as it is shown.</param>
public sealed record KeptImage(ImageHash Hash, ImageType Type, int Width, int Height)
{
    /// <summary>The largest file that is taken.</summary>
    public const int BytesMax = 20 * 1024 * 1024;

    /// <summary>How long an image waits for the contribution that shows it.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromHours(24);
}

/// <summary>An image in a contribution or a fact.</summary>
/// <param name="Hash">Its name in that case; the bytes are read under it, by whoever may see the case.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Type">How it is encoded.</param>
/// <param name="Alt">What it shows, for who cannot see it: 1 to <see cref="AltLengthMax"/> characters in one line.</param>
public sealed record CaseImage(ImageHash Hash, int Width, int Height, ImageType Type, string Alt)
{
    /// <summary>The longest description.</summary>
    public const int AltLengthMax = 400;

    /// <summary>What the case keeps of it.</summary>
    [JsonIgnore]
    public KeptImage Kept => new(Hash, Type, Width, Height);
}
