using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Frame;
using SocialQI.Client.Frame.Languages;
using Xunit;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace SocialQI.Client.Tests;

/// <summary>A text for a device with a camera; read here by another's reader from what is drawn.</summary>
public sealed partial class ShowingAQrCode : BunitContext
{
    // As large as a camera would see a square of it.
    private const int PixelsPerSquare = 4;

    private readonly List<string> fetched = [];

    public ShowingAQrCode() => Services.AddTexts().AddSingleton(new QrDrawing(() =>
    {
        fetched.Add("now");
        return fetched.Count == 1 ? Task.FromException(new HttpRequestException()) : Task.CompletedTask;
    }));

    [Theory]
    [InlineData("otpauth://totp/SocialQI:ada.lindholm?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=SocialQI&digits=6")]
    [InlineData("https://rounds.example/join/7QK-M2X")]
    [InlineData("Grüße aus Łódź, 東京")]
    [InlineData("1")]
    public void Is_read_as_the_text_it_was_drawn_from(string text) => Assert.Equal(text, Read(Show(text)));

    [Fact]
    public void Is_read_at_the_longest_text()
    {
        var text = "https://rounds.example/" + new string('x', QrDrawing.TextLengthMax - 23);
        Assert.Equal(text, Read(Show(text)));
        Assert.Empty(Show(text + "x").FindAll("svg"));
        Assert.Empty(Show("").FindAll("svg"));
    }

    [Fact]
    public void Says_what_it_is_to_who_does_not_see_it()
    {
        var picture = Show("https://rounds.example/").Find("svg");
        Assert.Equal(("img", "A link to join"), (picture.GetAttribute("role"), picture.GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Follows_its_text()
    {
        var shown = Show("https://rounds.example/1");
        await shown.InvokeAsync(() => shown.Instance.SetParametersAsync(Microsoft.AspNetCore.Components.ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(QrCode.Text)] = "https://rounds.example/2", [nameof(QrCode.Label)] = "A link to join" })));
        Assert.Equal("https://rounds.example/2", Read(shown));
    }

    [Fact]
    public void Is_left_out_where_what_draws_it_cannot_be_had_and_comes_the_next_time()
    {
        Assert.Empty(Render("https://rounds.example/").FindAll("svg"));
        Assert.Single(Render("https://rounds.example/").FindAll("svg"));
    }

    private IRenderedComponent<QrCode> Show(string text)
    {
        if (fetched.Count == 0)
        {
            Render("the first fetch fails");
        }
        return Render(text);
    }

    private IRenderedComponent<QrCode> Render(string text) => Render<QrCode>(p => p.Add(q => q.Text, text).Add(q => q.Label, "A link to join"));

    private static string? Read(IRenderedComponent<QrCode> shown)
    {
        var size = int.Parse(shown.Find("svg").GetAttribute("viewBox")!.Split(' ')[2], CultureInfo.InvariantCulture);
        var width = size * PixelsPerSquare;
        var pixels = new byte[width * width];
        Array.Fill(pixels, byte.MaxValue);
        foreach (Match run in Run().Matches(shown.Find("path").GetAttribute("d")!))
        {
            var (x, y, length) = (Number(run, 1), Number(run, 2), Number(run, 3));
            for (var row = y * PixelsPerSquare; row < (y + 1) * PixelsPerSquare; row++)
            {
                Array.Clear(pixels, (row * width) + (x * PixelsPerSquare), length * PixelsPerSquare);
            }
        }
        var source = new RGBLuminanceSource(pixels, width, width, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)))?.Text;
    }

    private static int Number(Match run, int group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\3z")]
    private static partial Regex Run();
}
