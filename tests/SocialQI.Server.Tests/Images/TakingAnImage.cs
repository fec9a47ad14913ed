using System.Text;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using SkiaSharp;
using SocialQI.Cases;
using SocialQI.Server.Images;
using SocialQI.Storage;
using Xunit;

namespace SocialQI.Server.Tests.Images;

/// <summary>What becomes of a file, whatever it is called: a plain image that was encoded here, or a refusal by name.</summary>
public sealed class TakingAnImage
{
    private static readonly Dictionary<string, (byte[] File, string Code)> Hostile = new()
    {
        ["nothing"] = ([], "empty"),
        ["one byte"] = ([0x89], "not-a-png-or-jpeg"),
        ["HTML"] = (Files.Html, "not-a-png-or-jpeg"),
        ["SVG"] = (Files.Svg, "not-a-png-or-jpeg"),
        ["GIF"] = (Files.Gif, "not-a-png-or-jpeg"),
        ["WebP"] = (Files.WebP, "not-a-png-or-jpeg"),
        ["a PNG that is HTML"] = ([.. Files.PngSignature, .. Files.Html], "damaged-image"),
        ["a JPEG that is HTML"] = ([0xFF, 0xD8, 0xFF, 0xE0, .. Files.Html], "damaged-image"),
        ["a PNG's signature"] = (Files.PngSignature, "damaged-image"),
        ["a JPEG's beginning and end"] = ([0xFF, 0xD8, 0xFF, 0xD9], "damaged-image"),
        ["a PNG of 50,000 times 50,000"] = (Files.Bomb(50_000, 50_000), "too-many-pixels"),
        ["a JPEG of 50,000 times 50,000"] = (Files.Jpeg(8, 8).With(50_000, 50_000), "too-many-pixels"),
        ["a PNG that is a line of two thousand million"] = (Files.Bomb(int.MaxValue, 1), "damaged-image"),
        ["a PNG without a side"] = (Files.Bomb(0, 0), "damaged-image"),
        ["a PNG that lacks its pixels"] = (Files.Bomb(4_000, 4_000), "damaged-image"),
        ["half a PNG"] = (Files.Png(64, 64)[..60], "damaged-image"),
        ["half a photograph"] = (Files.Photograph(640, 480) is var whole ? whole[..(whole.Length / 2)] : [], "damaged-image"),
        ["a JPEG of a thousand scans"] = (Files.Jpeg(8, 8, 1, 1_000), "damaged-image"),
    };

    public static TheoryData<string> EveryHostileFile => [.. Hostile.Keys];

    [Theory]
    [MemberData(nameof(EveryHostileFile))]
    public void Refuses_by_name(string file)
    {
        var (image, refusal) = Recoding.Recode(Hostile[file].File);
        Assert.Null(image);
        Assert.Equal(Hostile[file].Code, refusal?.Code);
    }

    [Fact]
    public void Of_a_photograph_leaves_neither_name_nor_place()
    {
        var photograph = Files.Photograph(640, 480);
        var before = Told(photograph);
        Assert.Contains(Files.Name, before, StringComparison.Ordinal);
        Assert.Contains("51° 30' 0\"", before, StringComparison.Ordinal);

        var taken = Taken(photograph);

        foreach (var bytes in new[] { taken.Bytes, taken.Thumbnail })
        {
            Assert.Equal(1, Places(photograph));
            Assert.Equal(0, Places(bytes));
            Assert.DoesNotContain(Files.Name, Told(bytes), StringComparison.Ordinal);
            Assert.DoesNotContain(Files.Name, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_an_annotated_png_leaves_nothing_of_its_notes()
    {
        Assert.Contains(Files.Name, Told(Files.Annotated(64, 64)), StringComparison.Ordinal);
        var taken = Taken(Files.Annotated(64, 64));
        Assert.Equal(ImageType.Png, taken.Image.Type);
        foreach (var word in new[] { Files.Name, "script", "eXIf", "tEXt", "iCCP" })
        {
            Assert.DoesNotContain(word, Encoding.Latin1.GetString(taken.Bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Leaves_nothing_of_what_stands_behind_its_end() =>
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(Taken([.. Files.Png(64, 64), .. Files.Html]).Bytes), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 640, 480, 0, 0)]
    [InlineData(2, 640, 480, 1, 0)]
    [InlineData(3, 640, 480, 1, 1)]
    [InlineData(4, 640, 480, 0, 1)]
    [InlineData(5, 480, 640, 0, 0)]
    [InlineData(6, 480, 640, 1, 0)]
    [InlineData(7, 480, 640, 1, 1)]
    [InlineData(8, 480, 640, 0, 1)]
    public void Stands_it_upright(byte orientation, int width, int height, int redAcross, int redDown)
    {
        var taken = Taken(Files.Photograph(640, 480, orientation));
        Assert.Equal((width, height), (taken.Image.Width, taken.Image.Height));
        using var seen = SKBitmap.Decode(taken.Bytes);
        var corners = from across in new[] { 0, 1 }
                      from down in new[] { 0, 1 }
                      where seen.GetPixel(across == 0 ? 20 : width - 20, down == 0 ? 20 : height - 20).Green < 100
                      select (across, down);
        Assert.Equal([(redAcross, redDown)], corners);
    }

    [Fact]
    public void Larger_than_it_is_shown_makes_it_smaller_and_a_thumbnail_of_it()
    {
        var taken = Taken(Files.Jpeg(6_000, 3_000));
        Assert.InRange(taken.Image.Width, 3_700, Recoding.SideMax);
        Assert.Equal(2.0, (double)taken.Image.Width / taken.Image.Height, 2);
        Assert.Equal((taken.Image.Width, taken.Image.Height), Size(taken.Bytes));
        Assert.Equal((640, 320), Size(taken.Thumbnail));

        var png = Taken(Files.Png(5_000, 50));
        Assert.Equal((4_096, 41), (png.Image.Width, png.Image.Height));
        Assert.Equal((640, 6), Size(png.Thumbnail));
    }

    [Fact]
    public void As_thin_as_a_hair_leaves_it_a_pixel_wide()
    {
        var taken = Taken(Files.Png(9_000, 1));
        Assert.Equal((4_096, 1), (taken.Image.Width, taken.Image.Height));
        Assert.Equal((640, 1), Size(taken.Thumbnail));
    }

    [Fact]
    public void Makes_a_plain_image_of_a_png_with_sixteen_bits() => Assert.Equal(ImageType.Png, Taken(Files.Png(32, 32, depth: 16)).Image.Type);

    [Fact]
    public void Makes_a_plain_image_of_a_jpeg_for_a_printer()
    {
        var taken = Taken(Files.Jpeg(64, 64, components: 4));
        using var data = SKData.CreateCopy(taken.Bytes);
        using var codec = SKCodec.Create(data);
        Assert.Equal((ImageType.Jpeg, SKEncodedImageFormat.Jpeg, 64), (taken.Image.Type, codec.EncodedFormat, codec.Info.Width));
        Assert.Equal(3, taken.Bytes[taken.Bytes.AsSpan().IndexOf<byte>([0xFF, 0xC0]) + 9]);
    }

    [Fact]
    public void Makes_a_plain_image_of_an_animation()
    {
        var taken = Taken(Files.Animated());
        Assert.DoesNotContain("acTL", Encoding.Latin1.GetString(taken.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_loss_stays_so_unless_it_is_huge()
    {
        Assert.Equal(ImageType.Png, Taken(Files.Noise(600)).Image.Type);
        var huge = Taken(Files.Noise(1_800));
        Assert.Equal(ImageType.Jpeg, huge.Image.Type);
        Assert.True(huge.Bytes.AsSpan().StartsWith<byte>([0xFF, 0xD8, 0xFF]));
    }

    [Fact]
    public void Of_the_same_file_is_the_same_image()
    {
        Assert.Equal(Taken(Files.Photograph(64, 48)).Image, Taken(Files.Photograph(64, 48)).Image);
        Assert.NotEqual(Taken(Files.Photograph(64, 48)).Image.Hash, Taken(Files.Photograph(64, 48, 1)).Image.Hash);
    }

    private static NewImage Taken(byte[] file)
    {
        var (image, refusal) = Recoding.Recode(file);
        Assert.Null(refusal);
        Assert.NotNull(image);
        return image;
    }

    private static (int, int) Size(byte[] bytes)
    {
        using var seen = SKBitmap.Decode(bytes);
        return (seen.Width, seen.Height);
    }

    /// <summary>Everything that a file says of itself.</summary>
    private static string Told(byte[] file) =>
        string.Join('\n', ImageMetadataReader.ReadMetadata(new MemoryStream(file)).SelectMany(d => d.Tags).Select(t => $"{t.Name}: {t.Description}"));

    private static int Places(byte[] file) => ImageMetadataReader.ReadMetadata(new MemoryStream(file)).OfType<GpsDirectory>().Count();
}

internal static class Frames
{
    /// <summary>A JPEG that says it is this large.</summary>
    public static byte[] With(this byte[] jpeg, int width, int height)
    {
        var frame = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        byte[] changed = [.. jpeg];
        (changed[frame + 5], changed[frame + 6], changed[frame + 7], changed[frame + 8]) = ((byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
        return changed;
    }
}
