using Xunit;

namespace SocialQI.Browser.Tests;

public class ReportingIdentifiers(House house) : Story(house)
{
    private const string Telling = "She is the baker from the corner, everybody knows her.";

    [Fact]
    public async Task Hides_a_contribution_for_the_other_hospital_until_a_moderator_restores_it()
    {
        var path = await House.Case("Fever without a reason");
        await House.Ask("rafael.ordway", path["case/".Length..], new { k = "post-contribution", contribution = "comment", text = Telling });
        var ines = await Arrive("ines.falkner", path);
        var imani = await Arrive("imani.cole", path);
        await ines.Sees(Telling);
        await imani.Sees(Telling);
        await ines.Mark();

        await ines.Contributions.First.HoverAsync();
        await ines.Page.GetByTestId("card-menu").First.ClickAsync();
        await ines.Page.GetByTestId("report").ClickAsync();
        await ines.Page.GetByTestId("confirm-yes").ClickAsync();

        await Expect(ines.Page.GetByTestId("hidden")).ToContainTextAsync("may tell who the patient is");
        await Expect(imani.Page.GetByTestId("hidden")).ToBeVisibleAsync();
        await Expect(ines.Page.Locator("body")).Not.ToContainTextAsync(Telling);
        await Expect(imani.Page.Locator("body")).Not.ToContainTextAsync(Telling);
        await Expect(ines.Page.GetByTestId("look")).ToHaveCountAsync(0);

        await imani.Page.GetByTestId("look").ClickAsync();
        await Expect(imani.Page.GetByTestId("hidden-text")).ToHaveTextAsync(Telling);
        await imani.Page.GetByTestId("restore").ClickAsync();

        await ines.Sees(Telling);
        await Expect(ines.Page.GetByTestId("hidden")).ToHaveCountAsync(0);
        Assert.True(await ines.Stayed(), "The page was loaded again.");
    }

    [Fact]
    public async Task Is_seldom_needed_because_marked_words_are_asked_about_before_they_are_sent()
    {
        var ines = await Arrive("ines.falkner", await House.Case("Fever without a reason, again"));
        await ines.Say.FillAsync("Mrs Tull was worse on 14 March 2024.");
        await Expect(ines.Page.GetByTestId("mark")).ToHaveCountAsync(2);
        await ines.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(ines.Page.GetByTestId("marks")).ToBeFocusedAsync();
        await Expect(ines.Contributions).ToHaveCountAsync(0);

        // By keyboard alone: the first word is taken out, the second is none.
        await ines.Page.Keyboard.PressAsync("Tab");
        await ines.Page.Keyboard.PressAsync("Enter");
        await Expect(ines.Page.GetByTestId("mark")).ToHaveCountAsync(1);
        await ines.Page.GetByTestId("not-one").PressAsync("Enter");
        await Expect(ines.Page.GetByTestId("marks")).ToHaveCountAsync(0);
        await ines.Say.PressAsync("Control+Enter");
        await ines.Sees("… was worse on 14 March 2024.");
    }
}
