using Bunit;
using SocialQI.Ballots;
using SocialQI.Client.GrandRounds;
using SocialQI.GrandRounds;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public sealed class ReadingTheMinutes : RoundsScreen
{
    [Fact]
    public void The_record_holds_what_was_decided_asked_voted_and_who_is_to_do_what()
    {
        WasOver();
        var page = Open();

        Assert.Contains("Stop at 48 hours.", page.Find("[data-testid=decision]").TextContent);
        page.WaitForAssertion(() => Assert.Contains("Dr 00000002", page.Find("[data-testid=action]").TextContent));
        Assert.Contains("Who calls on day 4?", page.Find("#r-questions").ParentElement!.TextContent);
        Assert.Contains("70 %", page.Find("[data-testid=ballot]").TextContent);
        Assert.Contains("12 came", page.Find("[data-testid=attendance]").TextContent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Names_and_minutes_are_for_those_who_lead(bool leads)
    {
        Attendance = Attendance with { Attended = [new(Ben, Harbour, null, 1_800_000_000)] };
        Planner = leads ? Ada : Ben;
        WasOver();
        var page = Open();

        page.WaitForAssertion(() => Assert.Equal(leads ? ["30"] : [], page.FindAll("[data-testid=names] td:last-child").Select(td => td.TextContent)));
    }

    [Fact]
    public void A_session_that_goes_on_says_that_its_record_is_not_done()
    {
        WasLive();

        IsShown(Open(), "[data-testid=not-closed]");
    }

    [Fact]
    public async Task The_owner_of_an_action_settles_it_after_the_session()
    {
        WasLive();
        Was(new ActionRecorded("Write the order set.", Ada, new Moment(4_000_000_000_000_000)), new RoundsClosed());
        Reply = new(9, 9);
        var page = Enter();

        await Press(page, "[data-testid=settle]");
        await Write(page, "[data-testid=settle-form] textarea", "Done.");
        await Submit(page, "[data-testid=settle-form]");

        page.WaitForAssertion(() => Assert.Equal(new SettleAction(4, "Done."), Assert.Single(Sent)));
    }

    [Fact]
    public void The_big_screen_shows_a_sealed_ballot_without_bars_and_how_to_join()
    {
        WasLive(Part("Welcome"));
        Was(new BallotCalled(Poll, Terms));
        Rounds.WentUp(Me());
        var page = Render<ScreenPage>(p => p.Add(r => r.Name, Noon.ToString()));

        IsShown(page, "[data-testid=options]");
        Assert.Empty(page.FindAll("[data-testid=bars], button, input"));
        Assert.Equal(ShortCode.Of(Noon), page.Find("[data-testid=code]").TextContent.Replace(" ", ""));
    }

    private void WasOver()
    {
        WasLive(Part("Welcome"));
        Was(
            new QuestionAsked("Who calls on day 4?"), new DecisionRecorded("Stop at 48 hours."), new ActionRecorded("Write the order set.", Ben, new Moment(1_800_000_000_000_000)),
            new BallotCalled(Poll, Terms), new BallotResulted(Poll, ClosingGround.Over, ResultOf(2, 7, 1)), new RoundsClosed(), new AttendanceSummed(new(12, 540, [new(Harbour, 9)])));
    }

    private IRenderedComponent<RecordPage> Open()
    {
        Rounds.WentUp(Me());
        var page = Render<RecordPage>(p => p.Add(r => r.Name, Noon.ToString()));
        page.WaitForElement("h1");
        return page;
    }
}
