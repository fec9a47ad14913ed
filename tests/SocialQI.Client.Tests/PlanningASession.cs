using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.GrandRounds;
using SocialQI.GrandRounds;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public sealed class PlanningASession : RoundsScreen
{
    [Fact]
    public async Task What_stands_in_the_form_is_planned()
    {
        Reply = new(1, 1);
        var page = Form();

        await Write(page, "#plan-title", "Stopping antibiotics");
        await Do(page, "#plan-local", e => e.ChangeAsync("2026-12-01T12:00"));
        await Do(page, "#plan-zone", e => e.ChangeAsync("Europe/Vienna"));
        await Press(page, "[data-testid=add-part]");
        await Write(page, "#part-title-0", "Welcome");
        await Do(page, "#part-minutes-0", e => e.ChangeAsync("8"));
        await Press(page, "[data-testid=add-part]");
        await Write(page, "#part-title-1", "The fever");
        await Do(page, "[data-testid=repeats]", e => e.ChangeAsync(true));
        await Do(page, "#plan-weeks", e => e.ChangeAsync("2"));
        await Submit(page, "[data-testid=plan-form]");

        page.WaitForAssertion(() => Assert.Single(Sent));
        var asked = Assert.IsType<PlanRounds>(Sent[0]);
        Assert.Equal(("Stopping antibiotics", "2026-12-01T12:00", "Europe/Vienna", 60), (asked.Plan.Title, asked.Plan.Local, asked.Plan.Zone, asked.Plan.Minutes));
        Assert.Equal([("Welcome", 0, 8), ("The fever", 8, 15)], asked.Plan.Agenda.Select(a => (a.Title, a.From, a.Minutes)));
        Assert.All(asked.Plan.Agenda, part => Assert.Equal(Ada, part.Presenter));
        Assert.Equal(new Repeat(2, 6), asked.Repeat);
        page.WaitForAssertion(() => Assert.Contains("rounds/rounds.north-harbour.open.", Services.GetRequiredService<NavigationManager>().Uri));
    }

    [Fact]
    public async Task What_is_refused_stays_written_beside_the_reason()
    {
        Reply = Wire.Answer.No(new("no-such-time", "There is no such time in that zone."));
        var page = Form();

        await Write(page, "#plan-title", "Stopping antibiotics");
        await Submit(page, "[data-testid=plan-form]");

        page.WaitForAssertion(() => Assert.Contains("no such time", page.Find("[data-testid=plan-form] [data-testid=refusal]").TextContent));
        Assert.Equal("Stopping antibiotics", page.Find("#plan-title").GetAttribute("value"));
    }

    [Fact]
    public async Task Who_leads_it_plans_it_anew_from_what_was_planned()
    {
        Planner = Ada;
        Was(new RoundsPlanned(Plan(Part("Welcome", by: Ada)) with { Moderators = [Ben] }, new Moment(1), Ada, []));
        Reply = new(2, 2);
        Rounds.WentUp(Me());
        var page = Render<RevisePage>(p => p.Add(r => r.Name, Noon.ToString()));

        await Do(page, "#plan-minutes", e => e.ChangeAsync("45"));
        await Submit(page, "[data-testid=revise-form]");

        page.WaitForAssertion(() => Assert.Single(Sent));
        var asked = Assert.IsType<ReviseRounds>(Sent[0]).Plan;
        Assert.Equal((45, "Europe/Vienna", "2026-12-01T12:00"), (asked.Minutes, asked.Zone, asked.Local));
        Assert.Equal([Ben], asked.Moderators);
        Assert.Equal("Welcome", Assert.Single(asked.Agenda).Title);
    }

    [Fact]
    public async Task It_is_cancelled_with_a_reason()
    {
        Planner = Ada;
        Was(new RoundsPlanned(Plan(), new Moment(1), Ada, []));
        Reply = new(2, 2);
        Rounds.WentUp(Me());
        var page = Render<RevisePage>(p => p.Add(r => r.Name, Noon.ToString()));

        await Write(page, "[data-testid=cancel-form] textarea", "The speaker is ill.");
        await Submit(page, "[data-testid=cancel-form]");

        page.WaitForAssertion(() => Assert.Equal(new CancelRounds("The speaker is ill."), Assert.Single(Sent)));
    }

    [Fact]
    public void Parts_begin_one_after_the_other()
    {
        var plan = new WrittenPlan();
        plan.Parts.AddRange([new() { Minutes = 8 }, new() { Minutes = 16 }, new() { Minutes = 12 }]);

        Assert.Equal([0, 8, 24], plan.Plan(Ada).Agenda.Select(a => a.From));
    }

    private IRenderedComponent<PlanPage> Form()
    {
        Rounds.WentUp(Me());
        var page = Render<PlanPage>();
        page.WaitForElement("#plan-title");
        return page;
    }

    protected override string? Asked(string path, string query) => path == "/api/cases" ? """{"lines":[]}""" : base.Asked(path, query);
}
