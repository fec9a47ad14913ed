using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public class PromotingAHallwayThread(House house) : Story(house)
{
    [Fact]
    public async Task Keeps_its_link_and_changes_before_who_watches()
    {
        var imani = await Arrive("imani.cole", "new/hallway");
        await imani.Page.GetByLabel("Your line").FillAsync("Anyone else seeing late fever after vancomycin?");
        await imani.Page.GetByTestId("audience-communities").CheckAsync();
        await imani.Page.GetByLabel("Blood and Fever").CheckAsync();
        await imani.Page.GetByTestId("attest").CheckAsync();
        await imani.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await Expect(imani.Page.GetByTestId("title")).ToHaveTextAsync("Anyone else seeing late fever after vancomycin?");
        var link = imani.Page.Url;

        var ines = await Arrive("ines.falkner", new Uri(link).AbsolutePath[1..]);
        await Expect(ines.Page.GetByText("Hallway thread", new() { Exact = true })).ToBeVisibleAsync();
        await ines.Write("Two this month, both on day 12.");
        await imani.Sees("Two this month, both on day 12.");
        await ines.Mark();

        await imani.Page.GetByTestId("promote").ClickAsync();
        await imani.Page.GetByLabel("The question").FillAsync("Stop vancomycin on fever alone?");
        await imani.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Fever on day 12 of vancomycin");
        await imani.Page.GetByLabel("Presentation").FillAsync("Afebrile from day 3 to day 11.");
        await imani.Page.GetByTestId("case-form").GetByTestId("attest").CheckAsync();
        await imani.Page.GetByTestId("case-form").GetByRole(AriaRole.Button, new() { Name = "Make it a case" }).ClickAsync();

        await Expect(ines.Page.GetByTestId("question")).ToHaveTextAsync("Stop vancomycin on fever alone?");
        await Expect(ines.Page.GetByTestId("title")).ToHaveTextAsync("Fever on day 12 of vancomycin");
        await Expect(ines.Page.GetByTestId("section-presentation")).ToContainTextAsync("Afebrile from day 3 to day 11.");
        await Expect(ines.Page.GetByText("Hallway thread", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(ines.Page).ToHaveTitleAsync(new Regex(@"^(?:\(\d+\) )?Fever on day 12 of vancomycin"));
        await ines.Sees("Two this month, both on day 12.");
        Assert.Equal((link, link), (imani.Page.Url, ines.Page.Url));
        Assert.True(await ines.Stayed(), "The page was loaded again.");
    }
}
