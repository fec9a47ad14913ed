using AngleSharp.Dom;
using Bunit;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Client.Outcomes;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>Ada plans the outcome of her case, and says what came of it.</summary>
public sealed class TellingTheOutcome : Screen
{
    private static readonly Outcome outcome = new([new("D76.2", "Hemophagocytic syndrome")], [], "Dexamethasone.", Fared.Improved);

    [Fact]
    public async Task Sends_what_was_right_what_was_done_and_how_the_patient_fared()
    {
        Reply = new(2, 2);
        var page = Show();
        await On(page, "#right", e => e.InputAsync("Hemophagocytic syndrome"));
        await On(page, "[data-testid=right] .btn", e => e.ClickAsync());
        await On(page, "#done", e => e.InputAsync(" Dexamethasone. "));
        await On(page, "#fared", e => e.ChangeAsync("Improved"));
        await On(page, "[data-testid=outcome-form]", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Single(Sent));
        var told = Assert.IsType<RecordOutcome>(Assert.Single(Sent)).Outcome;
        Assert.Equal(("Hemophagocytic syndrome", "Dexamethasone.", Fared.Improved), (Assert.Single(told.Right).Text, told.Done, told.Fared));
    }

    [Fact]
    public void Waits_until_opinions_are_open()
    {
        History.Add(Of(History.Count + 1, Ada, new BallotCalled(TopicId.BallotOf(Fever, new Guid(8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)), new(BallotKind.Differential, "What is it?"))));
        var page = Show();
        Assert.NotNull(page.WaitForElement("[data-testid=still-sealed]"));
        Assert.Empty(page.FindAll("[data-testid=outcome-form]"));
    }

    [Fact]
    public void Shows_what_came_of_it_and_asks_why_it_is_said_anew()
    {
        History.Add(Of(History.Count + 1, Ada, new OutcomeRecorded(outcome)));
        var page = Show();
        Assert.Contains("Hemophagocytic syndrome", page.WaitForElement("[data-testid=outcome-told]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=anew]").Click();
        Assert.NotNull(page.WaitForElement("#why-anew"));
    }

    [Fact]
    public void Is_not_asked_of_who_only_reads_the_case()
    {
        History.Clear();
        History.AddRange([Of(1, Ben, new CaseStarted("Fever", "Marrow tonight?", null, [])), Of(2, Ben, new CaseOpened(new SocialQI.Cases.Visibility(VisibilityKind.Network, [], []), []))]);
        var page = Show();
        Assert.NotNull(page.WaitForElement("[data-testid=not-known]"));
        Assert.Empty(page.FindAll("form"));
    }

    private IRenderedComponent<OutcomePage> Show()
    {
        Rounds.WentUp(Me());
        return Render<OutcomePage>(p => p.Add(x => x.Name, Fever.ToString()));
    }

    private static Task On(IRenderedComponent<OutcomePage> page, string selector, Func<IElement, Task> act)
    {
        page.WaitForElement(selector);
        return page.InvokeAsync(() => { _ = act(page.Find(selector)); });
    }
}
