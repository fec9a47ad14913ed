using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using SocialQI.Client.Frame;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class JumpingSomewhere : ListScreen
{
    [Fact]
    public async Task A_person_is_found_and_gone_to()
    {
        var page = await Typed("lind");
        page.WaitForAssertion(() => Assert.StartsWith("Ada Lindholm", page.Find("[role=option]").TextContent.Trim(), StringComparison.Ordinal));
        await Key(page, "Enter");
        page.WaitForAssertion(() => Assert.Equal($"person/{Ada}", Address));
    }

    [Fact]
    public async Task The_words_themselves_can_always_be_searched_for()
    {
        var page = await Typed("lind & co");
        await Key(page, "ArrowUp");
        await Key(page, "Enter");
        page.WaitForAssertion(() => Assert.Equal("search#q=lind%20%26%20co", Address));
    }

    [Fact]
    public async Task An_administrator_finds_the_administration()
    {
        Arrive();
        Rounds.Knows(Rounds.Me! with { Affiliations = [new(Harbour, InstitutionRole.Administrator, default, null)] });
        var page = Render<Switcher>();
        await page.InvokeAsync(() => { _ = page.Find("input").InputAsync("administration"); });
        page.WaitForElement("[role=option]");
        await Key(page, "Enter");
        page.WaitForAssertion(() => Assert.Equal($"administration/{Harbour}", Address));
    }

    [Fact]
    public async Task What_was_chosen_stays_chosen_when_more_is_found()
    {
        var page = await Typed("s");
        await Key(page, "ArrowDown");
        var chosen = page.Find("[aria-selected=true]").TextContent;
        page.WaitForAssertion(() => Assert.Contains("Ada Lindholm", page.Markup));
        Assert.Equal(chosen, page.Find("[aria-selected=true]").TextContent);
    }

    protected override string? Asked(string path, string query) =>
        path == "/api/jump" ? Encoding.UTF8.GetString(Json.Encode(new Jumps([], [], [new(Ada, "Ada Lindholm", "Nephrology", Grade.Attending, [], 1)]))) : base.Asked(path, query);

    private static Task Key(IRenderedComponent<Switcher> page, string key) =>
        page.InvokeAsync(() => { _ = page.Find("dialog").KeyDownAsync(new KeyboardEventArgs { Key = key }); });

    private async Task<IRenderedComponent<Switcher>> Typed(string text)
    {
        Arrive();
        var page = Render<Switcher>();
        await page.InvokeAsync(() => { _ = page.Find("input").InputAsync(text); });
        page.WaitForElement("[role=option]");
        return page;
    }
}
