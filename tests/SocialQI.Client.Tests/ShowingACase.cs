using Bunit;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ShowingACase : Screen
{
    [Fact]
    public void The_question_stands_above_the_title()
    {
        var markup = ShowCase().Markup;
        Assert.InRange(markup.IndexOf("Marrow tonight?", StringComparison.Ordinal), 0, markup.IndexOf(">Fever<", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_happens_appears()
    {
        var page = ShowCase();
        await Happens(page, Said(3, "Dogs in the house?"));
        page.WaitForAssertion(() => Assert.Contains("Dogs in the house?", page.Find("#n3").TextContent));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void What_I_said_shows_for_whom_where_I_act_for_several(int institutions, bool isShown)
    {
        History.Add(Said(3, "Dogs in the house?", Ada));
        var page = ShowCase();
        Rounds.Knows(Me() with { Affiliations = [.. new[] { Harbour, InstitutionId.Parse("thornmere") }.Take(institutions).Select(i => new Affiliation(i, InstitutionRole.Clinician, default, null))] });
        page.WaitForAssertion(() => Assert.Equal(isShown, page.Find("#n3 .by").TextContent.Contains("north-harbour", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_withdrawn_contribution_leaves_a_mark_and_no_words()
    {
        History.Add(Said(3, "The wrong patient"));
        var page = ShowCase();
        await Happens(page, Of(4, Ben, new ContributionWithdrawn(3)));
        page.WaitForAssertion(() => Assert.Contains("Withdrawn.", page.Find("#n3").TextContent));
        Assert.DoesNotContain("The wrong patient", page.Markup);
    }

    [Fact]
    public async Task A_redacted_text_is_gone_from_the_page()
    {
        History.Add(Said(3, "Her name is Jane"));
        var page = ShowCase();
        await Happens(page, Of(4, Ada, new TextRedacted(3, "contribution-posted", RedactionGround.Identifiers)));
        page.WaitForAssertion(() => Assert.Contains("The text was removed.", page.Find("#n3").TextContent));
        Assert.DoesNotContain("Jane", page.Markup);
    }

    [Fact]
    public async Task What_a_newer_version_wrote_is_said_to_be_there()
    {
        var page = ShowCase();
        Assert.Empty(page.FindAll("[data-testid=newer]"));
        await Happens(page, Of(3, Ada, new Unknown("case-dreamt", 7)));
        page.WaitForAssertion(() => Assert.Contains("Event 3 is of a kind that this page does not know yet.", page.Find("[data-testid=newer]").TextContent));
    }

    [Fact]
    public async Task A_card_is_not_drawn_again_for_what_happens_to_another()
    {
        History.AddRange([Said(3, "one"), Said(4, "two")]);
        var page = ShowCase();
        page.WaitForAssertion(() => Assert.Contains("Dr 00000002", page.Find("#n3").TextContent));
        var other = page.FindComponents<ContributionCard>()[0];
        await Happens(page, Of(5, Ada, new ReactionAdded(4, Reaction.Agree)));
        page.WaitForAssertion(() => Assert.Contains("Agree, 1", page.Find("#n4").InnerHtml));
        var before = other.RenderCount;
        await Happens(page, Of(6, Ada, new ReactionAdded(4, Reaction.Thanks)));
        page.WaitForAssertion(() => Assert.Contains("Thanks, 1", page.Find("#n4").InnerHtml));
        Assert.Equal(before, other.RenderCount);
    }

    [Fact]
    public async Task Closed_to_this_person_nothing_of_it_stays()
    {
        History.Add(Said(3, "Dogs in the house?"));
        var page = ShowCase();
        await page.InvokeAsync(() => Rounds.WasClosed(Fever));
        page.WaitForAssertion(() => Assert.Contains(Refusal.NotThere.Say, page.Find("[data-testid=shut]").TextContent));
        Assert.DoesNotContain("Dogs", page.Markup);
    }

    [Fact]
    public async Task Who_is_here_is_named()
    {
        var page = ShowCase();
        await page.InvokeAsync(() => Rounds.SignalArrived(new TopicSignal(Fever, [Ada, Ben], 2, null, [])));
        page.WaitForAssertion(() => Assert.Contains("Dr 00000002", page.Find("[data-testid=here]").TextContent));
    }

    [Fact]
    public async Task One_is_here_for_the_institution_that_one_acts_for()
    {
        var page = ShowCase();
        await page.InvokeAsync(() => Rounds.Knows(Me() with { Acting = InstitutionId.Parse("thornmere") }));
        await page.InvokeAsync(() => Rounds.SignalArrived(new TopicSignal(Fever, [Ada], 1, null, [])));
        page.WaitForAssertion(() => Assert.Contains("· thornmere", page.Find("[data-testid=here]").TextContent));
    }

    [Fact]
    public async Task Who_writes_is_named_until_they_have_written()
    {
        var page = ShowCase();
        await page.InvokeAsync(() => Rounds.SignalArrived(new TopicSignal(Fever, [], null, Ben, [])));
        page.WaitForAssertion(() => Assert.Contains("is writing", page.Find("[data-testid=typing]").TextContent));
        await Happens(page, Said(3, "Dogs in the house?"));
        page.WaitForAssertion(() => Assert.Equal("", page.Find("[data-testid=typing]").TextContent));
    }

    [Fact]
    public async Task Who_stops_writing_is_named_no_more()
    {
        var page = ShowCase();
        await page.InvokeAsync(() => Rounds.SignalArrived(new TopicSignal(Fever, [], null, Ben, [])));
        page.WaitForAssertion(() => Assert.Contains("is writing", page.Find("[data-testid=typing]").TextContent));
        page.WaitForAssertion(() => Assert.Equal("", page.Find("[data-testid=typing]").TextContent));
    }

    [Fact]
    public async Task That_a_link_was_copied_is_told()
    {
        var page = ShowCase();
        await Click(page, "[data-testid=copy-link]");
        page.WaitForAssertion(() => Assert.Equal("The link is copied.", page.Find("[data-testid=announcer]").TextContent));
    }

    [Fact]
    public async Task What_arrives_is_told_in_one_polite_sentence()
    {
        var page = ShowCase();
        await Happens(page, Said(3, "one"), Said(4, "two"));
        page.WaitForAssertion(() => Assert.Equal("2 new from Dr 00000002", page.Find("[data-testid=announcer]").TextContent), TimeSpan.FromSeconds(5));
    }
}
