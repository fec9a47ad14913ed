using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>A device that Chromium plays holds a key; its owner comes in by it, without name and password.</summary>
public class ComingInByAPasskey(House house) : Story(house)
{
    private const string Make = """
        async () => {
          const ask = async (address, body) => {
            const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
            return answer.status === 204 ? 204 : answer.ok ? answer.json() : answer.status;
          };
          const options = await ask('/api/me/account/passkeys/options', {});
          const credential = (await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })).toJSON();
          const kept = await ask('/api/me/account/passkeys', { name: 'A phone', credential });
          return [kept, await ask('/api/me/account/passkeys', { name: 'Once more', credential })];
        }
        """;

    // A key belongs to a name; an address of numbers has none.
    protected override Uri Address => new UriBuilder(Service.Address) { Host = "localhost" }.Uri;

    [Fact]
    public async Task Leads_in_and_a_key_that_was_forgotten_does_not()
    {
        var kirsi = await Arrive("kirsi.haldane", "settings");
        await HoldKeys(kirsi.Page);
        // The second time what it was made for is used up.
        kirsi.Expected = new Regex("status of 401");
        var made = await kirsi.Page.EvaluateAsync<int[]>(Make);
        Assert.Equal([204, 401], made);

        await SignOut(kirsi);
        await kirsi.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await kirsi.ComesUp();
        Assert.Contains("passkey", await Fetched(kirsi, "/api/me/sessions"), StringComparison.Ordinal);

        var own = JsonDocument.Parse(await Fetched(kirsi, "/api/me/account")).RootElement.GetProperty("passkeys");
        Assert.Equal("A phone", own[0].GetProperty("name").GetString());
        await kirsi.Page.EvaluateAsync("id => fetch('/api/me/account/passkeys/' + id, { method: 'DELETE' })", own[0].GetProperty("id").GetString());
        await SignOut(kirsi);
        await kirsi.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(kirsi.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The passkey was not taken");
    }

    private static async Task HoldKeys(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        var device = new Dictionary<string, object>
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
            ["automaticPresenceSimulation"] = true,
        };
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = device });
    }

    private static async Task SignOut(Visitor visitor)
    {
        await visitor.Page.GetByTestId("me-menu").Locator("summary").ClickAsync();
        await visitor.Page.GetByTestId("me-menu").GetByTestId("sign-out").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in");
    }

    private static Task<string> Fetched(Visitor visitor, string address) => visitor.Page.EvaluateAsync<string>("async a => (await fetch(a)).text()", address);
}
