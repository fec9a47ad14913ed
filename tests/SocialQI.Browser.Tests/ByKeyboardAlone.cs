using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public class ByKeyboardAlone(House house) : Story(house)
{
    /// <summary>A way longer than this is none.</summary>
    private const int StopsMax = 60;

    // In a list the whole row shows it.
    private const string ShowsFocus = """
        () => document.activeElement === document.body
          || [document.activeElement, document.activeElement.closest('li')].some(e => e && getComputedStyle(e).outlineStyle !== 'none')
        """;

    [Fact]
    public async Task One_signs_in_opens_a_case_and_answers()
    {
        await House.Case("Reached without a pointer", "Can this be answered from the keyboard?");
        var ines = await Arrive();
        var keys = ines.Page.Keyboard;
        await ines.Page.GotoAsync("sign-in");
        await Expect(ines.Page.GetByLabel("User name")).ToBeFocusedAsync();
        await keys.TypeAsync("ines.falkner");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(House.Password);
        await keys.PressAsync("Enter");
        await ines.ComesUp();
        await keys.PressAsync("g");
        await keys.PressAsync("c");

        var link = ines.Page.GetByTestId("cases").GetByRole(AriaRole.Link, new() { Name = "Can this be answered from the keyboard?" });
        await Expect(link).ToBeVisibleAsync();
        await TabTo(ines, link);
        await keys.PressAsync("Enter");
        await Expect(ines.Page.GetByTestId("question")).ToBeVisibleAsync();

        await TabTo(ines, ines.Say);
        await keys.TypeAsync("Yes, with Ctrl and Enter.");
        await keys.PressAsync("Control+Enter");
        await ines.Sees("Yes, with Ctrl and Enter.");
        await Expect(ines.Say).ToBeFocusedAsync();
        await Expect(ines.Say).ToHaveValueAsync("");
    }

    [Fact]
    public async Task One_skips_to_the_content()
    {
        var ines = await Arrive("ines.falkner", "inbox");
        await Expect(ines.Page.GetByRole(AriaRole.Heading, new() { Name = "Inbox" })).ToBeVisibleAsync();
        await TabTo(ines, ines.Page.GetByText("Skip to the content"));
        await ines.Page.Keyboard.PressAsync("Enter");
        await Expect(ines.Page.Locator("#main")).ToBeFocusedAsync();
        await Expect(ines.Page).ToHaveURLAsync("inbox");
    }

    /// <summary>Goes on from stop to stop; each must show where one is.</summary>
    private static async Task TabTo(Visitor visitor, ILocator goal)
    {
        for (var stops = 0; !await goal.EvaluateAsync<bool>("goal => goal === document.activeElement"); stops++)
        {
            Assert.True(stops < StopsMax, $"After {stops} stops it is not reached.");
            await visitor.Page.Keyboard.PressAsync("Tab");
            Assert.True(
                await visitor.Page.EvaluateAsync<bool>(ShowsFocus),
                $"Stop {stops + 1} does not show that the focus is there: {await visitor.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)")}");
        }
    }
}
