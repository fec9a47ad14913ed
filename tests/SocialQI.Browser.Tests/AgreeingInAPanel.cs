using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>Imani Cole convenes a panel with Tobias Renner and Samira Boulos of Thornmere. They disagree, one steps aside, they rate again, and agree.</summary>
public partial class AgreeingInAPanel(House house) : Story(house)
{
    private const string Called = "Telemetry on general wards", FirstOne = "New atrial fibrillation", SecondOne = "Syncope with a normal ECG";

    private Visitor imani = null!, tobias = null!, samira = null!;
    private string path = "";

    private Visitor[] Seats => [imani, tobias, samira];

    [GeneratedRegex("/panel/panel[.]")]
    private static partial Regex OfAPanel();

    [Fact]
    public async Task From_the_rule_over_two_rounds_and_a_recusal_to_the_report()
    {
        await Convene();
        await Rate([1, 8], [9, 8], [5, 8]);
        await Disagree();
        await StepAside();
        await Rate([8, 8], [8, 8], [9, null]);
        await ReadTheReport();
    }

    private async Task Convene()
    {
        imani = await Arrive("imani.cole", "panels");
        var page = imani.Page;
        await page.GetByTestId("convene-new").ClickAsync();
        await page.Locator("#panel-title").FillAsync(Called);
        await page.Locator("#panel-question").FillAsync("Is it appropriate? 1 means never, 9 always.");
        await page.Locator("#panel-statements").FillAsync($"{FirstOne}\n{SecondOne}");
        await page.GetByTestId("seat-me").ClickAsync();
        await Pick("Tobias Renner");
        await page.GetByTestId("panel-form").GetByRole(AriaRole.Button, new() { Name = "Convene it" }).ClickAsync();
        await Expect(page.GetByTestId("refusal")).ToContainTextAsync("at least 3 seats");
        await Pick("Samira Boulos");
        await page.GetByTestId("panel-form").GetByRole(AriaRole.Button, new() { Name = "Convene it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(OfAPanel());
        await Expect(page.GetByTestId("rule")).ToContainTextAsync("not defined for fewer than 8");
        path = new Uri(page.Url).AbsolutePath.TrimStart('/');
        (tobias, samira) = (await Arrive("tobias.renner", path), await Arrive("samira.boulos", path));

        async Task Pick(string name)
        {
            await page.Locator("#panel-seats").FillAsync(name);
            await page.GetByRole(AriaRole.Option, new() { Name = name }).First.ClickAsync();
        }
    }

    // By each seat, statement by statement; null where it has stepped aside.
    private async Task Rate(params int?[][] ratings)
    {
        await imani.Page.GetByTestId("begin-round").ClickAsync();
        foreach (var (visitor, row) in Seats.Zip(ratings))
        {
            await Expect(visitor.Page.GetByTestId("own-round")).ToBeVisibleAsync();
            foreach (var (statement, rating) in row.Index().Where(r => r.Item is not null))
            {
                // As a clinician at a keyboard does it: to the next open statement, and a digit.
                await visitor.Page.Keyboard.PressAsync("j");
                await Expect(visitor.Page.Locator($"#s{statement}-h")).ToBeFocusedAsync();
                await visitor.Page.Keyboard.PressAsync($"{rating}");
                await Expect(visitor.Page.GetByTestId($"rate-{statement}-{rating}")).ToBeCheckedAsync();
            }
            await visitor.Page.GetByTestId("enter").ClickAsync();
            if (visitor != samira)
            {
                await Expect(visitor.Page.GetByTestId("own-state")).ToContainTextAsync("Entered.");
                await Expect(samira.Page.GetByTestId("silent")).ToBeVisibleAsync();
            }
        }
    }

    private async Task Disagree()
    {
        foreach (var visitor in Seats)
        {
            await Expect(visitor.Page.GetByTestId("statement-0").GetByTestId("verdict")).ToHaveTextAsync("Disagreement");
            await Expect(visitor.Page.GetByTestId("statement-1").GetByTestId("verdict")).ToHaveTextAsync("Appropriate");
            await Expect(visitor.Page.GetByTestId("statement-0").Locator(".c-you")).ToHaveCountAsync(1);
        }
        await tobias.Page.GetByTestId("say").Locator("textarea").FillAsync("Does it include the first hour?");
        await tobias.Page.GetByTestId("say").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(samira.Page.GetByTestId("note")).ToContainTextAsync("the first hour");
    }

    private async Task StepAside()
    {
        await samira.Page.GetByTestId("recuse-now").ClickAsync();
        await samira.Page.GetByTestId("recuse").Locator("textarea").FillAsync("I advise the maker of the monitor.");
        await samira.Page.GetByTestId("recuse-1").CheckAsync();
        await samira.Page.GetByTestId("recuse").GetByRole(AriaRole.Button, new() { Name = "Step aside" }).ClickAsync();
        await Expect(imani.Page.GetByTestId("recusals")).ToContainTextAsync("I advise the maker");
        await Expect(samira.Page.GetByTestId("statement-1").GetByTestId("recused")).ToBeVisibleAsync();
    }

    private async Task ReadTheReport()
    {
        // Two raters of the second statement are too few for the rule: it goes on, and the convener ends it.
        await imani.Page.GetByTestId("end-panel-now").ClickAsync();
        await imani.Page.GetByTestId("end-panel").Locator("textarea").FillAsync("We agree.");
        await imani.Page.GetByTestId("end-panel").GetByRole(AriaRole.Button, new() { Name = "End the panel" }).ClickAsync();
        await Expect(imani.Page.GetByTestId("ends")).ToContainTextAsync("We agree.");
        await imani.Page.GetByTestId("to-report").ClickAsync();
        var report = imani.Page.GetByTestId("report");
        await Expect(report.GetByTestId("report-round")).ToHaveCountAsync(2);
        await Expect(report.GetByTestId("summary")).ToContainTextAsync(FirstOne);
        await Expect(report.GetByTestId("trail")).ToContainTextAsync("I advise the maker of the monitor.");
        await Expect(report.GetByTestId("trail")).ToContainTextAsync("Does it include the first hour?");
        var table = await imani.Page.RunAndWaitForDownloadAsync(() => report.GetByTestId("csv").ClickAsync());
        Assert.Contains("recusal,", await File.ReadAllTextAsync(await table.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
