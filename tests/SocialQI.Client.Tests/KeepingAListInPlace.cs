using Bunit;
using SocialQI.Cases;
using SocialQI.Client.Home;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Client.Tests;

public class KeepingAListInPlace : ListScreen
{
    [Fact]
    public async Task A_case_in_which_something_is_said_comes_to_the_top()
    {
        var page = Show(Line(1, "Sodium", minutesAgo: 20), Line(2, "Fever", minutesAgo: 90));
        await IsSaid(page, 2);
        page.WaitForAssertion(() => Assert.Equal(["Fever", "Sodium"], Rows(page)));
    }

    [Fact]
    public async Task A_reaction_moves_nothing()
    {
        var page = Show(Line(1, "Sodium", minutesAgo: 20), Line(2, "Fever", minutesAgo: 90));
        await page.InvokeAsync(() => Rounds.HeadsArrived([new TopicHead(TopicOf(2), 40, 0), new TopicHead(TopicOf(1), 40, 1)]));
        page.WaitForAssertion(() => Assert.Contains("1 contribution", page.Markup));
        Assert.Equal(["Sodium", "Fever"], Rows(page));
    }

    [Fact]
    public async Task Nothing_changes_its_place_under_the_pointer()
    {
        var page = Show(Line(1, "Sodium", minutesAgo: 20), Line(2, "Fever", minutesAgo: 90));
        await Point(page, "div", isOn: true);
        await IsSaid(page, 2);
        page.WaitForAssertion(() => Assert.Contains("1 contribution", page.Markup));
        Assert.Equal(["Sodium", "Fever"], Rows(page));
        await Point(page, "div", isOn: false);
        page.WaitForAssertion(() => Assert.Equal(["Fever", "Sodium"], Rows(page)));
    }

    [Fact]
    public async Task Nothing_changes_its_place_while_it_is_gone_through_by_keyboard()
    {
        var page = Show(Line(1, "Sodium", minutesAgo: 20), Line(2, "Fever", minutesAgo: 90));
        await page.InvokeAsync(() => { _ = page.Find(".go").FocusInAsync(new()); });
        await IsSaid(page, 2);
        page.WaitForAssertion(() => Assert.Contains("1 contribution", page.Markup));
        Assert.Equal(["Sodium", "Fever"], Rows(page));
    }

    [Fact]
    public async Task A_new_case_waits_behind_a_button_while_the_pointer_is_there()
    {
        var page = Show(Line(1, "Sodium"));
        await Point(page, "div", isOn: true);
        Cases = new([Line(2, "Fever", minutesAgo: 1), Line(1, "Sodium")]);
        await LookAgain(page);
        page.WaitForAssertion(() => Assert.Equal("1 new", page.Find("[data-testid=incoming]").TextContent.Trim()));
        Assert.Equal(["Sodium"], Rows(page));
        await Press(page, "[data-testid=incoming]");
        page.WaitForAssertion(() => Assert.Equal(["Fever", "Sodium"], Rows(page)));
        Assert.Empty(page.FindAll("[data-testid=incoming]"));
    }

    [Fact]
    public async Task A_new_case_comes_on_top_where_nobody_points()
    {
        var page = Show(Line(1, "Sodium"));
        Cases = new([Line(2, "Fever", minutesAgo: 1), Line(1, "Sodium")]);
        await LookAgain(page);
        page.WaitForAssertion(() => Assert.Equal(["Fever", "Sodium"], Rows(page)));
    }

    [Fact]
    public async Task What_is_not_in_the_list_any_more_leaves_it()
    {
        var page = Show(Line(1, "Sodium", minutesAgo: 20), Line(2, "Fever", minutesAgo: 90));
        Cases = new([Line(2, "Fever", minutesAgo: 90)]);
        await LookAgain(page);
        page.WaitForAssertion(() => Assert.Equal(["Fever"], Rows(page)));
    }

    [Fact]
    public async Task What_is_beyond_the_first_page_stays_when_that_is_read_again()
    {
        var page = Show(new Listed<CaseLine>([Line(1, "Sodium", minutesAgo: 20)], "there"));
        Cases = new([Line(2, "Fever", minutesAgo: 90)]);
        await Press(page, "[data-testid=more]");
        page.WaitForAssertion(() => Assert.Equal(["Sodium", "Fever"], Rows(page)));
        Assert.Contains(AskedFor, a => a.Contains("after=there", StringComparison.Ordinal));
        // Sodium would stand before the last of these, if it were still in the list.
        Cases = new([Line(3, "Rash", minutesAgo: 1), Line(4, "Falls", minutesAgo: 30)], "there");
        await LookAgain(page);
        page.WaitForAssertion(() => Assert.Equal(["Rash", "Falls", "Fever"], Rows(page)));
    }

    [Fact]
    public async Task What_a_head_moved_and_the_list_lost_leaves_it_with_the_look_after()
    {
        var page = Show(Line(1, "Sodium"), Line(2, "Fever", minutesAgo: 90));
        await page.InvokeAsync(() => Rounds.HeadsArrived([new TopicHead(TopicOf(1), 9, 0)]));
        Cases = new([Line(2, "Fever", minutesAgo: 90)]);
        await LookAgain(page);
        page.WaitForAssertion(() => Assert.True(AskedFor.Count(a => a.StartsWith("/api/cases", StringComparison.Ordinal)) >= 2));
        await LookAgain(page);
        page.WaitForAssertion(() => Assert.Equal(["Fever"], Rows(page)));
    }

    [Fact]
    public void Who_said_something_last_is_named()
    {
        var page = Show(Line(1, "Sodium") with { Last = new LastSaid(4, ContributionKind.Answer, Ward.Ben, default) });
        page.WaitForAssertion(() => Assert.Contains("Dr 00000002 answered", page.Find(".what").TextContent));
    }

    private IRenderedComponent<CaseRows> Show(params CaseLine[] lines) => Show(new Listed<CaseLine>([.. lines]));

    private IRenderedComponent<CaseRows> Show(Listed<CaseLine> listed)
    {
        Cases = listed;
        Arrive();
        var page = Render<CaseRows>(p => p.Add(r => r.Filter, new CaseFilter()));
        page.WaitForAssertion(() => Assert.Equal(listed.Lines.Length, Rows(page).Length));
        return page;
    }

    private Task IsSaid(IRenderedComponent<CaseRows> page, int key)
    {
        var now = Moment.Of(DateTimeOffset.UtcNow);
        Cases = Cases with { Lines = [.. Cases.Lines.Select(l => l.Topic == TopicOf(key) ? l with { Number = 2, Contributions = 1, Moved = now } : l)] };
        return page.InvokeAsync(() => Rounds.HeadsArrived([new TopicHead(TopicOf(key), 2, 1)]));
    }
}
