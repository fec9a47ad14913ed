using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public class WritingHostileText(House house) : Story(house)
{
    private const string Script = "<script>window.__pwn = 1</script>";

    private static readonly string[] Texts =
    [
        Script,
        """<img src=x onerror="window.__pwn = 1">""",
        """<svg/onload="window.__pwn = 1"><iframe srcdoc="<script>parent.__pwn = 1</script>">""",
        """'><a href="javascript:window.__pwn = 1" autofocus onfocus="window.__pwn = 1">Read on</a>""",
        "</textarea></div><style>* { display: none }</style><link rel=stylesheet href=//elsewhere.example/x.css>",
        "javascript:window.__pwn = 1 //elsewhere.example/x.png [Read on](javascript:window.__pwn=1)",
        "{{constructor.constructor('window.__pwn = 1')()}} ${window.__pwn = 1} &lt;b&gt;&#x3C;b>",
        "חום מאז יום 3\u200F <b>العربية</b>\u200E fever",
    ];

    [Fact]
    public async Task Shows_it_as_text_and_runs_nothing()
    {
        var path = await House.Case("Title " + Texts[1], "Question " + Script);
        var (imani, ines) = await BothArrive(path);
        foreach (var text in Texts)
        {
            await imani.Write(text);
            await ines.Sees(text);
            await imani.Sees(text);
        }
        Assert.Equal(Texts, (await ines.Timeline()).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        await Expect(ines.Page.GetByTestId("title")).ToHaveTextAsync("Title " + Texts[1]);
        await Expect(ines.Page.GetByTestId("question")).ToHaveTextAsync("Question " + Script);
        await RanNothing(ines);

        await ines.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main", Exact = true }).GetByText("Cases").ClickAsync();
        await Expect(ines.Page.GetByTestId("cases").GetByText("Question " + Script)).ToBeVisibleAsync();
        await RanNothing(ines);
        await RanNothing(imani);
    }

    [Fact]
    public async Task That_turns_the_text_around_is_refused_and_stays_with_its_writer()
    {
        var imani = await Arrive("imani.cole", await House.Case("Dose of potassium"));
        await imani.Write("Give \u202E04\u202C mmol");
        await Expect(imani.Page.GetByTestId("refusal")).ToContainTextAsync("change the direction of the text");
        await Expect(imani.Say).ToHaveValueAsync("Give \u202E04\u202C mmol");
        await Expect(imani.Contributions).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task As_evidence_leads_to_a_publisher_or_nowhere()
    {
        var imani = await Arrive("imani.cole", await House.Case("Evidence that bites"));
        await Cite(imani, "Url", "javascript:window.__pwn=1");
        await Expect(imani.Page.GetByTestId("not-sent")).ToContainTextAsync("https");
        await Cite(imani, "Doi", "10.1000/x\"onmouseover=\"window.__pwn=1");
        var link = imani.Contributions.GetByRole(AriaRole.Link, new() { Name = "doi 10.1000" });
        await Expect(link).ToHaveAttributeAsync("href", new Regex("^https://doi[.]org/10[.]1000/x%22onmouseover"));
        await link.HoverAsync();
        await RanNothing(imani);
    }

    private static async Task Cite(Visitor visitor, string kind, string reference)
    {
        await visitor.Page.GetByTestId("kind-evidence").ClickAsync();
        await visitor.Page.GetByTestId("evidence-kind").SelectOptionAsync(kind);
        await visitor.Page.GetByTestId("evidence-reference").FillAsync(reference);
        await visitor.Page.GetByTestId("evidence-supports").FillAsync(Script);
        await visitor.Write("Look here");
    }

    private static async Task RanNothing(Visitor visitor)
    {
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.__pwn === undefined"), "What was written ran.");
        var made = visitor.Page.Locator("#main :is(script, img, iframe, style, link, [onerror], [onload], [onfocus], a[href^='javascript:' i])");
        await Expect(made).ToHaveCountAsync(0);
    }
}
