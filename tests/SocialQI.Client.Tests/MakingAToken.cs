using System.Net;
using System.Text;
using Bunit;
using SocialQI.Client.Administration;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>An administrator makes a token for a machine, sees it once, and ends it.</summary>
public class MakingAToken : Desk
{
    private static readonly string path = $"/api/institutions/{Harbour}/tokens";

    private TokenLine Line => new(
        new Guid(9, 0, 0, new byte[8]), Ben, "Sepsis registry", [TokenScope.Read, TokenScope.Export], Ada, Moment.Of(Clock.Now), Moment.Of(Clock.Now.AddDays(30)), null, null);

    [Fact]
    public async Task Asks_for_what_was_chosen_and_shows_the_secret_until_it_is_hidden()
    {
        var page = Show();
        page.WaitForElement("#m-purpose");
        Http["POST " + path] = Json(new MadeToken(Line, "sqi_secret"));
        await page.InvokeAsync(() => page.Find("#m-purpose").Change("Sepsis registry"));
        await page.InvokeAsync(() => page.Find("[data-testid=scope-Export]").Change(true));
        await page.InvokeAsync(() => page.Find("#m-days").Change("30"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("sqi_secret", page.Find("[data-testid=new-token]").TextContent));
        Assert.Contains($$"""POST {{path}} {"purpose":"Sepsis registry","scopes":["read","export"],"days":30}""", Asked);
        await page.InvokeAsync(() => page.Find("[data-testid=token-hide]").ClickAsync());
        page.WaitForAssertion(() => Assert.DoesNotContain("sqi_secret", page.Markup));
    }

    [Fact]
    public void Lists_those_there_are_with_an_end_where_they_last()
    {
        Http["GET " + path] = Json<TokenLine[]>([Line, Line with { Id = Guid.NewGuid(), Purpose = "Old", Ended = Moment.Of(Clock.Now) }]);
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=token]").Count));
        Assert.Single(page.FindAll("[data-testid=token-end]"));
    }

    [Fact]
    public async Task Says_why_there_is_none()
    {
        Http["POST " + path] = (HttpStatusCode.UnprocessableEntity, "application/problem+json", """{"title":"no-scope","detail":"Say what the token may ask."}""");
        var page = Show();
        page.WaitForElement("form");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Say what", page.Find("[data-testid=refusal]").TextContent));
    }

    private IRenderedComponent<Machines> Show()
    {
        Begin();
        return Render<Machines>(p => p.Add(m => m.Institution, Harbour));
    }

    private static (HttpStatusCode, string, string) Json<T>(T answer) => (HttpStatusCode.OK, "application/json", Encoding.UTF8.GetString(SocialQI.Json.Encode(answer)));
}
