using Bunit;
using SocialQI.Client.Communities;
using SocialQI.Communities;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ModeratingACommunity : ListScreen
{
    [Fact]
    public async Task A_request_is_accepted()
    {
        var page = Show(moderates: true);
        await Press(page, "[data-testid=accept-request]");
        page.WaitForAssertion(() => Assert.Equal([new AnswerJoinRequest(Ben, true)], Sent));
    }

    [Fact]
    public async Task A_request_is_declined()
    {
        var page = Show(moderates: true);
        await Press(page, "[data-testid=decline-request]");
        page.WaitForAssertion(() => Assert.Equal([new AnswerJoinRequest(Ben, false)], Sent));
    }

    [Fact]
    public async Task What_the_service_refuses_is_said_in_its_words()
    {
        Reply = Answer.No(new Refusal("no-request", "There is no request that waits for an answer."));
        var page = Show(moderates: true);
        await Press(page, "[data-testid=accept-request]");
        page.WaitForAssertion(() => Assert.Contains("There is no request that waits for an answer.", page.Find("[data-testid=requests] [role=alert]").TextContent));
    }

    [Fact]
    public void A_member_sees_no_request()
    {
        var page = Show(moderates: false);
        Assert.Empty(page.FindAll("[data-testid=requests]"));
        Assert.Empty(page.FindAll("[data-testid=revise]"));
    }

    [Fact]
    public void Who_is_no_member_is_told_what_to_do()
    {
        var page = Show(moderates: false, isMember: false);
        Assert.NotNull(page.Find("[data-testid=join]"));
        page.WaitForAssertion(() => Assert.Contains("Only members see what is open to this community.", page.Find("[data-testid=empty]").TextContent));
        Assert.Empty(page.FindAll("[data-testid=hallway-ask]"));
    }

    [Fact]
    public async Task A_line_in_the_hallway_is_asked_of_its_members()
    {
        Reply = new Answer(2, 2);
        var page = Show(moderates: false);
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=hallway-line]").InputAsync(" Anyone else? "); });
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=attest] input").ChangeAsync(true); });
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=hallway-ask]").SubmitAsync(); });
        page.WaitForAssertion(() => Assert.Contains("Asked.", page.Find("[data-testid=hallway-ask] [role=status]").TextContent));
        var asked = Assert.IsType<SocialQI.Cases.StartHallway>(Assert.Single(Sent));
        Assert.Equal("Anyone else?", asked.Line);
        Assert.Equal([Salt], asked.Visibility.Communities);
        Assert.Equal("", page.Find("[data-testid=hallway-line]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_line_that_is_refused_stays_where_it_was_typed()
    {
        Reply = Answer.No(Refusal.NoAffiliation);
        var page = Show(moderates: false);
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=hallway-line]").InputAsync("Anyone else?"); });
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=attest] input").ChangeAsync(true); });
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=hallway-ask]").SubmitAsync(); });
        page.WaitForAssertion(() => Assert.Contains(Refusal.NoAffiliation.Say, page.Find("[data-testid=hallway-ask]").TextContent));
        Assert.Equal("Anyone else?", page.Find("[data-testid=hallway-line]").GetAttribute("value"));
    }

    private IRenderedComponent<CommunityPage> Show(bool moderates, bool isMember = true)
    {
        Person = Person with { Communities = isMember ? [new(Salt, moderates ? CommunityRole.Moderator : CommunityRole.Member)] : [] };
        Community = Community with { Moderators = moderates ? [Ada] : [Ben], Requests = [Ben] };
        Arrive();
        var page = Render<CommunityPage>(p => p.Add(c => c.Name, Salt.Topic.ToString()));
        page.WaitForAssertion(() => Assert.Contains("Salt and Water", page.Markup));
        return page;
    }
}
