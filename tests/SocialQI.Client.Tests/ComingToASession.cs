using Bunit;
using SocialQI.Client.Frame;
using SocialQI.Client.GrandRounds;
using SocialQI.GrandRounds;
using Xunit;

namespace SocialQI.Client.Tests;

public sealed class ComingToASession : RoundsScreen
{
    [Fact]
    public void By_hand_takes_an_address_and_a_code_that_stand_on_the_wall_beside_the_picture()
    {
        WasLive(Part("Welcome"));
        Rounds.WentUp(Ward.Me());
        var page = Render<ScreenPage>(p => p.Add(s => s.Name, Noon.ToString()));

        IsShown(page, "[data-testid=join]");
        Assert.Contains("localhost/rounds", page.Find("[data-testid=join] [data-testid=where]").TextContent);
        Assert.Equal(ShortCode.Of(Noon), page.Find("[data-testid=join] [data-testid=code]").TextContent.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void On_a_phone_begins_under_the_thumb()
    {
        var tabs = Render<MainNav>(p => p.Add(n => n.IsForThumb, true));

        Assert.Equal(["", "inbox", "cases", "rounds", "more"], tabs.FindAll("a").Select(a => a.GetAttribute("href")));
    }
}
