using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public partial class ShowingAnImage(House house) : Story(house)
{
    [GeneratedRegex(@"net::ERR_|status of 422")]
    private static partial Regex WhatIsRefused();

    // As if the clipboard or the hand held these files.
    private const string Gives = """
        (form, { kind, files }) => {
          const carried = new DataTransfer();
          files.forEach(bytes => carried.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], 'screen.png', { type: 'image/png' })));
          const how = { bubbles: true, cancelable: true };
          form.dispatchEvent(kind === 'paste' ? new ClipboardEvent('paste', { ...how, clipboardData: carried }) : new DragEvent('drop', { ...how, dataTransfer: carried }));
        }
        """;

    private static ILocator Attached(Visitor visitor) => visitor.Page.GetByTestId("attachment");

    [Fact]
    public async Task By_button_paste_and_drop_is_seen_by_a_colleague_who_looks_at_it_closely()
    {
        var (imani, ines) = await BothArrive(await House.Case("A film on day two"));
        var film = await imani.Page.ScreenshotAsync();
        var chooser = await imani.Page.RunAndWaitForFileChooserAsync(() => imani.Page.GetByTestId("add-images").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "film.png", MimeType = "image/png", Buffer = film });
        await Give(imani, "paste", await imani.Page.GetByTestId("composer").ScreenshotAsync());
        await Give(imani, "drop", await imani.Page.GetByTestId("timeline").ScreenshotAsync());
        await Expect(Attached(imani).Locator("img")).ToHaveCountAsync(3);
        foreach (var (n, what) in new[] { "Chest film", "Rhythm strip", "Smear" }.Index())
        {
            await imani.Page.GetByTestId("alt").Nth(n).FillAsync(what);
        }
        await imani.Write("See the film.");

        await ines.Sees("See the film.");
        var shots = ines.Said("See the film.").GetByTestId("images").Locator("img");
        await Expect(shots).ToHaveCountAsync(3);
        await Expect(shots.First).ToHaveJSPropertyAsync("complete", true);
        Assert.NotEqual(0, await shots.First.EvaluateAsync<int>("i => i.naturalWidth"));
        await LookClosely(ines);
    }

    [Fact]
    public async Task That_does_not_arrive_stays_to_be_sent_again_and_what_is_none_says_so()
    {
        var imani = await Arrive("imani.cole", await House.Case("A film that does not come"));
        imani.Expected = WhatIsRefused();
        await imani.Page.RouteAsync("**/images", route => route.AbortAsync());
        var film = await imani.Page.ScreenshotAsync();
        await Give(imani, "paste", film);
        await Expect(Attached(imani).GetByTestId("refusal")).ToContainTextAsync("did not arrive");
        await imani.Write("See the film.");
        await Expect(imani.Contributions).ToHaveCountAsync(0);

        await imani.Page.UnrouteAsync("**/images");
        await imani.Page.GetByTestId("send-image-again").ClickAsync();
        await Expect(Attached(imani).Locator("img")).ToHaveCountAsync(1);
        await imani.Page.GetByTestId("alt").FillAsync("Chest film");
        await Give(imani, "paste", "<html></html>"u8.ToArray());
        await Expect(Attached(imani).Nth(1).GetByTestId("refusal")).ToContainTextAsync("not a PNG or JPEG");
        await imani.Page.GetByTestId("remove-image").Nth(1).ClickAsync();
        await imani.Send.ClickAsync();
        await imani.Sees("See the film.");
        await Expect(imani.Said("See the film.").Locator(".shots img")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Moves_nothing_when_it_comes()
    {
        var path = await House.Case("A film that comes late");
        var imani = await Arrive("imani.cole", path);
        await Give(imani, "paste", await imani.Page.ScreenshotAsync());
        await Expect(Attached(imani).Locator("img")).ToHaveCountAsync(1);
        await imani.Page.GetByTestId("alt").FillAsync("Chest film");
        await imani.Write("See the film.");
        await imani.Sees("See the film.");
        var ines = await Arrive();
        await ines.SignedIn("ines.falkner");
        var held = new TaskCompletionSource();
        await ines.Page.RouteAsync("**/thumb", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await ines.At(path);
        await ines.Sees("See the film.");
        var image = ines.Said("See the film.").Locator("img");
        var before = await image.BoundingBoxAsync();

        held.SetResult();

        await Expect(image).ToHaveJSPropertyAsync("complete", true);
        Assert.NotEqual(0, await image.EvaluateAsync<int>("i => i.naturalWidth"));
        var after = await image.BoundingBoxAsync();
        Assert.Equal((before!.Width, before.Height), (after!.Width, after.Height));
    }

    private static async Task LookClosely(Visitor ines)
    {
        var second = ines.Said("See the film.").Locator(".shot").Nth(1);
        await second.FocusAsync();
        await ines.Page.Keyboard.PressAsync("Enter");
        var lightbox = ines.Page.GetByTestId("lightbox");
        // It takes keys from when it stands over the page.
        await Expect(lightbox).ToBeVisibleAsync();
        await Expect(lightbox.GetByTestId("lightbox-alt")).ToContainTextAsync("Rhythm strip");
        await ines.Page.Keyboard.PressAsync("+");
        await Expect(lightbox.Locator("[data-percent]")).ToHaveTextAsync("150 %");
        await ines.Page.Keyboard.PressAsync("0");
        await Expect(lightbox.Locator("[data-percent]")).ToHaveTextAsync("100 %");
        await lightbox.Locator("img").HoverAsync();
        await ines.Page.Mouse.WheelAsync(0, -100);
        await Expect(lightbox.Locator("[data-percent]")).ToHaveTextAsync("115 %");
        await ines.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(lightbox.GetByTestId("lightbox-alt")).ToContainTextAsync("Chest film");
        // Another image is seen whole again.
        await Expect(lightbox.Locator("[data-percent]")).ToHaveTextAsync("100 %");
        await ines.Page.Keyboard.PressAsync("Escape");
        await Expect(lightbox).ToHaveCountAsync(0);
        await Expect(second).ToBeFocusedAsync();
    }

    private static async Task Give(Visitor visitor, string kind, params byte[][] files) =>
        await visitor.Page.GetByTestId("composer").EvaluateAsync(Gives, new { kind, files = files.Select(Convert.ToBase64String) });
}
