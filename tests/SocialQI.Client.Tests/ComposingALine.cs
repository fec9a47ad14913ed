using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Client.Live;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ComposingALine : Screen
{
    [Fact]
    public async Task Is_not_drawn_again_for_what_arrives()
    {
        var page = ShowCase();
        await Type(page, "[data-testid=say]", "Half a sent");
        var composer = page.FindComponent<Composer>();
        page.WaitForAssertion(() => Assert.Contains("Half a sent", page.Find("[data-testid=say]").OuterHtml));
        var before = composer.RenderCount;
        for (var n = 3; n < 23; n++)
        {
            await Happens(page, Said(n, $"text {n}"));
        }
        page.WaitForAssertion(() => Assert.Equal("20", page.Find("[data-testid=timeline]").GetAttribute("data-total")));
        Assert.Equal(before, composer.RenderCount);
    }

    [Fact]
    public async Task Shows_before_it_is_sent_what_its_marks_mean()
    {
        var page = ShowCase();
        await Type(page, "[data-testid=say]", "Marrow **tonight** <b>now</b>");
        await Click(page, "[data-testid=preview]");
        page.WaitForAssertion(() => Assert.Equal("tonight", page.Find("[data-testid=preview-text] strong").TextContent));
        Assert.Empty(page.FindAll("[data-testid=preview-text] b"));
        Assert.NotNull(page.Find("[data-testid=say]").Closest("[hidden]"));
    }

    [Fact]
    public async Task Says_what_is_replied_to_until_it_is_no_reply()
    {
        History.Add(Said(3, "Were there dogs?"));
        var page = ShowCase();
        await Click(page, "#n3 [data-testid=reply]");
        page.WaitForAssertion(() => Assert.Contains("Were there dogs?", page.Find("[data-testid=replying]").TextContent));
        await Click(page, "[data-testid=not-a-reply]");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=replying]")));
    }

    [Fact]
    public async Task On_a_shared_machine_keeps_nothing_in_the_browser()
    {
        JSInterop.Setup<string?>("localStorage.getItem", SharedMachine.Key).SetResult("on");
        var page = ShowCase();
        await Type(page, "[data-testid=say]", "Half a sentence");
        page.WaitForState(() => JSInterop.Invocations.Any(i => i.Identifier == "sessionStorage.removeItem"));
        Assert.DoesNotContain(JSInterop.Invocations, i => i.Identifier == "sessionStorage.setItem");
    }

    [Fact]
    public async Task Elsewhere_keeps_it_for_the_tab()
    {
        var page = ShowCase();
        await Type(page, "[data-testid=say]", "Half a sentence");
        page.WaitForState(() => JSInterop.Invocations.Any(i => i.Identifier == "sessionStorage.setItem" && i.Arguments[1]!.ToString()!.Contains("Half a sentence", StringComparison.Ordinal)));
        Assert.NotNull(page);
    }

    [Fact]
    public async Task A_contribution_with_marks_is_shown_set()
    {
        var page = ShowCase();
        await Happens(page, Said(3, "Marrow **tonight**\n- smear\n- trephine"));
        page.WaitForAssertion(() => Assert.Equal("tonight", page.Find("#n3 .text strong").TextContent));
        Assert.Equal(2, page.FindAll("#n3 .text li").Count);
    }

    [Fact]
    public void An_address_whose_letters_look_like_others_shows_its_host()
    {
        var evidence = new Evidence(EvidenceKind.Url, "https://ex\u0430mple.com/paper", "");
        Assert.Equal(("https://xn--exmple-4nf.com/paper", "xn--exmple-4nf.com"), (Citation.Link(evidence), Citation.Host(evidence)));
        Assert.Null(Citation.Host(new Evidence(EvidenceKind.Url, "https://example.com/paper", "")));
    }

    [Fact]
    public void Marked_unread_a_case_counts_as_unread_until_more_is_read()
    {
        var marks = Services.GetRequiredService<ReadMarks>();
        marks.Read(Fever, 9);
        marks.MarkUnread(Fever, 4);
        Assert.Equal(5, marks.Unread(new(Fever, 20, 9)));
        marks.Read(Fever, 9);
        Assert.Equal(0, marks.Unread(new(Fever, 20, 9)));
    }
}
