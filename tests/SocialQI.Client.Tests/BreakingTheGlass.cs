using Bunit;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>At the shut door of a case, who may see it in an emergency is asked why; whoever follows it sees who did.</summary>
public class BreakingTheGlass : Screen
{
    private bool isShut = true;

    [Fact]
    public async Task Is_offered_to_a_privacy_officer_of_its_home_and_opens_it()
    {
        var page = Come(new(Harbour, InstitutionRole.PrivacyOfficer, default, null));
        await Click(page, "[data-testid=break-glass]");
        Reply = new(3, 3);
        await Act(page, "#g-reason", e => e.ChangeAsync("Nobody answers."));
        await Act(page, "#g-minutes", e => e.ChangeAsync("20"));
        isShut = false;
        await Act(page, "[data-testid=glass]", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal([new BreakGlass("Nobody answers.", 20)], Sent));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=shut]")));
    }

    [Theory]
    [InlineData("north-harbour", InstitutionRole.Clinician)]
    [InlineData("north-harbour", InstitutionRole.Administrator)]
    [InlineData("thornmere", InstitutionRole.PrivacyOfficer)]
    public void Is_offered_to_nobody_else(string home, InstitutionRole role)
    {
        var page = Come(new(InstitutionId.Parse(home), role, default, null));
        page.WaitForElement("[data-testid=shut]");
        Assert.Empty(page.FindAll("[data-testid=break-glass]"));
    }

    [Fact]
    public void Stands_in_the_head_of_the_case_for_whoever_follows_it()
    {
        isShut = false;
        History.Add(Of(3, Ben, new GlassBroken("Nobody <b>answers</b>.", new(1))));
        var page = ShowCase();
        page.WaitForAssertion(() => Assert.Contains("Nobody <b>answers</b>.", page.Find("[data-testid=glass-note]").TextContent));
    }

    [Theory]
    [InlineData(60, VisibilityKind.Named, false)]
    [InlineData(60, VisibilityKind.Institution, true)]
    [InlineData(-60, VisibilityKind.Named, true)]
    public void Lets_nobody_write_who_sees_the_case_by_it_alone(int minutes, VisibilityKind visibility, bool writes)
    {
        isShut = false;
        History.RemoveAt(1);
        History.Add(Of(2, Ben, new CaseOpened(new Visibility(visibility, [], [Ben]), [])));
        History[0] = Of(1, Ben, new CaseStarted("Fever", "Marrow tonight?", null, []));
        History.Add(Of(3, Ada, new GlassBroken("Nobody answers.", Moment.Of(DateTimeOffset.UtcNow.AddMinutes(minutes)))));
        var page = ShowCase();
        page.WaitForAssertion(() => Assert.Equal((writes ? 1 : 0, writes ? 0 : 1), (page.FindAll("textarea").Count, page.FindAll("[data-testid=only-reads]").Count)));
    }

    protected override OpenedTopic? Opening(TopicId topic) => isShut ? new(topic, "", 0, null, Refusal.NotThere) : base.Opening(topic);

    private IRenderedComponent<CasePage> Come(Affiliation affiliation)
    {
        Rounds.WentUp(Me() with { Affiliations = [affiliation] });
        return Render<CasePage>(p => p.Add(c => c.Name, Fever.ToString()));
    }
}
