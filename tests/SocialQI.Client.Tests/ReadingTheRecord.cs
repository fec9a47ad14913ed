using System.Net;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Administration;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ReadingTheRecord : Desk
{
    private static readonly string Path = $"/api/institutions/{Harbour}/audit";
    private static readonly TopicId Case = TopicId.Case(Harbour, Guid.Parse("0192b5c7-0000-7000-8000-0000000000ca"));

    private static readonly AuditLine Opened = new(
        new(1_773_144_000_000_000), Ben.ToString(), "trainee", Harbour, "open", null, Case, 3, 9, null, "treatment", "10.0.0.9", "ok", "break-glass", new(1_773_144_060_000_000), false, "1.0.1");

    private static readonly AuditLine Wrote = Opened with { Act = "contribution-posted", First = 4, Last = 4, IsWriting = true, Ended = null, Flag = null, Origin = null, Key = "1.1.1" };
    private static readonly AuditLine Denied = Opened with { Who = "operator", Role = null, For = null, Act = "operate", What = "rebuild", Topic = null, Result = "no-such-list", Flag = null, Key = "1.0.2" };

    public ReadingTheRecord()
    {
        Role = InstitutionRole.PrivacyOfficer;
        Answer(new([Opened, Wrote, Denied], "1.0.0"));
        Http["/api/directory"] = (HttpStatusCode.OK, "application/json", Encoding.UTF8.GetString(Json.Encode<DirectoryEntry[]>([new(Ben, "Ben Arroyo", "Cardiology", Grade.Fellow, [Harbour], 1)])));
    }

    [Theory]
    [InlineData(InstitutionRole.Administrator)]
    [InlineData(InstitutionRole.Clinician)]
    public void Is_a_shut_door_to_who_is_no_privacy_officer(InstitutionRole role)
    {
        Role = role;
        Assert.NotEmpty(Show().FindAll("[data-testid=shut]"));
        Assert.DoesNotContain(Asked, a => a.Contains(Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Says_who_did_what_as_what_and_how_it_ended()
    {
        var page = Show();
        page.WaitForAssertion(() => Assert.Contains("Ben Arroyo", page.FindAll("[data-testid=act]")[0].TextContent));
        var acts = page.FindAll("[data-testid=act]").Select(a => string.Join(' ', a.QuerySelectorAll("*").Where(e => e.ChildElementCount == 0).Select(e => e.TextContent.Trim()).Where(t => t.Length > 0))).ToList();
        Assert.Contains("Ben Arroyo opened break-glass", acts[0]);
        Assert.Contains($"{Case} 3 to 9 as trainee", acts[0]);
        Assert.Contains("for treatment", acts[0]);
        Assert.Contains("from 10.0.0.9", acts[0]);
        Assert.Contains("wrote contribution-posted", acts[1]);
        Assert.Contains("number 4", acts[1]);
        Assert.Contains("Operator of the service operated the service rebuild refused", acts[2]);
        Assert.Equal("no-such-list", page.FindAll("[data-testid=result]")[0].GetAttribute("title"));
    }

    [Fact]
    public void Calls_by_its_title_only_what_the_reader_may_see()
    {
        Assert.Empty(Show().FindAll("[data-testid=called]"));
        Assert.Contains(Asked, a => a.Contains($"/api/cases?topics={Uri.EscapeDataString(Case.ToString())}", StringComparison.Ordinal));
    }

    [Fact]
    public void Asks_for_what_the_address_says_and_offers_the_same_as_files()
    {
        var page = Show($"?person={Ben}&topic={Case}&act=open&from=2026-03-01&until=2026-03-10&result=refused&flagged=true");
        page.WaitForAssertion(() => Assert.Contains(Asked, a => a.Contains(Path, StringComparison.Ordinal)));
        var from = new DateTimeOffset(new DateTime(2026, 3, 1), Clock.LocalTimeZone.GetUtcOffset(new DateTime(2026, 3, 1))).ToUnixTimeMilliseconds() * 1000;
        var until = new DateTimeOffset(new DateTime(2026, 3, 11), Clock.LocalTimeZone.GetUtcOffset(new DateTime(2026, 3, 11))).ToUnixTimeMilliseconds() * 1000;
        var query = $"?person={Ben}&topic={Case}&act=open&from={from}&until={until}&result=refused&flagged=true";
        Assert.StartsWith($"GET {Path}{query}&take=50", Asked.Single(a => a.Contains(Path, StringComparison.Ordinal)));
        Assert.Equal($"api/institutions/{Harbour}/audit/csv{query}", page.Find("[data-testid=csv]").GetAttribute("href"));
        Assert.Equal($"api/institutions/{Harbour}/audit/fhir{query}", page.Find("[data-testid=fhir]").GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_chosen_stands_in_the_address()
    {
        var page = Show("?act=open");
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=by-result]").ChangeAsync("refused"); });
        page.WaitForAssertion(() => Assert.EndsWith("administration/audit?act=open&result=refused", Services.GetRequiredService<NavigationManager>().Uri));
    }

    [Fact]
    public async Task Goes_on_where_the_page_ended()
    {
        var page = Show();
        page.WaitForElement("[data-testid=more]");
        Answer(new([Denied with { Key = "0.0.1" }]));
        await page.InvokeAsync(() => page.Find("[data-testid=more]").ClickAsync());
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("[data-testid=act]").Count));
        Assert.Contains(Asked, a => a.Contains("after=1.0.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_when_a_topic_is_none()
    {
        var page = Show("?topic=nonsense");
        page.WaitForAssertion(() => Assert.Contains("no id of a topic", page.Find("#audit-topic-no").TextContent));
    }

    private void Answer(Listed<AuditLine> page) => Http[Path] = (HttpStatusCode.OK, "application/json", Encoding.UTF8.GetString(Json.Encode(page)));

    private IRenderedComponent<AuditPage> Show(string query = "")
    {
        Begin();
        Services.GetRequiredService<NavigationManager>().NavigateTo("administration/audit" + query);
        return Render<AuditPage>();
    }
}
