using Bunit;
using SocialQI.Cases;
using SocialQI.Client.GrandRounds;
using SocialQI.GrandRounds;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public sealed class FollowingTheStage : RoundsScreen
{
    [Fact]
    public async Task What_is_put_on_stage_is_shown_to_who_follows()
    {
        WasLive(Part("Welcome"), Part("The fever", Fever));
        var page = Enter();
        page.WaitForAssertion(() => Assert.Contains("Welcome", page.Find("[data-testid=slide]").TextContent));

        await Happens(page, new StageMoved(new(1)));

        page.WaitForAssertion(() => Assert.Contains("Marrow tonight?", page.Find("[data-testid=slide]").TextContent));
    }

    [Fact]
    public async Task Who_lets_go_stays_elsewhere_until_they_come_back()
    {
        WasLive(Part("Welcome"), Part("The fever", Fever), Part("The end"));
        var page = Enter();

        await Press(page, "[data-testid=next-step]");
        page.WaitForAssertion(() => Assert.Contains("Marrow tonight?", page.Find("[data-testid=slide]").TextContent));
        await Happens(page, new StageMoved(new(2)));

        IsShown(page, "[data-testid=come-back]");
        Assert.DoesNotContain("The end", page.Find("[data-testid=slide]").TextContent);
        Assert.Empty(Sent);

        await Press(page, "[data-testid=come-back]");
        page.WaitForAssertion(() => Assert.Contains("The end", page.Find("[data-testid=slide]").TextContent));
    }

    [Fact]
    public async Task Who_leads_moves_it_for_everybody_unless_they_look_for_themselves()
    {
        Planner = Ada;
        WasLive(Part("Welcome"), Part("The end"));
        Reply = new(4, 4);
        var page = Enter();

        await Press(page, "[data-testid=next-step]");
        page.WaitForAssertion(() => Assert.Equal(new MoveStage(new(1)), Assert.Single(Sent)));

        await Press(page, "[data-testid=let-go]");
        IsShown(page, "[data-testid=come-back]");
        await Press(page, "[data-testid=next-step]");
        page.WaitForAssertion(() => Assert.Contains("The end", page.Find("[data-testid=slide]").TextContent));
        Assert.Single(Sent);
    }

    [Fact]
    public void A_case_that_is_not_open_to_somebody_is_said_to_be_so()
    {
        WasLive(Part("A closed one", Hidden));
        var page = Enter();

        IsShown(page, "[data-testid=case-shut]");
        Assert.DoesNotContain("Marrow", page.Markup);
    }

    [Fact]
    public async Task A_point_is_shown_where_it_was_said()
    {
        WasLive(Part("Welcome"));
        var page = Enter();

        await Signals(page, new(Noon, Pointing: new(430, 556)));

        page.WaitForAssertion(() => Assert.Equal("43%", page.Find("[data-testid=pointer] circle").GetAttribute("cx")));
    }

    [Fact]
    public void Steps_go_through_sections_and_images_and_on_to_the_next_part()
    {
        var state = Fold(Started, Opened) with { Sections = [new(SectionKind.History, new("x", 1)), new(SectionKind.Course, new("y", 1))] };

        Assert.Equal(new(0, SectionKind.History), StageWalk.Beside(new(0), state, 2, 1));
        Assert.Equal(new(1), StageWalk.Beside(new(0, SectionKind.Course), state, 2, 1));
        Assert.Null(StageWalk.Beside(new(1), null, 2, 1));
        Assert.Equal(new(0), StageWalk.Beside(new(1), null, 2, -1));
    }

    [Fact]
    public async Task Closing_asks_first()
    {
        Planner = Ada;
        WasLive(Part("Welcome"));
        var page = Enter();

        await Press(page, "[data-testid=Close]");

        Assert.Empty(Sent);
    }

    [Fact]
    public void Before_it_begins_the_time_stands_by_both_clocks()
    {
        Was(new RoundsPlanned(Plan(Part("Welcome")), new Moment(1), Ben, []));
        var page = Enter();

        Assert.Contains("12:00", page.Find("[data-testid=there-time]").TextContent);
        Assert.Contains("Europe/Vienna", page.Find("[data-testid=there-time]").TextContent);
        IsShown(page, "[data-testid=here-time]");
        Assert.Empty(page.FindAll("[data-testid=OpenLobby]"));
    }
}
