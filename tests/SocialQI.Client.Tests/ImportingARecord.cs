using System.Net;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using SocialQI.Cases;
using SocialQI.Client.Import;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ImportingARecord : Desk
{
    private static readonly Imported Read = new(
        Fever, new ImportCase("Imported: Pneumonia", "What is the question?", null, [new(SectionKind.Presentation, "Patient: 60 years old.")], [new(0, "Sodium: 131 mmol/L")]),
        "Imported: Pneumonia", 1, [new("Observation", 12)], [new("names", 2), new("dates", 1_234)], [new("resource type Claim", 40, [7, 9]), new("not heard of yet", 1)]);

    private readonly BunitJSModuleInterop module;

    public ImportingARecord()
    {
        module = JSInterop.SetupModule("./import.js");
        module.Mode = JSRuntimeMode.Loose;
    }

    private static string Line(ImportStep step) => Encoding.UTF8.GetString(Json.Encode(step));

    private (IRenderedComponent<ImportPage> Page, Upload Upload) Show()
    {
        Begin();
        var page = Render<ImportPage>();
        page.WaitForState(() => module.Invocations["begin"].Count > 0);
        return (page, ((DotNetObjectReference<Upload>)module.Invocations["begin"][0].Arguments[0]!).Value);
    }

    private async Task<(IRenderedComponent<ImportPage> Page, Upload Upload)> Reviewed()
    {
        var (page, upload) = Show();
        await page.InvokeAsync(() => upload.Chosen("stay.json", 2_000, 1));
        await page.InvokeAsync(() => upload.Stepped(Line(new(10, 10, Read))));
        page.WaitForElement("[data-testid=review]");
        return (page, upload);
    }

    [Theory]
    [InlineData(Imported.BytesMax + 1, 1, "50 MB is the most")]
    [InlineData(0, 1, "The file is empty.")]
    [InlineData(100, 2, "Choose one file")]
    public async Task Is_refused_before_anything_is_sent(long size, int files, string says)
    {
        var (page, upload) = Show();
        await page.InvokeAsync(() => upload.Chosen("stay.json", size, files));
        page.WaitForAssertion(() => Assert.Contains(says, page.Find("[data-testid=refusal]").TextContent));
        Assert.Empty(module.Invocations["send"]);
    }

    [Fact]
    public async Task Shows_how_much_was_sent_and_then_how_much_was_read()
    {
        var (page, upload) = Show();
        await page.InvokeAsync(() => upload.Chosen("stay.json", 4 * 1024 * 1024, 1));
        await page.InvokeAsync(() => upload.Sent(1024 * 1024));
        page.WaitForAssertion(() => Assert.Contains("Sent 1 of 4 MB", page.Markup));
        Assert.Single(module.Invocations["send"]);
        await page.InvokeAsync(() => upload.Sent(4 * 1024 * 1024));
        await page.InvokeAsync(() => upload.Stepped(Line(new(30, 120))));
        page.WaitForAssertion(() => Assert.Equal(("30", "120"), (page.Find("#read").GetAttribute("value"), page.Find("#read").GetAttribute("max"))));
    }

    [Fact]
    public async Task Is_reviewed_by_what_was_taken_taken_out_and_not_used()
    {
        var (page, _) = await Reviewed();
        Assert.Contains("Observation12", page.Find("[data-testid=import-taken] table").TextContent);
        Assert.Contains("Names", page.Find("[data-testid=import-removed]").TextContent);
        var unused = page.Find("[data-testid=import-left-out]").TextContent;
        Assert.Contains("Resources of type Claim", unused);
        Assert.Contains("among them lines 7, 9", unused);
        Assert.Contains("not heard of yet", unused);
        Assert.Contains("Sodium: 131 mmol/L", page.Markup);
    }

    [Fact]
    public async Task Becomes_a_draft_with_the_authors_own_question_and_leads_there()
    {
        var (page, _) = await Reviewed();
        await page.InvokeAsync(() => page.Find("[data-testid=import-question]").Change("Why is the sodium low?"));
        await page.InvokeAsync(() => page.Find("[data-testid=review]").SubmitAsync());
        page.WaitForAssertion(() => Assert.EndsWith($"case/{Fever}", Services.GetRequiredService<NavigationManager>().Uri));
        var sent = Assert.Single(Asked, a => a.StartsWith($"POST /api/topics/{Fever}/commands", StringComparison.Ordinal));
        Assert.Contains("\"k\":\"import-case\"", sent);
        Assert.Contains("Why is the sodium low?", sent);
    }

    [Fact]
    public async Task Asked_again_after_a_lost_answer_asks_with_the_same_id()
    {
        var path = $"/api/topics/{Fever}/commands";
        var (page, _) = await Reviewed();
        Http[path] = (HttpStatusCode.BadGateway, "text/html", "");
        await page.InvokeAsync(() => page.Find("[data-testid=review]").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("We do not know yet", page.Find("[data-testid=refusal]").TextContent));
        Http.Remove(path);
        await page.InvokeAsync(() => page.Find("[data-testid=review]").SubmitAsync());
        page.WaitForState(() => Asked.Count(a => a.Contains(path, StringComparison.Ordinal)) == 2);
        Assert.Single(Asked.Where(a => a.Contains(path, StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task Discarded_leaves_nothing_and_asks_nothing()
    {
        var (page, _) = await Reviewed();
        var before = Asked.Count;
        await page.InvokeAsync(() => page.Find("[data-testid=discard-import]").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=review]")));
        Assert.Equal((before, 0), (Asked.Count, Sent.Count));
        Assert.NotEmpty(module.Invocations["forget"]);
    }

    [Fact]
    public async Task Refused_by_the_service_says_why_in_its_words()
    {
        var (page, upload) = Show();
        await page.InvokeAsync(() => upload.Chosen("stay.json", 2_000, 1));
        await page.InvokeAsync(() => upload.Stepped(Line(new(0, 0, Refusal: new("no-encounter", "There is no day 0 to count from.")))));
        page.WaitForAssertion(() => Assert.Contains("no day 0", page.Find("[data-testid=refusal]").TextContent));
    }

    [Theory]
    [InlineData(413, """{"title":"too-large","detail":"The file is larger than 50 MB."}""", "larger than 50 MB")]
    [InlineData(429, "", "Other imports are being read")]
    [InlineData(502, "<html>", "connection broke off")]
    [InlineData(0, "", "connection broke off")]
    [InlineData(200, "", "connection broke off")]
    public async Task Broken_off_says_so(int status, string body, string says)
    {
        var (page, upload) = Show();
        await page.InvokeAsync(() => upload.Chosen("stay.json", 2_000, 1));
        await page.InvokeAsync(() => upload.Ended(status, body));
        page.WaitForAssertion(() => Assert.Contains(says, page.Find("[data-testid=refusal]").TextContent));
    }
}
