using Bunit;
using Microsoft.AspNetCore.Components.Web;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class MentioningAColleague : Screen
{
    private readonly BunitJSModuleInterop script;

    public MentioningAColleague()
    {
        script = JSInterop.SetupModule("./composer.js");
        script.Mode = JSRuntimeMode.Loose;
    }

    private void CaretAt(int at) => script.Setup<int>("caret", _ => true).SetResult(at);

    private static Task Press(IRenderedComponent<CasePage> page, string key) => Act(page, "[data-testid=say]", e => e.KeyDownAsync(new KeyboardEventArgs { Key = key }));

    [Theory]
    [InlineData("@be", 3, 0, "be")]
    [InlineData("Ask @Ben As", 11, 4, "Ben As")]
    [InlineData("(@O'Br", 6, 1, "O'Br")]
    [InlineData("one @ben two", 8, 4, "ben")]
    public void Begins_with_an_at_before_the_caret(string text, int caret, int from, string query) =>
        Assert.Equal(new MentionToken(from, caret, query), MentionToken.At(text, caret));

    [Theory]
    [InlineData("ada@harbour.example", 19)]
    [InlineData("@Ben Ask wrote that it", 22)]
    [InlineData("no sign", 7)]
    [InlineData("@ben\nnext", 9)]
    public void Does_not_begin_elsewhere(string text, int caret) => Assert.Null(MentionToken.At(text, caret));

    [Fact]
    public async Task Is_picked_by_arrows_and_enter_and_typed_into_the_text()
    {
        CaretAt(8);
        var page = ShowCase();
        await Type(page, "[data-testid=say]", "Ask @Ben");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=mention-list] [role=option]").Count));
        await Press(page, "ArrowDown");
        page.WaitForAssertion(() => Assert.Equal("at-1", page.Find("[data-testid=say]").GetAttribute("aria-activedescendant")));
        await Press(page, "Enter");
        page.WaitForState(() => script.Invocations.Any(i => i.Identifier == "replace"));
        Assert.Equal(["say", 4, 8, "@Benita Grey "], script.Invocations.Last(i => i.Identifier == "replace").Arguments);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=mention-list]")));
    }

    [Fact]
    public async Task Is_given_up_by_escape()
    {
        CaretAt(8);
        var page = ShowCase();
        await Type(page, "[data-testid=say]", "Ask @Ben");
        page.WaitForElement("[data-testid=mention-list]");
        await Press(page, "Escape");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=mention-list]")));
    }

    [Fact]
    public void Is_taken_back_by_who_deletes_the_name()
    {
        var line = new WrittenLine { Text = "@Ben Ask look" };
        line.Mention(Ben, "Ben Ask");
        Assert.Equal([Ben], Assert.IsType<PostContribution>(line.ToCommand(default)).Mentions);
        line.Text = "look";
        Assert.Empty(Assert.IsType<PostContribution>(line.ToCommand(default)).Mentions);
    }

    [Fact]
    public void Survives_a_reload_with_the_text()
    {
        var (line, after) = (new WrittenLine { Text = "@Ben Ask look" }, new WrittenLine());
        line.Mention(Ben, "Ben Ask");
        after.Take(line.ToFields());
        Assert.Equal([Ben], Assert.IsType<PostContribution>(after.ToCommand(default)).Mentions);
    }
}
