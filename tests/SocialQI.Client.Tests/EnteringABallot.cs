using Bunit;
using SocialQI.Ballots;
using SocialQI.Client.Ballots;
using Xunit;

namespace SocialQI.Client.Tests;

public sealed class EnteringABallot : RoundsScreen
{
    [Fact]
    public async Task What_is_chosen_is_entered_to_the_ballot()
    {
        WasLive();
        Was(new BallotCalled(Poll, Terms));
        HasSeat(Poll);
        Reply = new(2, 2);
        var page = Enter();

        await Do(page, "[data-testid=option-1]", e => e.ChangeAsync(true));
        await Submit(page, "[data-testid=entry]");

        page.WaitForAssertion(() => Assert.Equal(1, Assert.Single(Assert.IsType<CastEntry>(Assert.Single(Sent)).Entry.Choices).Option));
        page.WaitForAssertion(() => Assert.Contains("Your vote is in", page.Find("[data-testid=entered-at]").TextContent));
    }

    [Fact]
    public async Task What_was_entered_before_can_be_revised()
    {
        WasLive();
        Was(new BallotCalled(Poll, Terms));
        HasSeat(Poll, new([new(2)]));
        Reply = new(3, 3);
        var page = Enter();
        page.WaitForAssertion(() => Assert.True(page.Find("[data-testid=option-2]").HasAttribute("checked")));

        await Do(page, "[data-testid=option-0]", e => e.ChangeAsync(true));
        page.WaitForAssertion(() => Assert.Contains("Change to A", page.Find("[data-testid=enter]").TextContent));
        await Submit(page, "[data-testid=entry]");

        page.WaitForAssertion(() => Assert.Equal(0, Assert.Single(Assert.IsType<CastEntry>(Assert.Single(Sent)).Entry.Choices).Option));
    }

    [Fact]
    public async Task What_is_refused_stays_chosen_beside_the_reason()
    {
        WasLive();
        Was(new BallotCalled(Poll, Terms));
        HasSeat(Poll);
        Reply = Wire.Answer.No(new("ballot-closed", "This is closed."));
        var page = Enter();

        await Do(page, "[data-testid=option-1]", e => e.ChangeAsync(true));
        await Submit(page, "[data-testid=entry]");

        page.WaitForAssertion(() => Assert.Contains("This is closed.", page.Find("[data-testid=entry] [data-testid=refusal]").TextContent));
        Assert.True(page.Find("[data-testid=option-1]").HasAttribute("checked"));
    }

    [Fact]
    public void Who_has_no_seat_is_told_so()
    {
        WasLive();
        Was(new BallotCalled(Poll, Terms));

        IsShown(Enter(), "[data-testid=no-seat]");
    }

    [Fact]
    public async Task A_sealed_ballot_shows_no_figure_though_totals_are_heard()
    {
        WasLive();
        Was(new BallotCalled(Poll, Terms));
        HasSeat(Poll, new([new(2)]));
        var page = Enter();
        IsShown(page, "[data-testid=sealed]");

        await Signals(page, new(Noon, Totals: new(Poll, new(3, [new(0, 1), new(1, 2), new(2, 0)]))));

        Assert.Empty(page.FindAll("[data-testid=bars]"));
        Assert.Contains("Sealed", page.Find("[data-testid=seal]").TextContent);
    }

    [Fact]
    public async Task An_open_count_grows_as_totals_are_heard()
    {
        WasLive();
        Was(new BallotCalled(Poll, Terms with { IsSealed = false }));
        HasSeat(Poll);
        var page = Enter();

        await Signals(page, new(Noon, Totals: new(Poll, new(4, [new(0, 1), new(1, 3), new(2, 0)]))));

        page.WaitForAssertion(() => Assert.Contains("75 %", page.Find("[data-testid=bars] [data-option='1']").TextContent));
        Assert.Contains("n = 4", page.Find("[data-testid=entered]").TextContent);
    }

    [Fact]
    public void A_second_round_shows_how_opinion_moved()
    {
        WasLive();
        Was(
            new BallotCalled(Poll, Terms), new BallotResulted(Poll, ClosingGround.Moderator, ResultOf(1, 4, 5)),
            new BallotCalled(Again, Terms with { Before = Poll }), new BallotResulted(Again, ClosingGround.Moderator, ResultOf(2, 7, 1)));
        var page = Enter();

        var second = page.Find($"[data-ballot='{Again}']");
        Assert.Contains("▲ 30 points", second.QuerySelector("[data-option='1'] [data-testid=shift]")!.TextContent);
        Assert.Contains("▼ 40 points", second.QuerySelector("[data-option='2'] [data-testid=shift]")!.TextContent);
        Assert.Equal("40%", second.QuerySelector("[data-option='1'] [data-testid=before]")!.GetAttribute("width"));
    }

    [Fact]
    public async Task Who_said_what_is_read_in_pages_when_it_is_asked_for()
    {
        WasLive();
        Was(new BallotCalled(Poll, Terms with { IsNamed = true }), new BallotResulted(Poll, ClosingGround.Moderator, ResultOf(1, 1, 0)));
        Named[""] = new([new(Ward.Ada, null, default, new([new(0)]))], "200");
        Named["after=200"] = new([new(Ward.Ben, null, default, new([new(1)]))]);
        var page = Enter();

        await Press(page, "[data-testid=show-named]");
        page.WaitForAssertion(() => Assert.Equal(["Stop"], page.FindAll("[data-testid=named] [data-own-words]").Select(e => e.TextContent)));
        await Press(page, "[data-testid=more]");

        page.WaitForAssertion(() => Assert.Equal(["Stop", "Narrow"], page.FindAll("[data-testid=named] [data-own-words]").Select(e => e.TextContent)));
        Assert.Empty(page.FindAll("[data-testid=more]"));
    }

    [Fact]
    public async Task A_ballot_is_called_with_its_options_and_sealed_unless_said_otherwise()
    {
        Planner = Ward.Ada;
        WasLive();
        Reply = new(9, 9);
        var page = Enter();

        await Press(page, "[data-testid=call]");
        await Write(page, "#call-question", "Image again?");
        await Write(page, "#call-options", "Yes\n\nNo\n");
        await Submit(page, "[data-testid=call-ballot]");

        page.WaitForAssertion(() => Assert.Single(Sent));
        var called = Assert.IsType<CallBallot>(Sent[0]).Terms;
        Assert.Equal(["Yes", "No"], called.Options);
        Assert.True(called.IsSealed);
    }

    [Fact]
    public void A_ranking_is_entered_the_best_first_and_a_scale_leaves_out_the_unrated()
    {
        var ranked = new WrittenEntry(Terms with { Kind = BallotKind.Ranked });
        ranked.Choose(0);
        ranked.Choose(2);
        ranked.Move(2, -1);
        Assert.Equal([2, 0], ranked.Entry.Choices.Select(c => c.Option));

        var rated = new WrittenEntry(Terms with { Kind = BallotKind.Scale });
        rated.Rate(1, 8);
        Assert.Equal(new Choice(1, 8), Assert.Single(rated.Entry.Choices));
    }

    [Fact]
    public void The_middle_rating_of_an_even_number_lies_between_two() => Assert.Equal(5.5, Shares.Median([0, 0, 0, 0, 1, 1, 0, 0, 0]));
}
