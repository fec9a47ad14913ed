using Bunit;
using SocialQI.Ballots;
using SocialQI.Client.GrandRounds;
using SocialQI.GrandRounds;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public sealed class AskingTheRoom : RoundsScreen
{
    [Fact]
    public async Task Without_a_name_nobody_is_told_that_it_is_being_written()
    {
        WasLive();
        Reply = new(5, 5);
        var page = Enter();

        await Do(page, "[data-testid=anonymous]", e => e.ChangeAsync(true));
        await Write(page, "#ask textarea", "Who calls on day 4?");
        await Submit(page, "[data-testid=ask-form]");

        page.WaitForAssertion(() => Assert.Equal(new AskQuestion("Who calls on day 4?", true), Assert.Single(Sent)));
        Assert.Equal(0, Signs);
    }

    [Fact]
    public async Task What_is_refused_stays_written()
    {
        WasLive();
        Reply = Wire.Answer.No(new("rounds-not-on", "This is possible while the session is on."));
        var page = Enter();

        await Write(page, "#ask textarea", "Who calls on day 4?");
        await Submit(page, "[data-testid=ask-form]");

        IsShown(page, "[data-testid=ask-form] [data-testid=refusal]");
        Assert.Equal("Who calls on day 4?", page.Find("#ask textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task The_best_question_stands_first()
    {
        WasLive();
        Was(new QuestionAsked("First asked"), new QuestionAsked("Well liked"));
        HasSeat(TopicId.VotesOf(Noon));
        var page = Enter();

        await Voted(page, (4, 1, 0), (5, 5, 0));

        page.WaitForAssertion(() => Assert.Equal(["5", "4"], Order(page)));
    }

    [Fact]
    public async Task The_order_does_not_move_under_the_finger()
    {
        WasLive();
        Was(new QuestionAsked("First asked"), new QuestionAsked("Well liked"));
        HasSeat(TopicId.VotesOf(Noon));
        var page = Enter();
        page.WaitForAssertion(() => Assert.Equal(["4", "5"], Order(page)));

        await Do(page, "[data-testid=queue]", e => e.TriggerEventAsync("onmouseenter", new Microsoft.AspNetCore.Components.Web.MouseEventArgs()));
        await Voted(page, (4, 1, 0), (5, 5, 0));

        IsShown(page, "[data-testid=new-order]");
        Assert.Equal(["4", "5"], Order(page));
        Assert.Contains("5", page.Find("[data-question='5'] [data-testid=vote-up]").TextContent);

        await Press(page, "[data-testid=new-order]");
        page.WaitForAssertion(() => Assert.Equal(["5", "4"], Order(page)));
    }

    [Fact]
    public async Task Leaving_the_list_gives_it_its_new_order()
    {
        WasLive();
        Was(new QuestionAsked("First asked"), new QuestionAsked("Well liked"));
        HasSeat(TopicId.VotesOf(Noon));
        var page = Enter();
        await Do(page, "[data-testid=queue]", e => e.TriggerEventAsync("onfocusin", new Microsoft.AspNetCore.Components.Web.FocusEventArgs()));
        await Voted(page, (4, 1, 0), (5, 5, 0));
        IsShown(page, "[data-testid=new-order]");

        await Do(page, "[data-testid=queue]", e => e.TriggerEventAsync("onfocusout", new Microsoft.AspNetCore.Components.Web.FocusEventArgs()));

        page.WaitForAssertion(() => Assert.Equal(["5", "4"], Order(page)));
    }

    [Fact]
    public async Task One_entry_holds_all_of_ones_votes()
    {
        WasLive();
        Was(new QuestionAsked("First asked"), new QuestionAsked("Well liked"));
        HasSeat(TopicId.VotesOf(Noon), new([new(4, 1)]));
        Reply = new(6, 6);
        var page = Enter();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[data-question='4'] [data-testid=vote-up]").GetAttribute("aria-pressed")));

        await Press(page, "[data-question='5'] [data-testid=vote-down]");

        page.WaitForAssertion(() => Assert.Equal([new Choice(4, 1), new Choice(5, -1)], Assert.IsType<CastEntry>(Assert.Single(Sent)).Entry.Choices));
    }

    [Fact]
    public async Task Who_leads_dismisses_with_a_reason_and_others_cannot()
    {
        WasLive();
        Was(new QuestionAsked("First asked"));
        Reply = new(6, 6);
        Assert.Empty(Enter().FindAll("[data-testid=dismiss]"));

        Planner = Ada;
        State = RoundsState.None;
        WasLive();
        Was(new QuestionAsked("First asked"));
        var led = Render<QuestionActs>(p => p.Add(a => a.Question, State.Questions[0]).Add(a => a.Others, State.Questions).Add(a => a.Leads, true).Add(a => a.Answers, true).Add(a => a.Send, c => Rounds.Send(Noon, c)));
        await Press(led, "[data-testid=dismiss]");
        await Write(led, "[data-testid=dismiss-form] textarea", "Said before.");
        await Submit(led, "[data-testid=dismiss-form]");

        led.WaitForAssertion(() => Assert.Equal("Said before.", Assert.IsType<DismissQuestion>(Assert.Single(Sent)).Reason));
    }

    [Fact]
    public void What_is_new_comes_at_the_end_of_an_order_that_is_held()
    {
        var order = new HeldOrder();
        order.Show([1, 2], _ => true);
        order.Hold(true);

        Assert.Equal([1, 2, 3], order.Show([3, 2, 1], _ => true));
        Assert.True(order.HasNew);

        order.Hold(false);
        Assert.Equal([3, 2, 1], order.Show([3, 2, 1], _ => true));
    }

    private static string[] Order(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) =>
        [.. page.FindAll("[data-testid=queue] [data-testid=question]").Select(q => q.GetAttribute("data-question")!)];
}
