using Xunit;

namespace SocialQI.Browser.Tests;

public class JoiningACommunity(House house) : Story(house)
{
    [Fact]
    public async Task Is_asked_for_seen_by_a_moderator_and_granted_while_both_look_on()
    {
        var rafael = await Arrive("rafael.ordway", "communities");
        await rafael.Page.GetByTestId("communities").GetByText("Blood and Fever", new() { Exact = true }).ClickAsync();
        await Expect(rafael.Page.GetByTestId("title")).ToHaveTextAsync("Blood and Fever");
        var ines = await Arrive("ines.falkner", new Uri(rafael.Page.Url).AbsolutePath[1..]);
        var request = ines.Page.GetByTestId("requests").Locator("li", new() { HasText = "Rafael Ordway" });
        await Expect(ines.Page.GetByTestId("requests")).ToBeVisibleAsync();
        await Expect(request).ToHaveCountAsync(0);
        await rafael.Mark();
        await ines.Mark();

        await rafael.Page.GetByTestId("join").ClickAsync();
        await Expect(rafael.Page.GetByTestId("asked")).ToBeVisibleAsync();
        await request.GetByTestId("accept-request").ClickAsync();

        await Expect(request).ToHaveCountAsync(0);
        await Expect(rafael.Page.GetByTestId("role")).ToContainTextAsync("Member");
        await Expect(rafael.Page.GetByTestId("leave")).ToBeVisibleAsync();
        Assert.True(await rafael.Stayed() && await ines.Stayed(), "A page was loaded again.");
    }
}
