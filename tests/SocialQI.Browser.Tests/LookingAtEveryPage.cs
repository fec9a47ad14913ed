using Microsoft.Playwright;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

public class LookingAtEveryPage(House house) : Story(house)
{
    private const int Width = 390;

    [Fact]
    public async Task Finds_nothing_that_keeps_somebody_from_using_it_by_day_or_by_night()
    {
        List<string> found = [];
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            var hester = await Arrive(new() { ColorScheme = scheme });
            await hester.Page.GotoAsync("sign-in");
            await Look("sign-in");
            await hester.SignedIn(House.Administrator);
            foreach (var page in await House.EveryPage())
            {
                await hester.Opens(page);
                await Look(page.Name);
            }

            async Task Look(string name) => found.AddRange((await Axe.Findings(hester.Page)).Select(f => $"{name}, {scheme}: {f}"));
        }
        Figures.Tell("pages.axe", found.Count, "findings");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task On_a_phone_never_takes_scrolling_sideways()
    {
        var hester = await Arrive(new() { ViewportSize = new() { Width = Width, Height = 844 }, HasTouch = true, IsMobile = true });
        await hester.SignedIn(House.Administrator);
        List<string> wide = [];
        foreach (var page in await House.EveryPage())
        {
            await hester.Opens(page);
            wide.AddRange((await hester.StandOut(Width)).Select(what => $"{page.Name}: {what}"));
        }
        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }
}
