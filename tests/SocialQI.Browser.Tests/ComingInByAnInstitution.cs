using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SocialQI.DevIdp;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>People whom nobody has registered here come in by their own institutions, each by a provider of its own.</summary>
public class ComingInByAnInstitution(House house) : Story(house)
{
    [Fact]
    public async Task Two_people_of_two_institutions_reach_home_and_see_each_other_in_a_case()
    {
        await using var harbours = await Idp.Start(FreePort.Next());
        await using var thornmeres = await Idp.Start(FreePort.Next());
        harbours.Knows("nh-17", ("name", "Noor Haddad"), ("dept", "Nephrology"));
        thornmeres.Knows("th-4", ("name", "Theo Brandt"), ("group", "pj"));
        await SetOnThePage(harbours);
        await SetByTheApi(thornmeres);
        var path = await House.Case("Oliguria on the third day");

        var signedIn = 0;
        var noor = await ComeIn("North Harbour General", "Harbour sign-in", harbours, "nh-17");
        signedIn++;
        var theo = await ComeIn("Thornmere University Hospital", "Thornmere sign-in", thornmeres, "th-4");
        signedIn++;
        await Task.WhenAll(noor.At(path), theo.At(path));
        await noor.Write("Who has seen this?");
        await theo.Sees("Who has seen this?");
        await theo.Write("We have, twice.");
        await noor.Sees("We have, twice.");
        await Expect(theo.Said("Who has seen this?")).ToContainTextAsync("Noor Haddad");
        await Expect(noor.Said("We have, twice.")).ToContainTextAsync("Theo Brandt");
        Figures.Tell("signin.federated", signedIn, "sign-ins");

        await Join(noor, thornmeres);
    }

    // The administrator at the page; what is kept secret is not there any more afterwards.
    private async Task SetOnThePage(Idp idp)
    {
        var dorothea = await Arrive("dorothea.quill", "administration/north-harbour");
        await dorothea.Page.GetByTestId("to-sign-in").ClickAsync();
        var form = dorothea.Page.GetByTestId("provider-form");
        await form.GetByLabel("Name on the button").FillAsync("Harbour sign-in");
        await form.GetByLabel("Issuer").FillAsync(idp.Issuer.ToString());
        await form.GetByLabel("Client id").FillAsync(Idp.Client);
        await form.GetByLabel("Client secret").FillAsync(Idp.Secret);
        await form.GetByRole(AriaRole.Group, new() { Name = "Specialty" }).GetByLabel("Claim").FillAsync("dept");
        await form.GetByRole(AriaRole.Group, new() { Name = "Grade" }).GetByRole(AriaRole.Button, new() { Name = "Add a value" }).ClickAsync();
        await form.GetByLabel("Grade, value 1").FillAsync("OA");
        await form.GetByLabel("Grade, meaning 1").SelectOptionAsync("Attending");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add provider" }).ClickAsync();
        await Expect(dorothea.Page.GetByRole(AriaRole.Heading, new() { Name = "Harbour sign-in" })).ToBeVisibleAsync();
        await dorothea.Page.ReloadAsync();
        await Expect(form.First.GetByLabel("Issuer")).ToHaveValueAsync(idp.Issuer.ToString());
        await Expect(form.First.GetByLabel("Client secret")).ToHaveValueAsync("");
        await Expect(form.First.GetByLabel("Grade, value 1")).ToHaveValueAsync("OA");
    }

    private async Task SetByTheApi(Idp idp)
    {
        var gideon = await House.Client("gideon.marsh");
        var mapping = new
        {
            specialty = new { otherwise = "Medicine", meanings = Array.Empty<object>() },
            grade = new { otherwise = "other", meanings = Array.Empty<object>() },
            role = new { claim = "group", otherwise = "clinician", meanings = new[] { new { value = "pj", means = "trainee" } } },
        };
        using var set = await gideon.PutAsJsonAsync(
            $"api/institutions/thornmere/providers/{Guid.CreateVersion7()}",
            new { name = "Thornmere sign-in", issuer = idp.Issuer, client = Idp.Client, secret = Idp.Secret, isOn = true, mapping }, TestContext.Current.CancellationToken);
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<Visitor> ComeIn(string institution, string provider, Idp idp, string subject)
    {
        var visitor = await Arrive();
        // Their institution is elsewhere, and they go there.
        visitor.Expected = Elsewhere(idp);
        await visitor.Page.GotoAsync("sign-in");
        await visitor.Page.GetByLabel("Your institution").SelectOptionAsync(new SelectOptionValue { Label = institution });
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with " + provider }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = subject }).ClickAsync();
        await visitor.ComesUp();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Home", Exact = true })).ToBeVisibleAsync();
        return visitor;
    }

    // One's own settings lead to another institution's provider and back; by it one is the same from then on.
    private static async Task Join(Visitor noor, Idp idp)
    {
        noor.Expected = new Regex($"{noor.Expected}|{Elsewhere(idp)}");
        idp.Knows("th-99", ("name", "Noor Haddad"));
        await noor.At("settings");
        var card = noor.Page.GetByTestId("identities");
        await Expect(card.GetByTestId("identity")).ToHaveCountAsync(1);
        await card.GetByLabel("Which sign-in to join").SelectOptionAsync(new SelectOptionValue { Label = "Thornmere sign-in · Thornmere University Hospital" });
        await card.GetByTestId("join-identity").ClickAsync();
        await noor.Page.GetByRole(AriaRole.Link, new() { Name = "th-99" }).ClickAsync();
        await noor.ComesUp();
        await Expect(card.GetByTestId("identity")).ToHaveCountAsync(2);
    }

    private static Regex Elsewhere(Idp idp) => new("asked elsewhere: " + Regex.Escape(idp.Issuer.ToString()));
}
