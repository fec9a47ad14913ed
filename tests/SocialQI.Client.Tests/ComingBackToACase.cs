using Bunit;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ComingBackToACase : Screen
{
    [Fact]
    public void A_line_stands_above_what_is_new_since_the_last_visit()
    {
        History.AddRange([Said(3, "one"), Said(4, "two")]);
        var page = ShowCase();
        page.WaitForAssertion(() => Assert.Equal("New since your last visit · 1", page.Find("[data-testid=new-line]").TextContent));
        Assert.Equal("n4", page.Find("[data-testid=new-line] + article").Id);
    }

    [Fact]
    public async Task It_stands_there_too_when_the_new_comes_only_after_a_state_of_some_time_ago()
    {
        History.Add(Said(3, "one"));
        Head = 4;
        var page = ShowCase();
        Assert.Empty(page.FindAll("[data-testid=new-line]"));
        await Happens(page, Said(4, "two"));
        page.WaitForAssertion(() => Assert.Equal("n4", page.Find("[data-testid=new-line] + article").Id));
        Assert.Empty(page.FindAll("[data-testid=below]"));
    }

    protected override string? Asked(string path, string query) => path == "/api/read-positions" ? $$"""{"{{Fever}}":1}""" : null;
}
