using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>
/// Imani Cole asks for opinions on her case. Samira Boulos, Rafael Ordway and, on a phone, Odessa Finch say what they think before anybody sees it; then it is opened, pooled,
/// and answered by what came of the case, which each of them is shown against what they had said.
/// </summary>
public class ThinkingIndependently(House house) : Story(house)
{
    private const string Asked = "Cytopenia, fever and a spleen", Step = "Marrow tonight";
    private const string Why = "The ferritin fits, the fibrinogen too.", Late = "Now that I have read you.";

    private Visitor imani = null!, samira = null!, rafael = null!, odessa = null!;
    private string path = "";

    [Fact]
    public async Task From_the_seal_to_what_each_of_them_learns_from_the_outcome()
    {
        await Ask();
        await Answer();
        await Open();
        await AnswerLate();
        await TellTheOutcome();
        await Learn();
    }

    private async Task Ask()
    {
        path = await House.Case(Asked, "What is it, and what next?");
        imani = await Arrive("imani.cole", path);
        await imani.Page.GetByTestId("to-opinions").ClickAsync();
        await imani.Page.Locator("#ask-steps").FillAsync($"{Step}\nDexamethasone now");
        await imani.Page.GetByLabel("With names").CheckAsync();
        await imani.Page.GetByRole(AriaRole.Button, new() { Name = "Ask and seal" }).ClickAsync();
        await Expect(imani.Page.GetByTestId("own-case")).ToBeVisibleAsync();
        path += "/opinions";
    }

    private async Task Answer()
    {
        var (one, other, phone) = (Arrive("samira.boulos", path), Arrive("rafael.ordway", path), Arrive("odessa.finch", path, OnAPhone.Phone));
        (samira, rafael, odessa) = (await one, await other, await phone);
        await Give(samira.Page, "hemophagocytic", "60");
        await Give(rafael.Page, "sepsis", "80");
        await Give(odessa.Page, "hemophagocytic", "70");
        // What one has said opens nothing of what others have.
        foreach (var visitor in new[] { imani, samira, rafael, odessa })
        {
            await visitor.Page.ReloadAsync();
            await visitor.ComesUp();
            await Expect(visitor.Page.GetByTestId("pool")).ToHaveCountAsync(0);
            await Expect(visitor.Page.GetByText("Sealed").First).ToBeVisibleAsync();
        }
        await Expect(samira.Page.GetByTestId("differential")).ToContainTextAsync(new Regex("mophagocytic"));
        await Expect(samira.Page.GetByTestId("differential")).Not.ToContainTextAsync(new Regex("sepsis", RegexOptions.IgnoreCase));
    }

    private async Task Open()
    {
        await imani.Page.GetByTestId("open").ClickAsync();
        await imani.Page.GetByTestId("open-opinions").GetByRole(AriaRole.Button, new() { NameRegex = new("Open") }).ClickAsync();
        foreach (var visitor in new[] { imani, samira, rafael, odessa })
        {
            await Expect(visitor.Page.GetByTestId("entered")).ToContainTextAsync("n = 3");
        }
        await Expect(samira.Page.GetByTestId("pool").GetByRole(AriaRole.Listitem).First).ToContainTextAsync("listed by 2, first for 2");
        await Expect(samira.Page.GetByTestId("mine").First).ToContainTextAsync("60 %");
        await Expect(imani.Page.GetByTestId("mine")).ToHaveCountAsync(0);
        await Expect(rafael.Page.GetByTestId("yours")).ToContainTextAsync("place 2");
        await Expect(imani.Page.GetByTestId("equal")).ToBeVisibleAsync();
        await Expect(imani.Page.GetByTestId("said")).ToContainTextAsync(Why);
    }

    private async Task AnswerLate()
    {
        var tobias = await Arrive("tobias.renner", path);
        await Give(tobias.Page, "lymphoma", "90", Late);
        await Expect(tobias.Page.GetByTestId("late")).ToBeVisibleAsync();
        await Expect(tobias.Page.GetByTestId("entered")).ToContainTextAsync("n = 3");
    }

    private async Task TellTheOutcome()
    {
        var page = imani.Page;
        await imani.At(path.Replace("/opinions", "/outcome", StringComparison.Ordinal));
        await Choose(page, "right", "hemophagocytic");
        await page.Locator("#done").FillAsync("Dexamethasone after the marrow.");
        await page.Locator("#fared").SelectOptionAsync("Improved");
        await page.GetByTestId("outcome-form").GetByRole(AriaRole.Button, new() { Name = "Record the outcome" }).ClickAsync();
        await Expect(page.GetByTestId("outcome-told")).ToContainTextAsync("Dexamethasone after the marrow.");
    }

    private async Task Learn()
    {
        await samira.At("inbox");
        await Expect(samira.Page.GetByTestId("inbox")).ToContainTextAsync("tells what came of a case");
        await Expect(samira.Page.GetByTestId("inbox").GetByRole(AriaRole.Link).First).ToHaveAttributeAsync("href", new Regex("/outcome$"));
    }

    private static async Task Give(IPage page, string diagnosis, string sure, string why = Why)
    {
        await Choose(page, "dx-add", diagnosis);
        await page.GetByTestId("sure-0").FillAsync(sure);
        await page.GetByTestId("step-0").CheckAsync();
        await page.Locator("#reasons").FillAsync(why);
        await page.GetByTestId("commit").ClickAsync();
        await Expect(page.GetByTestId("state")).ToContainTextAsync("Committed");
    }

    private static async Task Choose(IPage page, string picker, string words)
    {
        await page.Locator($"#{picker}").PressSequentiallyAsync(words);
        await page.Locator($"#{picker}-found [role=option]").First.ClickAsync();
    }
}
