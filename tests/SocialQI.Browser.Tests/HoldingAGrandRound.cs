using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>
/// North Harbour and Thornmere hold a session for a community. Imani Cole leads it, Tobias Renner presents; Samira Boulos has a seat at Thornmere,
/// Odessa Finch one at Skerry Point, on a phone in the dark; a wall shows the big screen; Ines Falkner leads too and comes late.
/// </summary>
[Collection(nameof(Alone))]
public partial class HoldingAGrandRound(House house) : Story(house)
{
    private const string Called = "Fever that stays", TheCase = "Fever on day twelve, and a spleen", Asked = "Do we treat before the marrow is back?";
    private const string Presentation = "Fever for twelve days, night sweats, a spleen at the navel.", Findings = "All three cell lines are low.";
    private const string Marrow = "Was the marrow looked at?", Untold = "Would you have treated without a culture?", Doubled = "Has anybody seen the marrow?", OffTopic = "Will there be lunch?";
    private const string Decided = "Treat before the marrow is back.", ToDo = "Write down when to ask for a marrow.";
    private const string Now = "Treat now", Wait = "Wait for the marrow", Closing = "What we will change";

    private Visitor imani = null!, tobias = null!, samira = null!, odessa = null!, wall = null!, ines = null!;
    private string path = "";

    /// <summary>Who looks at the page of the session, from the beginning to the end.</summary>
    private Visitor[] Seats => [imani, samira, odessa];

    private Visitor[] Everybody => [imani, tobias, samira, odessa, wall];

    [GeneratedRegex("/rounds/rounds[.]")]
    private static partial Regex OfASession();

    [Fact]
    public async Task From_its_plan_to_its_record_on_paper_by_all_who_take_part()
    {
        await Plan();
        await ComeIn();
        await Present();
        await Point();
        await AskTheRoom();
        await Settle();
        await VoteTwice();
        await WriteDown();
        await GoOnWithoutThePresenter();
        await Close();
        await ReadTheRecord();
        await Print();
    }

    private async Task Plan()
    {
        imani = await Arrive("imani.cole", "rounds");
        await ACaseOfThePresenter(await imani.Page.ScreenshotAsync());
        var page = imani.Page;
        await page.GetByTestId("plan-new").ClickAsync();
        await page.Locator("#plan-title").FillAsync(Called);
        await page.Locator("#plan-about").FillAsync("One case, and what we will change.");
        await page.Locator("#plan-minutes").FillAsync("0");
        await IsRefused("minutes is outside 5 to 720");
        await page.Locator("#plan-minutes").FillAsync("30");
        await page.GetByTestId("audience-communities").CheckAsync();
        await page.GetByLabel("Far From the Center").CheckAsync();
        await Part(0, "A spleen at the navel", "20");
        await page.Locator("#part-case-0").SelectOptionAsync(new SelectOptionValue { Label = TheCase });
        await Pick(page, "part-presenter-0", "Tobias Renner");
        await Part(1, Closing, "15");
        await Pick(page, "plan-moderators", "Ines Falkner");
        await page.GetByText("Hospitals that host it together").ClickAsync();
        await page.GetByLabel("Thornmere University Hospital").CheckAsync();
        await IsRefused("goes beyond the end of the session");
        await page.Locator("#plan-minutes").FillAsync("45");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(page.GetByTestId("plan")).ToContainTextAsync("Thornmere University Hospital");
        await Expect(page).ToHaveURLAsync(OfASession());
        path = new Uri(page.Url).AbsolutePath.TrimStart('/');

        async Task IsRefused(string words)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
            await Expect(page.GetByTestId("refusal")).ToContainTextAsync(words);
        }

        async Task Part(int index, string title, string minutes)
        {
            await page.GetByTestId("add-part").ClickAsync();
            await page.Locator($"#part-title-{index}").FillAsync(title);
            await page.Locator($"#part-minutes-{index}").FillAsync(minutes);
        }
    }

    // How a case comes about is another story.
    private async Task ACaseOfThePresenter(byte[] film)
    {
        var topic = $"case.north-harbour.open.{Guid.CreateVersion7():N}";
        await House.Ask("tobias.renner", topic, new { k = "start-case", title = TheCase, question = Asked });
        await House.Ask("tobias.renner", topic, new { k = "revise-section", section = new { kind = "presentation", text = Presentation } });
        await House.Ask("tobias.renner", topic, new { k = "revise-section", section = new { kind = "findings", text = Findings } });
        await House.Ask("tobias.renner", topic, new { k = "open-case", visibility = new { kind = "network" }, attestation = new { kept = 0 } });
        using var kept = await (await House.Client("tobias.renner")).PostAsync($"api/topics/{topic}/images", new ByteArrayContent(film));
        var image = (await kept.Content.ReadFromJsonAsync<JsonObject>())!;
        image["alt"] = "The film";
        await House.Ask("tobias.renner", topic, new { k = "post-contribution", contribution = "comment", text = "See the film.", images = new[] { image } });
        await House.Finds("imani.cole", "api/cases", TheCase);
    }

    private async Task ComeIn()
    {
        // One from the list, one by the link, one by the code.
        var (presenter, seat, phone) = (Arrive("tobias.renner", "rounds"), Arrive("samira.boulos", path), Arrive("odessa.finch", "rounds", OnAPhone.Phone));
        (tobias, samira, odessa) = (await presenter, await seat, await phone);
        await tobias.Page.GetByTestId("rounds-coming").GetByRole(AriaRole.Link, new() { Name = Called }).First.ClickAsync();
        await Expect(tobias.Page).ToHaveURLAsync(new Regex(Regex.Escape(path)));

        await imani.Page.GetByTestId("OpenLobby").ClickAsync();
        await Expect(tobias.Page.GetByTestId("lobby")).ToBeVisibleAsync();
        await Expect(samira.Page.GetByTestId("lobby")).ToBeVisibleAsync();
        await odessa.Page.Locator("#join-code").FillAsync(await imani.Page.GetByTestId("code").InnerTextAsync());
        await odessa.Page.GetByTestId("join-form").GetByRole(AriaRole.Button).TapAsync();
        await Expect(odessa.Page.GetByTestId("lobby")).ToBeVisibleAsync();
        wall = await Arrive("imani.cole", path + "/screen", new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        // One person before two screens is one.
        await Expect(imani.Page.GetByTestId("seats")).ToHaveTextAsync("4 here");

        await imani.Page.GetByTestId("GoLive").ClickAsync();
        await AllSee(Seats, v => v.Page.GetByTestId("stage-of"), "Live");
        await Expect(wall.Page.Locator(".pill-live")).ToContainTextAsync("Live");
    }

    private async Task Present()
    {
        var next = tobias.Page.GetByTestId("next-step");
        await AllSee(Everybody, Slide, Asked);
        await next.ClickAsync();
        await AllSee(Everybody, Slide, Presentation);

        // One looks ahead, alone.
        await samira.Page.GetByTestId("next-step").ClickAsync();
        await Expect(Slide(samira)).ToContainTextAsync(Findings);
        await tobias.Page.GetByTestId("steps").SelectOptionAsync(new SelectOptionValue { Label = "The film" });
        await AllSee([tobias, odessa, wall], v => v.Page.GetByTestId("stage-image"), "");
        Assert.NotEqual(0, await odessa.Page.GetByTestId("stage-image").EvaluateAsync<int>("async i => { await i.decode(); return i.naturalWidth; }"));
        await Expect(Slide(samira)).ToContainTextAsync(Findings);
        await samira.Page.GetByTestId("come-back").ClickAsync();
        await Expect(samira.Page.GetByTestId("stage-image")).ToBeVisibleAsync();
    }

    private async Task Point()
    {
        await tobias.Page.GetByTestId("point").ClickAsync();
        var film = (await tobias.Page.GetByTestId("stage-image").BoundingBoxAsync())!;
        var seen = Task.WhenAll(((Visitor[])[samira, odessa, wall]).Select(v => v.Page.Locator(".pointing").WaitForAsync()));
        // As a hand does, until everybody has found the place: a point fades by itself.
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(150));
        for (var turn = 0; !seen.IsCompleted; turn++)
        {
            await tobias.Page.Mouse.MoveAsync(film.X + 20 + turn % 10, film.Y + 20);
            await tick.WaitForNextTickAsync();
        }
        await seen;
        await tobias.Page.GetByTestId("point").ClickAsync();
    }

    private async Task AskTheRoom()
    {
        await Ask(samira, Marrow);
        await Ask(samira, Doubled);
        await Ask(odessa, OffTopic);
        await odessa.Page.GetByTestId("anonymous").CheckAsync();
        await Ask(odessa, Untold);
        foreach (var visitor in Seats.Append(tobias))
        {
            await Expect(Question(visitor, Untold)).ToContainTextAsync("Anonymous 1");
            await Expect(Question(visitor, Untold)).Not.ToContainTextAsync("Odessa");
            await Expect(Question(visitor, Marrow)).ToContainTextAsync("Samira Boulos");
        }
        // Whose it is only the page knows on which it was asked.
        await Expect(Question(odessa, Untold).GetByTestId("withdraw")).ToBeVisibleAsync();
        await Expect(Question(samira, Untold).GetByTestId("withdraw")).ToHaveCountAsync(0);

        await Question(imani, Marrow).GetByTestId("vote-up").ClickAsync();
        await Question(odessa, Marrow).GetByTestId("vote-up").TapAsync();
        await AllSee(Seats, v => Question(v, Marrow).GetByTestId("vote-up"), "2");
        await Expect(wall.Page.Locator(".top-questions li").First).ToContainTextAsync(Marrow);

        async Task Ask(Visitor visitor, string text)
        {
            var form = visitor.Page.GetByTestId("ask-form");
            await form.Locator("textarea").FillAsync(text);
            await Press(visitor, form.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }));
            await AllSee([visitor, imani], v => Question(v, text), text);
        }
    }

    private async Task Settle()
    {
        await Question(imani, Doubled).GetByTestId("merge").ClickAsync();
        await Question(imani, Doubled).GetByTestId("into").SelectOptionAsync(new SelectOptionValue { Label = Marrow });
        await Question(imani, Doubled).GetByTestId("merge-do").ClickAsync();
        await AllSee(Seats, v => Question(v, Marrow), "merged from 2");
        await Question(imani, OffTopic).GetByTestId("dismiss").ClickAsync();
        await imani.Page.GetByTestId("dismiss-form").Locator("textarea").FillAsync("Not for this room.");
        await imani.Page.GetByTestId("dismiss-form").GetByRole(AriaRole.Button, new() { Name = "Do not answer it" }).ClickAsync();
        await Question(tobias, Marrow).GetByTestId("take").ClickAsync();
        await AllSee(Seats, v => Question(v, Marrow).GetByTestId("taken"), "being answered now");
        await Question(tobias, Marrow).GetByTestId("answered").ClickAsync();

        foreach (var visitor in Seats)
        {
            await Press(visitor, visitor.Page.GetByTestId("settled"));
            await Expect(visitor.Page.GetByTestId("settled-list").GetByTestId("question")).ToHaveCountAsync(3);
            await Expect(Question(visitor, OffTopic, "settled-list")).ToContainTextAsync("Not for this room.");
            await Expect(Question(visitor, Doubled, "settled-list")).ToContainTextAsync("Merged");
            await Expect(Question(visitor, Marrow, "settled-list")).ToContainTextAsync("Answered aloud");
        }
    }

    private async Task VoteTwice()
    {
        await imani.Page.GetByTestId("call").ClickAsync();
        await imani.Page.Locator("#call-question").FillAsync("What do we do tonight?");
        await imani.Page.Locator("#call-options").FillAsync($"{Now}\n{Wait}");
        await imani.Page.GetByRole(AriaRole.Button, new() { Name = "Open the ballot" }).ClickAsync();
        await Enter(tobias, 1);
        await Enter(samira, 1);
        await Enter(imani, 1);
        await Enter(odessa, 0);
        // All have entered, and nobody sees a figure, on no screen.
        foreach (var visitor in Everybody)
        {
            await Expect(visitor.Page.GetByTestId("sealed")).ToBeVisibleAsync();
            await Expect(visitor.Page.GetByTestId("bars")).ToHaveCountAsync(0);
            await Expect(visitor.Page.GetByTestId("entered")).ToHaveCountAsync(0);
        }
        await FindsNothing(odessa);
        await End();
        await AllSee(Everybody, v => v.Page.GetByTestId("bars").Locator("[data-option='0'] .v"), "25 %");
        await AllSee(Everybody, v => v.Page.GetByTestId("bars").Locator("[data-option='1'] .v"), "75 %");

        await imani.Page.GetByTestId("again").ClickAsync();
        await imani.Page.GetByRole(AriaRole.Button, new() { Name = "Open the ballot" }).ClickAsync();
        await Enter(tobias, 0);
        await Enter(samira, 0);
        await Enter(imani, 1);
        await Enter(odessa, 0);
        await AllSee(Everybody, v => v.Page.GetByTestId("sealed"), "Hidden from everybody");
        await Expect(wall.Page.GetByTestId("bars")).ToHaveCountAsync(0);
        await FindsNothing(imani);
        await End();
        await AllSee(Everybody, v => v.Page.Locator("[data-option='0']").GetByTestId("shift"), "▲ 50 points");
        await AllSee(Everybody, v => v.Page.Locator("[data-option='1']").GetByTestId("shift"), "▼ 50 points");
        await AllSee(Seats, v => v.Page.GetByTestId("ballot").Nth(1), "25 %");

        async Task Enter(Visitor visitor, int option)
        {
            var entry = visitor.Page.GetByTestId("entry");
            await Press(visitor, entry.GetByTestId($"option-{option}"));
            await Press(visitor, entry.GetByTestId("enter"));
            await Expect(entry.GetByTestId("entered-at")).ToContainTextAsync("Your vote is in.");
        }

        async Task End()
        {
            await imani.Page.GetByTestId("end").ClickAsync();
            await imani.Page.GetByTestId("end-ballot").GetByRole(AriaRole.Button, new() { Name = "Close and show" }).ClickAsync();
        }
    }

    private async Task WriteDown()
    {
        await imani.Page.GetByTestId("decide-form").Locator("textarea").FillAsync(Decided);
        await imani.Page.GetByTestId("decide-form").GetByRole(AriaRole.Button, new() { Name = "Write down" }).ClickAsync();
        await AllSee(Seats, v => v.Page.GetByTestId("decision"), Decided);
        await Pick(imani.Page, "action-owner", "Samira Boulos");
        await imani.Page.Locator("#action-due").FillAsync($"{DateTime.UtcNow.Year + 1}-03-24");
        await imani.Page.GetByTestId("action-form").Locator("textarea").FillAsync(ToDo);
        await imani.Page.GetByTestId("action-form").GetByRole(AriaRole.Button, new() { Name = "Write down" }).ClickAsync();
        await AllSee(Seats, v => v.Page.GetByTestId("action"), ToDo);
        // Who is to do it can settle it, and nobody else of the seats.
        await Expect(samira.Page.GetByTestId("settle")).ToBeVisibleAsync();
        await Expect(odessa.Page.GetByTestId("settle")).ToHaveCountAsync(0);
    }

    private async Task GoOnWithoutThePresenter()
    {
        await Expect(samira.Page.GetByTestId("here")).ToContainTextAsync("Tobias Renner");
        await tobias.Page.GotoAsync("about:blank");
        await Expect(samira.Page.GetByTestId("here")).Not.ToContainTextAsync("Tobias Renner");
        await AllSee(Seats, v => v.Page.GetByTestId("stage-image"), "");

        ines = await Arrive("ines.falkner", path);
        await ines.Page.GetByTestId("part-1").ClickAsync();
        await AllSee([.. Seats, wall], Slide, Closing);
        await ines.Page.GetByTestId("OpenDiscussion").ClickAsync();
        await AllSee(Seats, v => v.Page.GetByTestId("stage-of"), "Discussion");
    }

    private async Task Close()
    {
        // Who attends is counted once a minute.
        await wall.At(path + "/record");
        await Expect(wall.Page.GetByTestId("not-closed")).ToBeVisibleAsync();
        await AllSee([wall], v => v.Page.GetByTestId("names"), "Samira Boulos");
        await AllSee([wall], v => v.Page.GetByTestId("names"), "Odessa Finch");
        await ines.Page.GetByTestId("Close").ClickAsync();
        await ines.Page.GetByTestId("confirm-yes").ClickAsync();
        await AllSee(Seats.Append(ines), v => v.Page.GetByTestId("stage-of"), "Closed");
        await Expect(wall.Page.GetByTestId("not-closed")).ToHaveCountAsync(0);
    }

    private async Task ReadTheRecord()
    {
        foreach (var visitor in Seats)
        {
            await Press(visitor, visitor.Page.GetByTestId("to-record"));
            var record = visitor.Page.GetByTestId("record");
            await Expect(record.GetByTestId("decision")).ToHaveTextAsync(Decided);
            await Expect(record.GetByTestId("action")).ToContainTextAsync(ToDo);
            await Expect(record.GetByTestId("action")).ToContainTextAsync("Samira Boulos");
            await Expect(record.GetByTestId("action")).ToContainTextAsync((DateTime.UtcNow.Year + 1).ToString(CultureInfo.InvariantCulture));
            var open = record.GetByRole(AriaRole.Region, new() { Name = "Open questions" });
            await Expect(open.GetByTestId("question")).ToHaveCountAsync(1);
            await Expect(open).ToContainTextAsync(Untold);
            await Expect(open).ToContainTextAsync("Anonymous 1");
            await Expect(open).Not.ToContainTextAsync("Odessa");
            await Expect(record.GetByTestId("ballot").First.Locator("[data-option='1'] .v")).ToHaveTextAsync("75 %");
            await Expect(record.GetByTestId("ballot").Nth(1).Locator("[data-option='0']").GetByTestId("shift")).ToContainTextAsync("▲ 50 points");
            await Expect(record.GetByTestId("attendance")).ToContainTextAsync(" came; together they attended ");
        }
        await Expect(imani.Page.GetByTestId("names")).ToContainTextAsync("Tobias Renner");
        await Expect(samira.Page.GetByTestId("names")).ToHaveCountAsync(0);
        await FindsNothing(imani);
    }

    private async Task Print()
    {
        // Paper is white, also for who reads in the dark.
        await odessa.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var (ground, ink) = (await OnAPhone.Lightness(odessa, "backgroundColor"), await OnAPhone.Lightness(odessa, "color"));
        Assert.True(ground > 240 && ink < 80, $"Ink of {ink} on ground of {ground} is not for paper.");
        await FindsNothing(odessa);
        await Expect(odessa.Page.GetByTestId("print")).ToBeHiddenAsync();
        await Expect(odessa.Page.Locator(".tabs-bottom, .rail, .bar").Filter(new() { Visible = true })).ToHaveCountAsync(0);
        Assert.Equal("%PDF"u8.ToArray(), (await odessa.Page.PdfAsync(new() { Format = "A4" }))[..4]);
    }

    private static ILocator Slide(Visitor visitor) => visitor.Page.GetByTestId("slide");

    private static ILocator Question(Visitor visitor, string text, string list = "queue") =>
        visitor.Page.GetByTestId(list).GetByTestId("question").Filter(new() { Has = visitor.Page.Locator(".words", new() { HasText = text }) });

    private static async Task AllSee(IEnumerable<Visitor> all, Func<Visitor, ILocator> what, string text)
    {
        foreach (var visitor in all)
        {
            await Expect(what(visitor)).ToContainTextAsync(text);
        }
    }

    private static async Task Pick(IPage page, string id, string name)
    {
        await page.Locator("#" + id).FillAsync(name);
        await page.Locator($"#{id}-found").GetByRole(AriaRole.Option).Filter(new() { HasText = name }).ClickAsync();
    }

    private static async Task FindsNothing(Visitor visitor)
    {
        var found = await Axe.Findings(visitor.Page);
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    // By finger on the phone.
    private Task Press(Visitor visitor, ILocator what) => visitor == odessa ? what.TapAsync() : what.ClickAsync();
}
