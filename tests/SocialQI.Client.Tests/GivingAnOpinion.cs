using System.Text;
using AngleSharp.Dom;
using Bunit;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Client.Opinions;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>Ada gives an opinion on Ben's case, sealed until all are opened, and sees the pool.</summary>
public sealed class GivingAnOpinion : Screen
{
    private static readonly TopicId asked = TopicId.BallotOf(Fever, new Guid(8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    private static readonly BallotTerms terms = new(BallotKind.Differential, "What is it?", ["Marrow tonight", "Wait"], ClosesAfter: 5);
    private static readonly Condition hlh = new("D76.2", "Hemophagocytic syndrome");

    private Entry? entered;
    private EntryBefore[] before = [];

    public GivingAnOpinion()
    {
        History.Clear();
        History.AddRange([Of(1, Ben, new CaseStarted("Fever", "Marrow tonight?", null, [])), Of(2, Ben, new CaseOpened(new SocialQI.Cases.Visibility(VisibilityKind.Network, [], []), []))]);
    }

    [Fact]
    public async Task Commits_ranked_diagnoses_with_a_next_step_and_reasons()
    {
        Calls();
        Reply = new(2, 2);
        var page = Show();
        await Add(page, "Sepsis");
        await Add(page, "Still’s disease");
        await On(page, "[data-testid=up-1]", e => e.ClickAsync());
        await On(page, "[data-testid=sure-0]", e => e.ChangeAsync("40"));
        await On(page, "[data-testid=step-1]", e => e.ChangeAsync(true));
        await On(page, "#reasons", e => e.InputAsync("The ferritin."));
        await On(page, "[data-testid=opinion]", e => e.SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Committed", page.Find("[data-testid=state]").TextContent));
        var entry = Assert.IsType<CastEntry>(Assert.Single(Sent)).Entry;
        Assert.Equal([("Still’s disease", 40), ("Sepsis", null)], entry.Opinion!.Differential.Select(d => (d.Of.Text, d.Confidence)));
        Assert.Equal((1, null, "The ferritin.", null), (Assert.Single(entry.Choices).Option, entry.Text, entry.Opinion.Reasons, entry.Opinion.WouldChange));
    }

    [Fact]
    public async Task Says_how_much_is_too_sure_and_which_diagnosis_is_there_already()
    {
        Calls();
        entered = new([new(0)], null, new([new(hlh, 60), new(new(null, "Sepsis"), 30)]));
        var page = Show();
        await On(page, "[data-testid=sure-1]", e => e.ChangeAsync("55"));
        page.WaitForAssertion(() => Assert.Equal("Your confidences add up to 115 %. Take 15 away.", page.Find("[data-testid=sum]").TextContent));
        await Add(page, "sepsis ");
        page.WaitForAssertion(() => Assert.Equal("That diagnosis is in your list already.", page.Find("[data-testid=sum]").TextContent));
    }

    [Fact]
    public async Task Shows_oneself_what_one_thought_before()
    {
        Calls();
        entered = new(default, null, new([new(hlh, 60)]));
        before = [new(new Moment(5), entered), new(new Moment(3), new(default, null, new([new(new(null, "Sepsis"), 90)])))];
        var page = Show();
        await On(page, "[data-testid=own-before]", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Equal(["Hemophagocytic syndrome 60 %", "Sepsis 90 %"], page.FindAll("[data-testid=own-history] p").Select(p => p.TextContent.Trim())));
    }

    [Fact]
    public void Is_refused_to_the_author_before_anything_is_written()
    {
        History[0] = Started;
        Calls();
        Assert.Contains("You wrote this case", Show().WaitForElement("[data-testid=own-case]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Sealed_shows_no_figure_of_anybody()
    {
        Calls();
        entered = new([new(0)], null, new([new(hlh, 60)]));
        var page = Show();
        page.WaitForElement("[data-testid=opinion]");
        Assert.Empty(page.FindAll("[data-testid=pool], [data-testid=steps]"));
        Assert.Equal("Sealed until 5 opinions", page.Find("[data-testid=sealed-until]").TextContent);
    }

    [Fact]
    public void Opened_shows_the_pool_with_ones_own_place_in_it()
    {
        Calls();
        entered = new([new(0)], null, new([new(new(null, "Sepsis"), 70), new(hlh, 20)]));
        var whole = new Tally(5, [new(0, 4), new(1, 1)], [], [new(hlh, 3, 5, 3, 50), new(new(null, "Sepsis"), 1, 2, 1)]);
        History.Add(Of(4, Ben, new BallotResulted(asked, ClosingGround.Count, new(whole, [new(["north-harbour"], whole)], []))));
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal(["Your number 2, 20 %", "Your number 1, 70 %"], page.FindAll("[data-testid=mine]").Select(m => m.TextContent)));
        Assert.Equal(["75 %", "25 %"], page.FindAll("[data-testid=pool] .v").Select(v => v.TextContent));
        Assert.Contains("5 of 5 list what stands first, 100 % (95 % Wilson interval 57–100 %)", page.Find("[data-testid=agreement]").TextContent, StringComparison.Ordinal);
        Assert.Contains("n = 5", page.Find("[data-testid=entered]").TextContent, StringComparison.Ordinal);
    }

    protected override Task<OwnBallot?> Owned(TopicId ballot) => Task.FromResult<OwnBallot?>(new(ballot, BallotStage.Open, entered, null, null));

    protected override string? Asked(string path, string query) => path == $"/api/topics/{asked}/own/before" ? Encoding.UTF8.GetString(Json.Encode(before)) : base.Asked(path, query);

    private void Calls() => History.Add(Of(3, Ben, new BallotCalled(asked, terms, [Ben])));

    private IRenderedComponent<OpinionsPage> Show()
    {
        Rounds.WentUp(Me());
        return Render<OpinionsPage>(p => p.Add(o => o.Name, Fever.ToString()));
    }

    private static async Task Add(IRenderedComponent<OpinionsPage> page, string diagnosis)
    {
        await On(page, "#dx-add", e => e.InputAsync(diagnosis));
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=add-diagnosis]").HasAttribute("disabled")));
        await On(page, "[data-testid=add-diagnosis]", e => e.ClickAsync());
    }

    private static Task On(IRenderedComponent<OpinionsPage> page, string selector, Func<IElement, Task> act)
    {
        page.WaitForElement(selector);
        return page.InvokeAsync(() => { _ = act(page.Find(selector)); });
    }
}
