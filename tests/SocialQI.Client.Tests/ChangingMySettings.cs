using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Live;
using SocialQI.Client.Settings;
using SocialQI.Client.Tour;
using SocialQI.Clinicians;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ChangingMySettings : Desk
{
    [Fact]
    public async Task Asks_the_browser_for_notifications_only_by_a_click()
    {
        Notify.Setup<string>("begin", _ => true).SetResult(Notifications.Undecided);
        Notify.Setup<string>("ask").SetResult(Notifications.Granted);
        Begin();
        var page = Render<NotifyChoices>();
        page.WaitForElement("[data-testid=allow-notifications]");
        Assert.Empty(Notify.Invocations["ask"]);
        await page.InvokeAsync(() => page.Find("[data-testid=allow-notifications]").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("may notify you", page.Find("[data-testid=notify-state]").TextContent));
    }

    [Fact]
    public void Says_how_to_mend_that_they_were_forbidden()
    {
        Notify.Setup<string>("begin", _ => true).SetResult(Notifications.Denied);
        Begin();
        var page = Render<NotifyChoices>();
        page.WaitForAssertion(() => Assert.Contains("site's permissions", page.Find("[data-testid=notify-state]").TextContent));
        Assert.Empty(page.FindAll("[data-testid=allow-notifications]"));
    }

    [Fact]
    public async Task Keeps_quiet_hours_as_minutes_with_the_zone_of_this_clock()
    {
        Begin();
        var page = Render<QuietForm>();
        // With seconds, as the framework's script hands over what a browser says without.
        await page.InvokeAsync(() => page.Find("#quiet-from").Change("21:30:00"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForState(() => Sent.Count > 0);
        Assert.Equal((Ada.Topic, new SetQuietHours((21 * 60) + 30, 7 * 60, TimeZoneInfo.Utc.Id, On: false)), (Sent[0].Topic, (SetQuietHours)Sent[0].Command));
    }

    [Fact]
    public async Task Shows_quiet_hours_that_were_set_elsewhere()
    {
        Begin();
        var page = Render<QuietForm>();
        await page.InvokeAsync(() => Happens(6, new QuietHoursSet(60, 360, "Etc/UTC", On: true)));
        page.WaitForAssertion(() => Assert.Equal("01:00:00", page.Find("#quiet-from").GetAttribute("value")));
    }

    [Fact]
    public async Task Says_why_quiet_hours_were_refused()
    {
        Reply = Wire.Answer.No(new("no-quiet-time", "Quiet hours begin at one time and end at another."));
        Begin();
        var page = Render<QuietForm>();
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("begin at one time", page.Find("[data-testid=refusal]").TextContent));
    }

    [Fact]
    public async Task Gives_a_followed_topic_its_own_level_and_takes_it_back()
    {
        Mine = Mine with { Follows = [Fever], Notify = NotifyLevel.Mentions };
        Begin();
        var menu = Render<NotifyMenu>(p => p.Add(m => m.Topic, Fever));
        Assert.Contains("As elsewhere: Mentions", menu.Markup);
        await menu.InvokeAsync(() => menu.Find("select").Change("None"));
        await menu.InvokeAsync(() => menu.Find("select").Change(""));
        menu.WaitForState(() => Sent.Count == 2);
        Assert.Equal([new SetNotifications(NotifyLevel.None, Fever), new SetNotifications(null, Fever)], Sent.Select(s => s.Command));
    }

    [Fact]
    public void Offers_no_level_of_what_is_not_followed()
    {
        Begin();
        Assert.Empty(Render<NotifyMenu>(p => p.Add(m => m.Topic, Fever)).FindAll("select"));
    }

    [Fact]
    public async Task On_a_shared_machine_keeps_nothing_and_forgets_what_was_kept()
    {
        var browser = Services.GetRequiredService<Browser>();
        await browser.Keep("draft", "Marrow done.");
        await browser.Share(true);
        await browser.Keep("draft", "Marrow done.");
        Assert.Single(JSInterop.Invocations["sessionStorage.setItem"]);
        Assert.Single(JSInterop.Invocations["sessionStorage.clear"]);
        Assert.Equal(["shared-machine", "on"], JSInterop.Invocations["localStorage.setItem"][0].Arguments);
        await browser.Share(false);
        await browser.Keep("draft", "Marrow done.");
        Assert.Equal(2, JSInterop.Invocations["sessionStorage.setItem"].Count);
    }

    [Fact]
    public async Task Notifies_while_the_page_is_hidden_without_a_word_of_the_case()
    {
        Notify.Setup<string>("begin", _ => true).SetResult(Notifications.Granted);
        Begin();
        var page = Render<Noticing>();
        await page.InvokeAsync(() => Happens(6, new Mentioned(Fever, 3, Ben, MentionReason.Mention)));
        Assert.Empty(Notify.Invocations["show"]);
        await page.InvokeAsync(() => Services.GetRequiredService<Notifications>().IsHidden(true));
        await page.InvokeAsync(() => Happens(7, new Mentioned(Fever, 4, Ben, MentionReason.Mention)));
        page.WaitForAssertion(() => Assert.Equal(
            [Fever.ToString(), "A colleague mentioned you.", $"case/{Fever}#n4"], Assert.Single(Notify.Invocations["show"]).Arguments));
    }

    [Fact]
    public async Task A_click_on_a_notification_leads_to_its_place()
    {
        Begin();
        var page = Render<Noticing>();
        await page.InvokeAsync(() => Services.GetRequiredService<Notifications>().WasClicked("case/x#n4"));
        Assert.EndsWith("case/x#n4", Services.GetRequiredService<NavigationManager>().Uri);
    }
}

public class TakingTheTour : Desk
{
    private TourState Tour => Services.GetRequiredService<TourState>();

    [Fact]
    public async Task Goes_through_five_steps_and_is_then_remembered()
    {
        Begin();
        var page = Render<FirstTour>();
        page.WaitForAssertion(() => Assert.Contains("1 of 5", page.Markup));
        for (var step = 2; step <= TourState.Steps; step++)
        {
            await page.InvokeAsync(() => page.Find("[data-testid=tour-next]").ClickAsync());
            page.WaitForAssertion(() => Assert.Contains($"{step} of 5", page.Markup));
        }
        Assert.Empty(Sent);
        await page.InvokeAsync(() => page.Find("[data-testid=tour-next]").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=tour]")));
        Assert.Equal((Ada.Topic, new TakeTour()), (Assert.Single(Sent).Topic, (TakeTour)Sent[0].Command));
    }

    [Fact]
    public async Task Is_left_by_Escape_and_does_not_come_again()
    {
        Begin();
        var page = Render<FirstTour>();
        page.WaitForElement("[data-testid=tour]");
        await page.InvokeAsync(() => page.Find("[data-testid=tour]").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" }));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=tour]")));
        page.Render();
        Assert.Empty(page.FindAll("[data-testid=tour]"));
        Assert.IsType<TakeTour>(Assert.Single(Sent).Command);
    }

    [Fact]
    public void Is_not_offered_to_who_took_it()
    {
        Mine = Mine with { TourTaken = true };
        Begin();
        Assert.Empty(Render<FirstTour>().FindAll("[data-testid=tour]"));
    }

    [Fact]
    public async Task Goes_away_when_it_turns_out_that_it_was_taken_elsewhere_and_asks_nothing()
    {
        Begin();
        var page = Render<FirstTour>();
        page.WaitForElement("[data-testid=tour]");
        await page.InvokeAsync(() => Happens(6, new TourTaken()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=tour]")));
        Assert.Empty(Sent);
    }

    [Fact]
    public void Is_not_offered_away_from_home()
    {
        Begin();
        Services.GetRequiredService<NavigationManager>().NavigateTo("inbox");
        Assert.Empty(Render<FirstTour>().FindAll("[data-testid=tour]"));
    }

    [Fact]
    public async Task Begins_again_where_it_is_asked_for_and_asks_nothing_twice()
    {
        Mine = Mine with { TourTaken = true };
        Begin();
        Services.GetRequiredService<NavigationManager>().NavigateTo("settings");
        var page = Render<FirstTour>();
        await page.InvokeAsync(Tour.Start);
        page.WaitForElement("[data-testid=tour-skip]");
        await page.InvokeAsync(() => page.Find("[data-testid=tour-skip]").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=tour]")));
        Assert.Empty(Sent);
    }
}
