using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class WritingToACase : Screen
{
    private static async Task Write(IRenderedComponent<CasePage> page, string text)
    {
        await Type(page, "[data-testid=say]", text);
        await Act(page, "[data-testid=say]", e => e.KeyDownAsync(new KeyboardEventArgs { Key = "Enter", CtrlKey = true }));
    }

    private static string Value(IElement area) => area.GetAttribute("value") ?? "";

    [Fact]
    public async Task Appears_at_once_as_sending_and_is_replaced_by_its_number()
    {
        var page = ShowCase();
        await Write(page, "Marrow done.");
        page.WaitForAssertion(() => Assert.Contains("Marrow done.", page.Find("[data-testid=sending]").TextContent));
        page.WaitForAssertion(() => Assert.Equal("", Value(page.Find("[data-testid=say]"))));
        await Happens(page, Said(3, "Marrow done.", Ada));
        page.WaitForAssertion(() => Assert.Contains("Marrow done.", page.Find("#n3").TextContent));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=sending]")));
    }

    [Fact]
    public async Task Refused_it_says_why_and_keeps_the_text()
    {
        Reply = Answer.No(new Refusal("not-like-this", "Not like this."));
        var page = ShowCase();
        await Write(page, "Marrow at noon");
        page.WaitForAssertion(() => Assert.Contains("Marrow at noon", page.Find("[data-testid=not-sent]").TextContent));
        page.WaitForAssertion(() => Assert.Contains("Not like this.", page.Find("[data-testid=composer] [data-testid=refusal]").TextContent));
        await Click(page, "[data-testid=edit-unsent]");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=not-sent]")));
        Assert.Equal("Marrow at noon", Value(page.Find("[data-testid=say]")));
    }

    [Fact]
    public async Task Discarded_it_is_gone()
    {
        Reply = Answer.No(Refusal.NotAllowed);
        var page = ShowCase();
        await Write(page, "one");
        await Click(page, "[data-testid=discard]");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=not-sent]")));
    }

    [Fact]
    public async Task Without_words_nothing_is_sent()
    {
        var page = ShowCase();
        await Act(page, "[data-testid=composer]", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("The text is empty.", page.Find("[data-testid=refusal]").TextContent));
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Evidence_carries_its_reference()
    {
        var page = ShowCase();
        await Click(page, "[data-testid=kind-evidence]");
        await Type(page, "[data-testid=evidence-reference]", "10.1002/art.38690");
        await Type(page, "[data-testid=evidence-supports]", "the HScore");
        await Write(page, "At a cut-off of 169 it separates well.");
        page.WaitForState(() => Sent.Count > 0);
        var sent = Assert.IsType<PostContribution>(Assert.Single(Sent));
        Assert.Equal((ContributionKind.Evidence, new Evidence(EvidenceKind.Doi, "10.1002/art.38690", "the HScore")), (sent.Contribution, sent.Evidence));
    }

    [Fact]
    public async Task A_reply_to_a_question_is_an_answer()
    {
        History.Add(Of(3, Ben, new ContributionPosted(ContributionKind.Question, "Were there dogs?", null, null, [], null, null)));
        var page = ShowCase();
        await Click(page, "#n3 [data-testid=reply]");
        await Write(page, "Two.");
        page.WaitForState(() => Sent.Count > 0);
        var sent = Assert.IsType<PostContribution>(Assert.Single(Sent));
        Assert.Equal((ContributionKind.Answer, 3L), (sent.Contribution, sent.ReplyTo));
    }

    [Fact]
    public async Task A_reaction_shows_at_once()
    {
        History.Add(Said(3, "one"));
        var page = ShowCase();
        await Click(page, "#n3 [data-testid=react]");
        // Not awaited: its answer never comes, and it must show all the same.
        _ = Click(page, "#n3 [data-testid=react-agree]");
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#n3 [data-testid=react-agree]").GetAttribute("aria-pressed")));
        Assert.Equal(new React(3, Reaction.Agree), Assert.Single(Sent));
    }

    [Fact]
    public void A_closed_case_takes_nothing()
    {
        History.Add(Of(3, Ada, new CaseClosed("Ask for the dogs first.")));
        var page = ShowCase();
        Assert.Empty(page.FindAll("[data-testid=composer]"));
        Assert.Contains("Ask for the dogs first.", page.Find("[data-testid=stage-reason]").TextContent);
    }
}
