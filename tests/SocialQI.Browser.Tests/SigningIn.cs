using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public class SigningIn(House house) : Story(house)
{
    [Fact]
    public async Task With_a_wrong_password_says_so_and_lets_one_try_again()
    {
        var imani = await Arrive();
        await imani.Page.GotoAsync("sign-in");
        await Fill(imani, "rounds-at-eight");
        await Expect(imani.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("User name and password do not match");
        await Expect(imani.Page.GetByLabel("User name")).ToBeFocusedAsync();
        await Expect(imani.Page.GetByLabel("User name")).ToBeEditableAsync();
        await Fill(imani, House.Password);
        await imani.ComesUp();
        await Expect(imani.Page.GetByRole(AriaRole.Heading, new() { Name = "Home", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Leads_to_the_link_it_was_asked_for()
    {
        var path = await House.Case("Rash after the second dose");
        var topic = path.Split('/')[1];
        await House.Ask("imani.cole", topic, new { k = "post-contribution", contribution = "comment", text = "The one that is linked" });
        var ines = await Arrive();
        ines.Expected = Visitor.BeingSignedOut();
        await ines.Page.GotoAsync(path + "#n3");
        await ines.Page.WaitForURLAsync("**/sign-in?*");
        await Fill(ines, House.Password, "ines.falkner");
        await ines.ComesUp();
        await Expect(ines.Page).ToHaveURLAsync(new Regex(Regex.Escape(path + "#n3") + "$"));
        await Expect(ines.Said("The one that is linked")).ToHaveClassAsync(new Regex("post-target"));
    }

    [Fact]
    public async Task Ends_with_signing_out()
    {
        var path = await House.Case("Limp in a toddler");
        var imani = await Arrive("imani.cole", path);
        await imani.Say.FillAsync("Never sent");
        await imani.Page.GetByTestId("me-menu").Locator("summary").ClickAsync();
        await imani.Page.GetByTestId("sign-out").ClickAsync();
        await imani.Page.WaitForURLAsync("**/sign-in");
        imani.Expected = Visitor.BeingSignedOut();
        await imani.Page.GotoAsync(path);
        await imani.Page.WaitForURLAsync("**/sign-in?*");
        Assert.DoesNotContain("Never sent", await imani.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage })"), StringComparison.Ordinal);
    }

    private static async Task Fill(Visitor visitor, string password, string user = "imani.cole")
    {
        await visitor.Page.GetByLabel("User name").FillAsync(user);
        await visitor.Page.GetByLabel("Password").FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }
}
