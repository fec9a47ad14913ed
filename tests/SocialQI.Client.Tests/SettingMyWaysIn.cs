using System.Net;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Settings;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Client.Tests;

/// <summary>Where one is signed in, and what stands beside one's password.</summary>
public class SettingMyWaysIn : Desk
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private SessionLine Here => new(Guid.NewGuid(), "password", Moment.Of(Clock.Now), Moment.Of(Clock.Now), Firefox, "192.0.2.1", IsThis: true);

    [Fact]
    public async Task Ends_a_sign_in_elsewhere_and_not_this_one()
    {
        var elsewhere = Here with { IsThis = false, Way = "passkey" };
        Http["GET /api/me/sessions"] = Of<SessionLine[]>([Here, elsewhere]);
        Begin();
        var page = Render<OwnSessions>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=session]").Count));
        Assert.Contains("Firefox on Linux", page.Find("[data-testid=session]").TextContent);
        await page.InvokeAsync(() => page.Find("[data-testid=end-session]").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains(Asked, a => a.StartsWith($"DELETE /api/me/sessions/{elsewhere.Id}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ends_all_and_goes_to_the_door()
    {
        Http["GET /api/me/sessions"] = Of<SessionLine[]>([Here]);
        Begin();
        var page = Render<OwnSessions>();
        await page.InvokeAsync(() => page.Find("[data-testid=end-everywhere]").ClickAsync());
        page.WaitForAssertion(() => Assert.EndsWith("/sign-in", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turns_the_authenticator_on_with_its_first_code_and_shows_the_recovery_codes()
    {
        Http["GET /api/me/account"] = Of(new OwnAccount("ada", false, 0, []));
        Http["POST /api/me/account/authenticator"] = Of(new AuthenticatorKey("ABCD EFGH", "otpauth://totp/x"));
        Http["PUT /api/me/account/authenticator"] = Of(new RecoveryCodes(["one-two", "three-four"]));
        Begin();
        var page = Render<OwnWaysIn>();
        page.WaitForElement("#w-password");
        await page.InvokeAsync(() => page.Find("#w-password").Change("a secret"));
        await page.InvokeAsync(() => page.Find("[data-testid=authenticator] form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("ABCD EFGH", page.Find("[data-testid=authenticator-key]").TextContent));
        Assert.NotEmpty(page.Find("[data-testid=qr-code]").GetAttribute("aria-label")!);
        await page.InvokeAsync(() => page.Find("#w-code").Change("123456"));
        await page.InvokeAsync(() => page.Find("[data-testid=authenticator] form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("three-four", page.Find("[data-testid=recovery-codes]").TextContent));
        Assert.Contains("""PUT /api/me/account/authenticator {"secret":"123456"}""", Asked);
    }

    [Fact]
    public async Task Forgets_a_passkey_and_says_when_none_could_be_made()
    {
        Http["GET /api/me/account"] = Of(new OwnAccount("ada", false, 0, [new("abc", "A phone", Moment.Of(Clock.Now))]));
        Begin();
        var page = Render<OwnWaysIn>();
        page.WaitForElement("[data-testid=passkey-line]");
        await page.InvokeAsync(() => page.Find("[data-testid=forget-passkey]").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("DELETE /api/me/account/passkeys/abc ", Asked));
        await page.InvokeAsync(() => page.Find("#w-name").Change("A laptop"));
        await page.InvokeAsync(() => page.Find("[data-testid=passkeys] form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("No passkey was made", page.Find("[data-testid=passkeys]").TextContent));
    }

    [Fact]
    public void Is_not_for_whom_an_institutions_provider_lets_in()
    {
        Http["GET /api/me/account"] = (HttpStatusCode.NoContent, "application/json", "");
        Begin();
        var page = Render<OwnWaysIn>();
        page.WaitForAssertion(() => Assert.Contains("GET /api/me/account ", Asked));
        Assert.Empty(page.FindAll("section"));
    }

    private static (HttpStatusCode, string, string) Of<T>(T answer) => (HttpStatusCode.OK, "application/json", Encoding.UTF8.GetString(Json.Encode(answer)));
}
