using System.Text.RegularExpressions;
using Xunit;

namespace SocialQI.Browser.Tests;

public class Searching(House house) : Story(house)
{
    [Fact]
    public async Task Finds_a_contribution_and_leads_to_it()
    {
        const string Text = "Quinidine again, and this time the film shows it.";
        var path = await House.Case("Thrombocytopenia after a cramp remedy");
        await House.Ask("imani.cole", path.Split('/')[1], new { k = "post-contribution", contribution = "comment", text = Text });
        await House.FindsBySearch("ines.falkner", "quinidine", "Quinidine");

        var ines = await Arrive("ines.falkner", "search");
        await ines.Page.GetByTestId("search-text").FillAsync("quinidine film");
        List<string> sent = [];
        ines.Page.Request += (_, request) => sent.Add(request.Url + request.Headers.GetValueOrDefault("referer"));
        await ines.Page.GetByTestId("search-text").PressAsync("Enter");
        var found = ines.Page.GetByTestId("found").Locator("li", new() { HasText = "Thrombocytopenia after a cramp remedy" });
        await Expect(found.Locator(".text")).ToContainTextAsync("Quinidine again");
        await found.Locator("a.go").ClickAsync();

        await Expect(ines.Page).ToHaveURLAsync(new Regex(Regex.Escape(path) + @"#n\d+$"));
        await Expect(ines.Said(Text)).ToHaveClassAsync(new Regex("post-target"));
        await ines.Page.GoBackAsync();
        await Expect(ines.Page.GetByTestId("search-text")).ToHaveValueAsync("quinidine film");
        await Expect(found).ToBeVisibleAsync();
        await ines.Page.ReloadAsync();
        await Expect(found).ToBeVisibleAsync();
        Assert.Contains("#q=quinidine%20film", ines.Page.Url, StringComparison.Ordinal);
        Assert.NotEmpty(sent);
        Assert.DoesNotContain(sent, address => address.Contains("quinidine", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Goes_from_one_question_to_the_next_and_back()
    {
        var ines = await Arrive("ines.falkner", "search#q=kawasaki");
        var text = ines.Page.GetByTestId("search-text");
        await Expect(text).ToHaveValueAsync("kawasaki");
        await text.FillAsync("sodium");
        await text.PressAsync("Enter");
        await Expect(ines.Page).ToHaveTitleAsync(new Regex("sodium"));
        await ines.Page.GoBackAsync();
        await Expect(text).ToHaveValueAsync("kawasaki");
        await ines.Page.GoForwardAsync();
        await Expect(text).ToHaveValueAsync("sodium");
    }
}
