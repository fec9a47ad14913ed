using AngleSharp.Dom;
using Bunit;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using Xunit;

namespace SocialQI.Client.Tests;

public class FilteringCases : ListScreen
{
    [Theory]
    [InlineData("cases?stage=closed", "stage=closed")]
    [InlineData("cases?mine=true", "mine=true")]
    [InlineData("cases?followed=true", "followed=true")]
    [InlineData("cases?live=true", "live=true")]
    [InlineData("cases?kind=hallway", "hallway=true")]
    [InlineData("cases?kind=case", "hallway=false")]
    [InlineData("cases?condition=E87.1", "condition=E87.1")]
    public void What_the_address_says_is_asked_for(string address, string asked)
    {
        Show(address);
        Assert.Contains(AskedFor, a => a.StartsWith("/api/cases?", StringComparison.Ordinal) && a.Split('?', '&').Contains(asked));
    }

    [Theory]
    [InlineData("stage-closed", "cases?stage=closed")]
    [InlineData("only-mine", "cases?mine=true")]
    [InlineData("only-followed", "cases?followed=true")]
    [InlineData("only-live", "cases?live=true")]
    public async Task What_is_chosen_stands_in_the_address(string button, string address)
    {
        var page = Show("cases");
        await Press(page, $"[data-testid={button}]");
        page.WaitForAssertion(() => Assert.Equal("true", page.Find($"[data-testid={button}]").GetAttribute("aria-pressed")));
        Assert.Equal(address, Address);
    }

    [Fact]
    public async Task A_second_press_takes_a_filter_away()
    {
        var page = Show("cases?mine=true");
        await Press(page, "[data-testid=only-mine]");
        page.WaitForAssertion(() => Assert.Equal("cases", Address));
    }

    [Fact]
    public async Task Filters_come_together()
    {
        var page = Show("cases?mine=true");
        await page.InvokeAsync(() => { _ = page.Find("[data-testid=kind]").ChangeAsync("hallway"); });
        page.WaitForAssertion(() => Assert.Equal("cases?mine=true&kind=hallway", Address));
    }

    [Fact]
    public async Task The_way_back_leads_to_the_filter_before()
    {
        Cases = new([Line(1, "Sodium"), Line(2, "Fever", stage: CaseStage.Closed)]);
        var page = Show("cases?stage=closed");
        page.WaitForAssertion(() => Assert.Equal(["Fever"], Rows(page)));
        GoTo("cases?stage=open");
        page.WaitForAssertion(() => Assert.Equal(["Sodium"], Rows(page)));
        GoTo("cases?stage=closed");
        page.WaitForAssertion(() => Assert.Equal(["Fever"], Rows(page)));
        await Task.CompletedTask;
    }

    [Fact]
    public void Where_nothing_is_open_yet_it_is_said_what_to_do()
    {
        var page = Show("cases");
        page.WaitForAssertion(() => Assert.Contains("Nothing is open to you yet.", page.Find("[data-testid=empty]").TextContent));
        Assert.NotNull(page.Find("[data-testid=empty] a[href=new]"));
    }

    [Fact]
    public void Where_no_case_fits_the_filter_can_be_cleared()
    {
        var page = Show("cases?mine=true");
        page.WaitForAssertion(() => Assert.Contains("No case fits.", page.Find("[data-testid=empty]").TextContent));
        Assert.NotNull(page.Find("[data-testid=empty] a[href=cases]"));
    }

    [Fact]
    public void An_address_that_nobody_wrote_filters_nothing()
    {
        Cases = new([Line(1, "Sodium")]);
        var page = Show("cases?stage=sealed&community=nowhere&kind=42");
        page.WaitForAssertion(() => Assert.Equal(["Sodium"], Rows(page)));
    }

    private IRenderedComponent<CasesPage> Show(string address)
    {
        Arrive();
        GoTo(address);
        var page = Render<CasesPage>();
        page.WaitForAssertion(() => Assert.Contains(AskedFor, a => a.StartsWith("/api/cases", StringComparison.Ordinal)));
        return page;
    }
}
