using Bunit;
using SocialQI.Cases;
using SocialQI.Client.Home;
using SocialQI.Clinicians;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class WaitingForMe : ListScreen
{
    [Fact]
    public void Is_nothing_for_who_is_new_and_that_is_said()
    {
        var page = Show();
        page.WaitForAssertion(() => Assert.Contains("Nothing waits for you.", page.Markup));
    }

    [Fact]
    public void Is_what_was_said_to_me_with_a_link_to_the_place()
    {
        Mine = Mine with { Inbox = [new(2, default, Fever, 7, Ben, MentionReason.Mention)] };
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal("Dr 00000002 mentions you", page.Find(".unread .go").TextContent));
        Assert.Equal($"case/{Fever}#n7", page.Find(".unread .go").GetAttribute("href"));
    }

    [Fact]
    public void Is_not_what_I_have_read()
    {
        Mine = Mine with { Inbox = [new(2, default, Fever, 7, Ben, MentionReason.Mention)], ReadThrough = 2 };
        var page = Show();
        page.WaitForAssertion(() => Assert.Contains("Nothing waits for you.", page.Markup));
    }

    [Fact]
    public void Is_who_asks_to_join_where_I_moderate()
    {
        Person = Person with { Communities = [new(Salt, CommunityRole.Moderator)] };
        Community = Community with { Requests = [Ben] };
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal("1 colleague asks to join", page.Find(".unread .go").TextContent));
        Assert.Equal($"community/{Salt.Topic}", page.Find(".unread .go").GetAttribute("href"));
    }

    [Fact]
    public void Is_not_who_asks_to_join_where_I_am_a_member_only()
    {
        Person = Person with { Communities = [new(Salt, CommunityRole.Member)] };
        Community = Community with { Requests = [Ben] };
        var page = Show();
        page.WaitForAssertion(() => Assert.Contains("Nothing waits for you.", page.Markup));
    }

    [Fact]
    public void Is_a_draft_of_mine()
    {
        Cases = new([Line(1, "Sodium", by: Ada, stage: CaseStage.Draft), Line(2, "Fever")]);
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal(["Finish your draft"], Rows(page)));
        Assert.Contains("Sodium", page.Markup);
    }

    private IRenderedComponent<NeedsYou> Show()
    {
        Arrive();
        return Render<NeedsYou>();
    }
}
