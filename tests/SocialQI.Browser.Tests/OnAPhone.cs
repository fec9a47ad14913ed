using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public class OnAPhone(House house) : Story(house)
{
    private const int Width = 390;
    private const int Thumb = 44;

    internal static readonly BrowserNewContextOptions Phone = new()
    {
        ViewportSize = new() { Width = Width, Height = 844 },
        ColorScheme = ColorScheme.Dark,
        HasTouch = true,
        IsMobile = true,
    };

    [Fact]
    public async Task In_the_dark_a_case_is_as_wide_as_the_screen_and_answered_with_the_thumb()
    {
        var path = await House.Case(
            "Pseudopseudohypoparathyroidism_and_a_word_that_nobody_broke_in_time_0123456789", "Is a serum calcium of 1.4 mmol/L with a QTc of 540 ms a reason for the intensive care unit tonight?");
        await House.Ask("imani.cole", path.Split('/')[1], new { k = "post-contribution", contribution = "question", text = string.Concat(Enumerable.Repeat("0123456789", 20)) });
        await House.Ask("imani.cole", path.Split('/')[1], new { k = "revise-section", section = new { kind = "course", text = new string('x', 500) } });

        var ines = await Arrive("ines.falkner", path, Phone);
        await Expect(ines.Contributions).ToHaveCountAsync(1);
        // Who is here comes into the head late, and pushes nothing of it off the screen.
        await Expect(ines.Page.Locator(".here-line")).ToBeVisibleAsync();
        Assert.Equal(0, await ines.Page.EvaluateAsync<int>("() => Math.round(scrollY)"));
        await FitsTheScreen(ines);
        await IsDark(ines);
        await IsUnderTheThumb(ines.Page.Locator(".tabs-bottom a, .sections summary, .bar .btn"));
        await IsUnderTheThumb(ines.Page.Locator("[data-testid=follow], [data-testid=mention], [data-testid=send], [data-testid=say], [data-testid=reply], [data-testid=react], .seg button"));

        await ines.Say.TapAsync();
        await ines.Say.FillAsync("Written with one thumb");
        await ines.Send.TapAsync();
        await ines.Sees("Written with one thumb");
        await FitsTheScreen(ines);
    }

    [Fact]
    public async Task Every_page_is_as_wide_as_the_screen()
    {
        var imani = await Arrive(Phone);
        await imani.Page.GotoAsync("sign-in?failed=1");
        await FitsTheScreen(imani);
        await imani.SignedIn("imani.cole");
        foreach (var (path, shows) in new[] { ("", "needs-you"), ("cases", "cases"), ("new", "new-case"), ("new/hallway", "audience"), ("inbox", "inbox"), ("more", "sign-out") })
        {
            await imani.At(path);
            await Expect(imani.Page.GetByTestId(shows).First).ToBeAttachedAsync();
            await FitsTheScreen(imani);
        }
    }

    private static async Task FitsTheScreen(Visitor visitor) =>
        Assert.Equal(Width, await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

    private static async Task IsDark(Visitor visitor)
    {
        var (ground, ink) = (await Lightness(visitor, "backgroundColor"), await Lightness(visitor, "color"));
        Assert.True(ground < 60 && ink > 180, $"Ink of {ink} on ground of {ground} is not dark.");
    }

    /// <summary>0 is black, 255 white.</summary>
    internal static Task<double> Lightness(Visitor visitor, string what) =>
        visitor.Page.EvaluateAsync<double>($"() => getComputedStyle(document.body).{what}.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0) / 3");

    private static async Task IsUnderTheThumb(ILocator targets)
    {
        var small = await targets.EvaluateAllAsync<string[]>(
            $"all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < {Thumb}).map(e => e.innerText + ' ' + e.getBoundingClientRect().height)");
        Assert.True(await targets.CountAsync() > 0, "There is nothing to touch.");
        Assert.True(small.Length == 0, "Too small for a thumb: " + string.Join(", ", small));
    }
}
