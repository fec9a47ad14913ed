using Bunit;
using SocialQI.Client.Live;
using SocialQI.Client.People;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class FindingPeople : ListScreen
{
    private static readonly DirectoryEntry AdaEntry = new(Ada, "Ada Lindholm", "Nephrology", Grade.Attending, [Harbour], 1);

    [Fact]
    public void What_the_address_says_is_asked_for()
    {
        Show("people?name=lind&specialty=neph&grade=attending&institution=north-harbour");
        Assert.Contains(AskedFor, a => a.StartsWith("/api/people?name=lind&specialty=neph&grade=attending&institution=north-harbour", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_chosen_stands_in_the_address()
    {
        var page = Show("people?name=lind");
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=by-grade]").ChangeAsync("fellow"); });
        page.WaitForAssertion(() => Assert.Equal("people?name=lind&grade=fellow", Address));
    }

    [Fact]
    public void A_person_leads_to_their_page()
    {
        People = new([AdaEntry]);
        var page = Show("people");
        page.WaitForAssertion(() => Assert.Equal($"person/{Ada}", page.Find(".go").GetAttribute("href")));
        Assert.Contains("Nephrology, attending", page.Find(".what").TextContent);
    }

    [Fact]
    public void Where_nobody_fits_it_is_said_what_to_do()
    {
        var page = Show("people?name=zzz");
        page.WaitForAssertion(() => Assert.Contains("Nobody fits.", page.Find("[data-testid=empty]").TextContent));
    }

    [Fact]
    public async Task Only_the_last_question_is_answered()
    {
        var (first, second) = (new TaskCompletionSource<Listed<string>>(), new TaskCompletionSource<Listed<string>>());
        var pages = new Pages<string>(() => { });
        var (asked, askedAgain) = (pages.Show(_ => first.Task), pages.Show(_ => second.Task));
        second.SetResult(new(["Lindholm"]));
        await askedAgain;
        first.SetResult(new(["everybody"]));
        await asked;
        Assert.Equal(["Lindholm"], pages.Lines);
    }

    [Fact]
    public async Task A_list_that_cannot_be_reached_can_be_asked_for_again()
    {
        var isThere = false;
        var pages = new Pages<string>(() => { });
        await pages.Show(_ => isThere ? Task.FromResult<Listed<string>>(new(["Lindholm"])) : throw new HttpRequestException());
        Assert.True(pages.IsUnreachable);
        isThere = true;
        await pages.Again();
        Assert.False(pages.IsUnreachable);
        Assert.Equal(["Lindholm"], pages.Lines);
    }

    [Fact]
    public async Task My_own_profile_is_written_anew()
    {
        People = new([AdaEntry]);
        Reply = new Answer(2, 2);
        Arrive();
        var page = Render<PersonPage>(p => p.Add(c => c.Id, Ada.ToString()));
        page.WaitForElement("[data-testid=edit-profile]");
        await Press(page, "[data-testid=edit-profile]");
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=profile-specialty]").InputAsync("Geriatrics"); });
        await page.InvokeAsync(() => { _ = page.Find("#profile form").SubmitAsync(); });
        page.WaitForAssertion(() => Assert.Equal([new ReviseProfile("Ada Lindholm", "Geriatrics", Grade.Attending)], Sent));
        page.WaitForAssertion(() => Assert.Contains("Geriatrics, attending", page.Find("[data-testid=what]").TextContent));
    }

    [Fact]
    public void Nobody_elses_profile_can_be_edited()
    {
        People = new([AdaEntry with { Id = Ben, Name = "Ben Okri" }]);
        Arrive();
        var page = Render<PersonPage>(p => p.Add(c => c.Id, Ben.ToString()));
        page.WaitForAssertion(() => Assert.Equal("Ben Okri", page.Find("[data-testid=title]").TextContent));
        Assert.Empty(page.FindAll("[data-testid=edit-profile]"));
        Assert.Contains("/api/search from:\"Ben Okri\"", AskedFor);
    }

    private IRenderedComponent<PeoplePage> Show(string address)
    {
        Arrive();
        GoTo(address);
        var page = Render<PeoplePage>();
        page.WaitForAssertion(() => Assert.Contains(AskedFor, a => a.StartsWith("/api/people?", StringComparison.Ordinal)));
        return page;
    }
}
