using System.Net;
using System.Text;
using Bunit;
using SocialQI.Client.Administration;
using SocialQI.Clinicians;
using SocialQI.Institutions;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class AdministeringAnInstitution : Desk
{
    private static readonly StaffLine BenAsClinician = new(Ben, InstitutionRole.Clinician, default, null, new(Ben, "Ben Arroyo", "Cardiology", Grade.Fellow, [Harbour], 1));
    private static readonly string PeoplePath = $"/api/institutions/{Harbour}/people";

    public AdministeringAnInstitution() => Http[PeoplePath] = (HttpStatusCode.OK, "application/json", Encoding.UTF8.GetString(Json.Encode(new Listed<StaffLine>([BenAsClinician]))));

    private IRenderedComponent<AdministrationPage> Show()
    {
        Begin();
        return Render<AdministrationPage>(p => p.Add(a => a.Name, Harbour.ToString()));
    }

    [Theory]
    [InlineData(InstitutionRole.Clinician)]
    [InlineData(InstitutionRole.Moderator)]
    public void Is_a_shut_door_to_who_does_not(InstitutionRole role)
    {
        Role = role;
        var page = Show();
        Assert.NotEmpty(page.FindAll("[data-testid=shut]"));
        Assert.DoesNotContain(Asked, a => a.Contains(PeoplePath, StringComparison.Ordinal));
    }

    [Fact]
    public void Shows_people_with_their_roles()
    {
        var page = Show();
        page.WaitForAssertion(() => Assert.Contains("Ben Arroyo", page.Find("[data-testid=staff-line]").TextContent));
        Assert.Equal("Clinician", page.Find("[data-testid=staff-line] select").GetAttribute("value"));
    }

    [Fact]
    public async Task Renames_and_says_why_not()
    {
        var page = Show();
        page.WaitForElement("#institution-name");
        Reply = Answer.No(Refusal.TooLong("name", 100));
        await page.InvokeAsync(() => page.Find("#institution-name").InputAsync("North Harbour"));
        await page.InvokeAsync(() => page.Find("[data-testid=rename]").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("longer than 100", page.Find("[data-testid=rename] [data-testid=refusal]").TextContent));
        Assert.Equal((Harbour.Topic, new RenameInstitution("North Harbour")), (Sent[0].Topic, (RenameInstitution)Sent[0].Command));
    }

    [Fact]
    public async Task Shows_the_first_password_of_somebody_new_once()
    {
        var page = Show();
        page.WaitForElement("#r-name");
        Http[PeoplePath] = (HttpStatusCode.OK, "application/json", Encoding.UTF8.GetString(Json.Encode(new Registered(Ben, "noor.haddad", "/welcome/abcd"))));
        await page.InvokeAsync(() => page.Find("#r-name").Change("Noor Haddad"));
        await page.InvokeAsync(() => page.Find("#r-user").Change("noor.haddad"));
        await page.InvokeAsync(() => page.Find("#r-specialty").Change("Nephrology"));
        await page.InvokeAsync(() => page.Find("[data-testid=register] form").SubmitAsync());
        page.WaitForAssertion(() => Assert.EndsWith("/welcome/abcd", page.Find("[data-testid=new-link]").TextContent, StringComparison.Ordinal));
        Assert.Contains(Asked, a => a.StartsWith($"POST {PeoplePath} ", StringComparison.Ordinal) && a.Contains("\"user\":\"noor.haddad\"", StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("[data-testid=register-again]").ClickAsync());
        page.WaitForAssertion(() => Assert.DoesNotContain("abcd-efgh", page.Markup));
    }

    [Fact]
    public async Task Says_why_somebody_was_not_registered_and_keeps_what_was_typed()
    {
        var page = Show();
        page.WaitForElement("#r-name");
        Http[PeoplePath] = (HttpStatusCode.UnprocessableEntity, "application/problem+json", """{"title":"sign-in-name-taken","detail":"Somebody signs in with this name already."}""");
        await page.InvokeAsync(() => page.Find("#r-name").Change("Noor Haddad"));
        await page.InvokeAsync(() => page.Find("[data-testid=register] form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("already", page.Find("[data-testid=register] [data-testid=refusal]").TextContent));
        Assert.Equal("Noor Haddad", page.Find("#r-name").GetAttribute("value"));
    }
}
