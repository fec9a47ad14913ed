using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Client.Panels;
using SocialQI.Panels;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>Ada has a seat in a panel of Ben's: she sees the last round, rates in the open one, and enters all at once.</summary>
public sealed class RatingInAPanel : Screen
{
    private static readonly TopicId panel = TopicId.Panel(Harbour, new Guid(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    private static readonly TopicId first = TopicId.BallotOf(panel, new Guid(8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    private static readonly TopicId second = TopicId.BallotOf(panel, new Guid(9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    private static readonly PanelPlan plan = new(
        "Telemetry", "1 never, 9 always", ["New fibrillation", "Syncope", "Potassium"], [Ada, Ben, new(new Guid(3, 0, 0, new byte[8]))], new(), new SocialQI.Cases.Visibility(VisibilityKind.Network, [], []));

    private PanelState state = PanelState.None;
    private long last;

    public RatingInAPanel() => Was(new PanelPlanned(plan, []));

    [Fact]
    public async Task Enters_what_is_rated_when_all_is()
    {
        Was(new PanelRoundBegun(first, [0, 1, 2]));
        Reply = new(2, 2);
        var page = Show();
        await On(page, "[data-testid=rate-0-7]", e => e.ChangeAsync(new ChangeEventArgs { Value = "7" }));
        await On(page, "[data-testid=statement-1]", e => e.KeyDownAsync(new KeyboardEventArgs { Key = "2" }));
        page.WaitForAssertion(() => Assert.Contains("Still open: 3.", page.Find("[data-testid=own-state]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=enter]"));
        await On(page, "#s2-c", e => e.InputAsync("Both leads."));
        await On(page, "[data-testid=rate-2-9]", e => e.ChangeAsync(new ChangeEventArgs { Value = "9" }));
        await On(page, "[data-testid=enter]", e => e.ClickAsync());

        page.WaitForAssertion(() => Assert.StartsWith("Entered.", page.Find("[data-testid=own-state]").TextContent, StringComparison.Ordinal));
        Assert.Equal([new(0, 7), new(1, 2), new(2, 9, Comment: "Both leads.")], Assert.IsType<CastEntry>(Assert.Single(Sent)).Entry.Choices);
    }

    [Fact]
    public void Shows_ones_own_rating_among_those_of_all()
    {
        WasOnce();
        var page = Show();
        page.WaitForAssertion(() => Assert.Contains("You rated 3.", page.Find("[data-testid=statement-0] desc").TextContent, StringComparison.Ordinal));
        Assert.Equal("1: 1, 2: 0, 3: 1, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0, 9: 1. Median 3, middle range 2.2 to 5.4. You rated 3.", page.Find("[data-testid=statement-0] desc").TextContent);
        Assert.Equal(2, page.FindAll("[data-testid=statement-0] .c-dot").Count);
        Assert.Single(page.FindAll("[data-testid=statement-0] .c-you"));
        Assert.Equal("Disagreement", page.Find("[data-testid=statement-0] [data-testid=verdict]").TextContent);
        Assert.Equal(["1", "0", "1", "0", "0", "0", "0", "0", "1"], page.FindAll("[data-testid=statement-0] .figures td").Select(d => d.TextContent));
        Assert.Equal(["Because."], page.FindAll("[data-testid=comments] li").Select(l => l.TextContent));
        Assert.Contains("not defined for fewer than 8", page.Find("[data-testid=rule]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_out_what_one_stepped_aside_from()
    {
        Was(new PanelRecused(Ada, [1], "Shares."), new PanelRoundBegun(first, [0, 1, 2]));
        var page = Show();
        page.WaitForElement("[data-testid=own-round]");
        Assert.Equal("Stepped aside", page.Find("[data-testid=statement-1] [data-testid=recused]").TextContent);
        Assert.Empty(page.FindAll("[data-testid=statement-1] input"));
        Assert.Equal("0 of 2", page.Find("[data-testid=progress]").TextContent);
    }

    [Fact]
    public void Says_nothing_of_others_while_a_round_is_open()
    {
        WasOnce();
        Was(new PanelRoundBegun(second, [0, 1, 2]));
        var page = Show();
        page.WaitForElement("[data-testid=own-round]");
        Assert.Contains("Silent", page.Find("[data-testid=silent]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=say], [data-testid=recuse-now]"));
        Assert.Equal("Round 2 of at most 3", page.Find("[data-testid=round]").TextContent);
    }

    protected override OpenedTopic? Opening(TopicId topic) => topic == panel
        ? new(topic, "one", state.Number, JsonSerializer.SerializeToElement(state, Json.Context.PanelState))
        : base.Opening(topic);

    protected override Task<OwnBallot?> Owned(TopicId ballot) =>
        Task.FromResult<OwnBallot?>(new(ballot, BallotStage.Open, ballot == first && state.Rounds[0].Closed is not null ? new([new(0, 3), new(1, 5), new(2, 5)]) : null, null, null));

    private void WasOnce()
    {
        OptionTally[] options = [new(0, 3, [1, 0, 1, 0, 0, 0, 0, 0, 1], Comments: ["Because."]), new(1, 3, [0, 0, 0, 0, 3, 0, 0, 0, 0]), new(2, 3, [0, 0, 0, 0, 3, 0, 0, 0, 0])];
        var wide = new Assessed(3, 2.2, 5.4, 3.2, 4.15, .77, true, Verdict.Uncertain);
        Was(
            new PanelRoundBegun(first, [0, 1, 2]),
            new PanelRoundClosed(first, ClosingGround.Count, new(3, [.. options]), [new(0, 3, wide), new(1, 3, wide), new(2, 3, wide)]));
    }

    private void Was(params TopicEvent[] events)
    {
        foreach (var happened in events)
        {
            state = state.After(Of(++last, Ben, happened));
        }
    }

    private IRenderedComponent<PanelPage> Show()
    {
        Rounds.WentUp(Me());
        return Render<PanelPage>(p => p.Add(o => o.Name, panel.ToString()));
    }

    private static Task On(IRenderedComponent<PanelPage> page, string selector, Func<IElement, Task> act)
    {
        page.WaitForElement(selector);
        return page.InvokeAsync(() => { _ = act(page.Find(selector)); });
    }
}
