using System.Text.Json;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Server.Gateway;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>What somebody does to a session who should not, and that it goes on as if they had not.</summary>
public sealed class DisturbingRounds(TheService service)
{
    private const int Script = 10_000;
    private const int Pages = 10;

    [Fact]
    public async Task By_ten_thousand_votes_counts_one_and_is_told_to_slow_down()
    {
        await using var live = await LiveRounds.Begin(service);
        var (votes, number) = await Asked(live);
        var answers = (await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => Repeat(live.SeatPerson, votes, number)))).SelectMany(a => a).ToList();
        Assert.Equal(Script, answers.Count);
        Assert.Equal([null, Refusal.SlowDown.Code], answers.Select(a => a.Refusal?.Code).Distinct().Order());
        Assert.InRange(answers.Count(a => a.Refusal is null), HubLimits.Rates[nameof(RoundsHub.Send)].Burst, Script - 1);

        await Waiting.Until("they may ask again", async () => (await live.Seat.Send(votes, Vote(number, 1))).Refusal is null);
        Assert.Null((await live.Lead.Send(live.Topic, new CloseRounds())).Refusal);
        await Waiting.Until("what it came to is told", () => Task.FromResult(live.Lead.Events.Any(e => e.Event is BallotResulted it && it.Ballot == votes)));
        var whole = live.Lead.Events.Select(e => e.Event).OfType<BallotResulted>().Single(it => it.Ballot == votes).Result.Whole;
        Assert.Equal((1, 1, 0), (whole.Entered, whole.Options.Single().Count, whole.Options.Single().Values.Single()));
    }

    [Fact]
    public async Task By_more_votes_in_one_entry_than_there_are_is_refused_by_name()
    {
        await using var live = await LiveRounds.Begin(service);
        var (votes, number) = await Asked(live);
        Assert.Equal("too-many", (await live.Seat.Send(votes, new CastEntry(new([.. Enumerable.Range(1, Entry.VotesMax + 1).Select(i => new Choice(i, 1))])))).Refusal?.Code);
        Assert.Equal("chosen-twice", (await live.Seat.Send(votes, new CastEntry(new([new(number, 1), new(number, 1)])))).Refusal?.Code);
        Assert.Equal("not-a-vote", (await live.Seat.Send(votes, Vote(number, 10_000))).Refusal?.Code);
        Assert.Null((await live.Seat.Hub.Own(votes))!.Entry);
    }

    [Fact]
    public async Task As_a_presenter_who_was_removed_from_it_is_refused_while_it_goes_on()
    {
        await using var live = await LiveRounds.Begin(service);
        await Revise(live, live.SeatPerson, VisibilityKind.Network);
        Assert.Null((await live.Seat.Send(live.Topic, new MoveStage(new(1)))).Refusal);
        var number = (await live.Lead.Send(live.Topic, new AskQuestion("Is it common?"))).First;

        await Revise(live, live.LeadPerson, VisibilityKind.Network);

        Assert.Equal(Refusal.NotAllowed, (await live.Seat.Send(live.Topic, new MoveStage(new(0)))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await live.Seat.Send(live.Topic, new AnswerQuestion(number, "No."))).Refusal);
        await live.Seat.Tell("Point", live.Topic.ToString(), 1, 1);
        await live.Lead.Tell("Point", live.Topic.ToString(), 2, 2);
        await live.Lead.UntilTold("Signals {\"topic\":\"" + live.Topic + "\",\"pointing\":{\"x\":2,");
        Assert.DoesNotContain(live.Lead.Told, t => t.Contains("\"pointing\":{\"x\":1,", StringComparison.Ordinal));
        var state = await Now(live);
        Assert.Equal((RoundsStage.Live, new StageView(1)), (state.Stage, state.View));
        Assert.Null((await live.Lead.Send(live.Topic, new MoveStage(new(0)))).Refusal);
        Assert.Null((await live.Seat.Send(live.Topic, new AskQuestion("And now?"))).Refusal);
    }

    [Fact]
    public async Task As_a_presenter_who_came_only_to_present_and_was_removed_sees_nothing_more()
    {
        await using var live = await LiveRounds.Begin(service);
        await Revise(live, live.SeatPerson, VisibilityKind.Institution);
        Assert.Null((await live.Seat.Send(live.Topic, new MoveStage(new(1)))).Refusal);

        await Revise(live, live.LeadPerson, VisibilityKind.Institution);

        await live.Seat.UntilTold("Closed " + live.Topic);
        Assert.Equal(Refusal.NotThere, (await live.Seat.Send(live.Topic, new MoveStage(new(0)))).Refusal);
        Assert.Equal(Refusal.NotThere, (await live.Seat.Open(live.Topic)).Refusal);
        Assert.Null((await live.Lead.Send(live.Topic, new MoveStage(new(0)))).Refusal);
        Assert.Equal((RoundsStage.Live, new StageView(0)), (await Now(live)) is var state ? (state.Stage, state.View) : default);
    }

    [Fact]
    public async Task By_taking_away_the_part_on_stage_leaves_a_stage_that_can_be_moved()
    {
        await using var live = await LiveRounds.Begin(service);
        Assert.Null((await live.Lead.Send(live.Topic, new MoveStage(new(1)))).Refusal);
        Assert.Null((await live.Lead.Send(live.Topic, new ReviseRounds(live.Plan with { Agenda = [live.Plan.Agenda[0]] }, new(0)))).Refusal);
        Assert.Equal("not-on-agenda", (await live.Lead.Send(live.Topic, new MoveStage(new(1, SectionKind.History)))).Refusal?.Code);
        Assert.Null((await live.Lead.Send(live.Topic, new MoveStage(new(0)))).Refusal);
    }

    // For and against in turn, so that each says something new; from one of several pages, for all of which one limit holds.
    private async Task<Answer[]> Repeat(Somebody who, TopicId votes, int question)
    {
        await using var page = await Hearing.Of(service, who);
        return await Task.WhenAll(Enumerable.Range(0, Script / Pages).Select(i => page.Send(votes, Vote(question, i % 2 == 0 ? 1 : -1))));
    }

    private static CastEntry Vote(int question, int value) => new(new([new(question, value)]));

    // The second part is for this person to present.
    private static async Task Revise(LiveRounds live, Somebody presenter, VisibilityKind kind) => Assert.Null((await live.Lead.Send(live.Topic, new ReviseRounds(
        live.Plan with { Visibility = new(kind), Agenda = [live.Plan.Agenda[0], live.Plan.Agenda[1] with { Presenter = presenter.Id }] }, new(0)))).Refusal);

    private static async Task<RoundsState> Now(LiveRounds live) => (await live.Lead.Open(live.Topic)).State!.Value.Deserialize(Json.Context.RoundsState)!;

    private static async Task<(TopicId Votes, int Question)> Asked(LiveRounds live)
    {
        var number = (int)(await live.Lead.Send(live.Topic, new AskQuestion("Is it common?"))).First;
        var votes = TopicId.VotesOf(live.Topic);
        await Waiting.Until("votes are taken", async () => await live.Seat.Hub.Own(votes) is not null);
        return (votes, number);
    }
}
