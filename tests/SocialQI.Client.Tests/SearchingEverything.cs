using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Live;
using SocialQI.Client.Search;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class SearchingEverything : ListScreen
{
    private const string Begins = "\uE000", Ends = "\uE001";

    [Fact]
    public void A_hit_is_marked()
    {
        var page = Of($"Raise the {Begins}sodium{Ends} by four, no {Begins}more{Ends}.");
        Assert.Equal(["sodium", "more"], page.FindAll("mark").Select(m => m.TextContent));
        Assert.Equal("Raise the sodium by four, no more.", page.Markup.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<mark onclick=alert(1)>x</mark>")]
    [InlineData("\uE000<script>alert(1)</script>\uE001")]
    [InlineData("\uE001</mark><b>\uE000")]
    [InlineData("\uE000\uE000<b>\uE001\uE001")]
    public void A_snippet_never_becomes_markup(string snippet)
    {
        var page = Of(snippet);
        Assert.DoesNotContain(page.FindAll("*"), e => e.LocalName != "mark" || e.Attributes.Length > 0);
    }

    [Fact]
    public void What_is_asked_stands_in_the_address()
    {
        var page = Show("search#q=sodium%20from%3Acole");
        Assert.Contains("/api/search sodium from:cole", AskedFor);
        Assert.Equal("sodium from:cole", page.Find("[data-testid=search-text]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_new_question_changes_the_address()
    {
        var page = Show("search");
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=search-text]").InputAsync("fever & \"cold agglutinin\""); });
        await page.InvokeAsync(() => { _ = page.Find("form").SubmitAsync(); });
        page.WaitForAssertion(() => Assert.Contains("/api/search fever & \"cold agglutinin\"", AskedFor));
    }

    [Fact]
    public void What_is_asked_stands_behind_the_hash_where_no_server_sees_it()
    {
        Assert.Equal("search#q=a%20%26%20%23b&kind=facts", SearchAddress.Of("a & #b", "facts"));
        Assert.Equal(("a & #b", "facts"), SearchAddress.Read("http://localhost/" + SearchAddress.Of("a & #b", "facts")));
        Assert.Equal(("", null), SearchAddress.Read("http://localhost/search?q=sodium"));
        Assert.Equal(("", null), SearchAddress.Read("http://localhost/case/a#n7"));
    }

    [Theory]
    [InlineData("search#q=sodium", "sign-in?returnUrl=%2Fsearch")]
    [InlineData("case/a#n7", "sign-in?returnUrl=%2Fcase%2Fa%23n7")]
    [InlineData("people", "sign-in?returnUrl=%2Fpeople")]
    public void Who_has_to_sign_in_comes_back_and_the_words_go_nowhere(string here, string there)
    {
        GoTo(here);
        Assert.Equal(there, SignIn.Path(Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>()));
    }

    [Fact]
    public void Going_back_asks_the_question_before()
    {
        var page = Show("search#q=sodium");
        GoTo("search#q=potassium");
        page.WaitForAssertion(() => Assert.Equal("potassium", page.Find("[data-testid=search-text]").GetAttribute("value")));
        GoTo("search#q=sodium");
        page.WaitForAssertion(() => Assert.Equal(2, AskedFor.Count(a => a == "/api/search sodium")));
        GoTo("search");
        page.WaitForElement("[data-testid=empty]");
    }

    [Fact]
    public void What_is_found_leads_to_its_place()
    {
        Found = new([Hit(7, FoundKind.Answer), Hit(null, FoundKind.Case)]);
        var page = Show("search#q=sodium");
        page.WaitForAssertion(() => Assert.Equal([$"case/{Fever}#n7", $"case/{Fever}"], page.FindAll(".go").Select(a => a.GetAttribute("href"))));
    }

    [Fact]
    public async Task Results_are_narrowed_to_a_kind()
    {
        Found = new([Hit(7, FoundKind.Answer), Hit(8, FoundKind.Fact)]);
        var page = Show("search#q=sodium");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".go").Count));
        await page.InvokeAsync(() => { _ = page.FindAll(".seg button")[2].ClickAsync(); });
        page.WaitForAssertion(() => Assert.Equal([$"case/{Fever}#n8"], page.FindAll(".go").Select(a => a.GetAttribute("href"))));
        Assert.Equal("search#q=sodium&kind=facts", Address);
    }

    [Fact]
    public void What_cannot_be_made_out_is_said_in_the_services_words()
    {
        Found = new([], null, new Refusal("not-a-day", "A day is written like 2026-11-01."));
        var page = Show("search#q=before%3Anever");
        page.WaitForAssertion(() => Assert.Contains("A day is written like 2026-11-01.", page.Find("[data-testid=list-refusal]").TextContent));
        Assert.Empty(page.FindAll("[data-testid=nothing]"));
    }

    [Fact]
    public void Where_nothing_is_found_the_words_are_said_again()
    {
        var page = Show("search#q=%3Cb%3Exyz");
        page.WaitForAssertion(() => Assert.Contains("Nothing found for “<b>xyz”.", page.Find("[data-testid=nothing]").TextContent));
    }

    [Fact]
    public void Without_a_question_it_is_said_what_is_searched() => Assert.Contains("What are you looking for?", Show("search").Find("[data-testid=empty]").TextContent);

    private static Found Hit(long? number, FoundKind kind) => new(Fever, number, kind, Ben, default, "Fever", "a snippet");

    private IRenderedComponent<Snippet> Of(string snippet) => Render<Snippet>(p => p.Add(s => s.Of, snippet));

    private IRenderedComponent<SearchPage> Show(string address)
    {
        Arrive();
        GoTo(address);
        return Render<SearchPage>();
    }
}
