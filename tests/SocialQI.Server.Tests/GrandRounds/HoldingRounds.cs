using System.Text.Json;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.GrandRounds;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>A session held by people of two hospitals over the hub, with its ballots, questions and record.</summary>
public sealed class HoldingRounds(TheService service)
{
    private static readonly BallotTerms terms = new(BallotKind.SingleChoice, "What next?", ["Lumbar puncture", "Bone marrow"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_sealed_entries_and_tells_the_result_to_all_with_the_closing()
    {
        await using var live = await LiveRounds.Begin(service);
        var ballot = await live.Call(terms);
        Assert.Equal(new Answer(0, 0), await live.Seat.Send(ballot, new CastEntry(new Entry([new(0)]))));
        Assert.Equal(new Answer(0, 0), await live.Seat.Send(ballot, new CastEntry(new Entry([new(1)]))));
        Assert.Equal(new Answer(0, 0), await live.Lead.Send(ballot, new CastEntry(new Entry([new(1)]))));
        Assert.Equal([1], (await live.Seat.Ask<OwnBallot>("Own", ballot.ToString())).Entry!.Choices.Select(c => c.Option));
        Assert.Equal(Refusal.NotThere, (await live.Seat.Open(ballot)).Refusal);
        Assert.DoesNotContain(live.Seat.Told, t => t.Contains("totals", StringComparison.Ordinal));

        Assert.Null((await live.Lead.Send(live.Topic, new EndBallot(ballot, "All have spoken."))).Refusal);
        await Waiting.Until("the result arrives", () => Task.FromResult(live.Seat.Events.Any(e => e.Event is BallotResulted)));
        var told = live.Seat.Events.Select(e => e.Event).OfType<BallotResulted>().Single();
        Assert.Equal((ballot, ClosingGround.Moderator, 2), (told.Ballot, told.Ground, told.Result.Whole.Entered));
        Assert.Equal([0, 2], told.Result.Whole.Options.Select(o => o.Count));
        Assert.Equal("ballot-closed", (await live.Seat.Send(ballot, new CastEntry(new Entry([new(0)])))).Refusal!.Code);
        // Without names there is nothing more to see than the result.
        Assert.Equal(Refusal.NotThere, (await live.Seat.Open(ballot)).Refusal);
    }

    [Fact]
    public async Task Tells_totals_of_what_is_not_sealed_as_they_grow_and_opens_named_entries_when_it_is_closed()
    {
        await using var live = await LiveRounds.Begin(service);
        var ballot = await live.Call(terms with { IsSealed = false, IsNamed = true, ClosesAfter = 2 });
        await live.Seat.Send(ballot, new CastEntry(new Entry([new(0)])));
        await Waiting.Until("the total arrives", () => Task.FromResult(live.Lead.Told.Any(t => t.Contains($"\"ballot\":\"{ballot}\"", StringComparison.Ordinal) && t.Contains("\"entered\":1", StringComparison.Ordinal))));
        Assert.Equal(Refusal.NotThere, (await live.Lead.Open(ballot)).Refusal);
        await live.Lead.Send(ballot, new CastEntry(new Entry([new(1)])));
        await Waiting.Until("the ballot is open to see", async () => (await live.Lead.Open(ballot)).Refusal is null);
        var shown = (await live.Lead.Open(ballot)).State!.Value.Deserialize(Json.Context.BallotState)!;
        Assert.Equal([(live.SeatPerson.Id, 0), (live.LeadPerson.Id, 1)], shown.Entries.Select(e => (e.By, e.Entry.Choices[0].Option)));

        // Who may no longer see the session may no longer see how it voted.
        Assert.Null((await live.Lead.Send(live.Topic, new ReviseRounds(live.Plan with { Visibility = new(VisibilityKind.Institution) }, new(0)))).Refusal);
        await Waiting.Until("the ballot is shut to the other hospital", async () => (await live.Seat.Open(ballot)).Refusal == Refusal.NotThere);
        Assert.Null((await live.Lead.Open(ballot)).Refusal);
    }

    [Fact]
    public async Task Tells_who_said_what_to_who_may_see_it_once_it_is_closed()
    {
        await using var live = await LiveRounds.Begin(service);
        var (named, nameless) = (await live.Call(terms with { IsNamed = true }), await live.Call(terms));
        foreach (var ballot in new[] { named, nameless })
        {
            await live.Seat.Send(ballot, new CastEntry(new Entry([new(0)])));
            Assert.Equal(("not-there", null), await Entries(live.LeadPerson, ballot));
            Assert.Null((await live.Lead.Send(live.Topic, new EndBallot(ballot, "All have spoken."))).Refusal);
        }
        await Waiting.Until("both are closed", () => Task.FromResult(live.Seat.Events.Count(e => e.Event is BallotResulted) == 2));
        await Waiting.Until("the named one is open to see", async () => (await Entries(live.LeadPerson, named)).Refusal is null);
        Assert.Equal([live.SeatPerson.Id], (await Entries(live.LeadPerson, named)).Told!.Lines.Select(l => l.By));
        Assert.Empty((await Entries(live.LeadPerson, named, "?after=1")).Told!.Lines);
        Assert.Equal(("not-a-place-in-the-list", null), await Entries(live.LeadPerson, named, "?after=-1"));
        Assert.Equal(("not-there", null), await Entries(live.LeadPerson, nameless));
        Assert.Equal(("not-there", null), await Entries(live.LeadPerson, live.Topic));

        Assert.Null((await live.Lead.Send(live.Topic, new ReviseRounds(live.Plan with { Visibility = new(VisibilityKind.Institution) }, new(0)))).Refusal);
        await Waiting.Until("it is shut to the other hospital", async () => (await Entries(live.SeatPerson, named)).Refusal == "not-there");
    }

    [Fact]
    public async Task Closes_a_ballot_when_its_time_is_over()
    {
        await using var live = await LiveRounds.Begin(service);
        var ballot = await live.Call(terms with { ClosesAt = Moment.Of(DateTimeOffset.UtcNow) + TimeSpan.FromSeconds(2) });
        await live.Seat.Send(ballot, new CastEntry(new Entry([new(0)])));
        await Waiting.Until("it closes by itself", () => Task.FromResult(live.Seat.Events.Any(e => e.Event is BallotResulted { Ground: ClosingGround.Time, Result.Whole.Entered: 1 })));
    }

    [Fact]
    public async Task Sends_nobody_the_name_of_who_asks_anonymously_or_that_they_write()
    {
        await using var live = await LiveRounds.Begin(service);
        await live.Seat.Tell("Signal", live.Topic.ToString(), "typing");
        Assert.Null((await live.Seat.Send(live.Topic, new AskQuestion("Is it common?", IsAnonymous: true))).Refusal);
        await Waiting.Until("the question arrives", () => Task.FromResult(live.Lead.Events.Any(e => e.Event is AnonymousQuestionAsked)));
        var asked = live.Lead.Events.Single(e => e.Event is AnonymousQuestionAsked);
        Assert.Equal((ClinicianId.Operator, null), (asked.By, asked.For));
        Assert.DoesNotContain(live.Lead.Told, t => t.Contains("typing", StringComparison.Ordinal));
        using var http = service.Client(live.LeadPerson);
        var raw = await http.GetStringAsync($"api/topics/{live.Topic}/events", Stop);
        var opened = await http.GetStringAsync($"api/topics/{live.Topic}", Stop);
        Assert.DoesNotContain(live.SeatPerson.Id.ToString(), raw + opened, StringComparison.Ordinal);
        // Only the record of acts knows, for who keeps privacy.
        var stored = await service.Journal.Read(live.Topic, asked.N, 1, Stop);
        Assert.Equal(live.SeatPerson.Id, stored[0].By);
    }

    [Fact]
    public async Task Votes_on_all_questions_by_one_ballot_and_keeps_what_they_came_to()
    {
        await using var live = await LiveRounds.Begin(service);
        var number = (await live.Seat.Send(live.Topic, new AskQuestion("Is it common?"))).First;
        var votes = TopicId.VotesOf(live.Topic);
        await Waiting.Until("votes are taken", async () => await live.Seat.Hub.Own(votes) is not null);
        Assert.Null((await live.Seat.Send(votes, new CastEntry(new Entry([new((int)number, 1)])))).Refusal);
        Assert.Null((await live.Lead.Send(votes, new CastEntry(new Entry([new((int)number, -1)])))).Refusal);
        await Waiting.Until("the count arrives", () => Task.FromResult(live.Seat.Told.Any(t => t.Contains("\"values\":[1]", StringComparison.Ordinal))));
        Assert.Null((await live.Lead.Send(live.Topic, new CloseRounds())).Refusal);
        await Waiting.Until("it stays", () => Task.FromResult(live.Seat.Events.Any(e => e.Event is BallotResulted it && it.Ballot == votes && it.Result.Whole.Options is [{ Count: 1, Values: [1] }])));
    }

    [Fact]
    public async Task Tells_who_leads_and_nobody_else_who_attended()
    {
        await using var live = await LiveRounds.Begin(service);
        var attendance = TopicId.AttendanceOf(live.Topic);
        await Waiting.Until("attendance is kept", async () => (await live.Lead.Open(attendance)).Refusal is null);
        Assert.Equal(Refusal.NotThere, (await live.Seat.Open(attendance)).Refusal);
        Assert.Null((await live.Lead.Send(live.Topic, new CloseRounds())).Refusal);
        await Waiting.Until("the sum arrives", () => Task.FromResult(live.Seat.Events.Any(e => e.Event is AttendanceSummed)));
    }

    [Fact]
    public async Task Points_only_for_who_leads_or_presents()
    {
        await using var live = await LiveRounds.Begin(service);
        await live.Seat.Tell("Point", live.Topic.ToString(), 1, 1);
        await live.Lead.Tell("Point", live.Topic.ToString(), 2_000, 250);
        await Waiting.Until("the point arrives", () => Task.FromResult(live.Seat.Told.Any(t => t.Contains("\"pointing\":{\"x\":1000,\"y\":250}", StringComparison.Ordinal))));
        Assert.DoesNotContain(live.Seat.Told, t => t.Contains("\"x\":1,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plans_a_series_at_the_same_time_on_the_wall()
    {
        var lead = await service.Register(TheService.NorthHarbour);
        await using var hearing = await Hearing.Of(service, lead);
        var topic = TopicId.Rounds(TheService.NorthHarbour, Guid.CreateVersion7());
        var year = DateTime.UtcNow.Year + 1;
        var local = $"{year}-03-24T07:00";
        Assert.Null((await hearing.Send(topic, new PlanRounds(LiveRounds.PlanOf(lead) with { Local = local }, new Repeat(1, 3), Attestation: new(0)))).Refusal);
        var second = SocialQI.Grains.Keeping.DerivedId.Of(topic, 1);
        await Waiting.Until("the second is planned", async () => (await hearing.Open(TopicId.Rounds(TheService.NorthHarbour, second))).Refusal is null);
        var state = (await hearing.Open(TopicId.Rounds(TheService.NorthHarbour, second))).State!.Value.Deserialize(Json.Context.RoundsState)!;
        Assert.Equal((topic, lead.Id, $"{year}-03-31T07:00"), (state.Series!.Value, state.Planner, state.Plan!.Local));
        // The clocks of London go forward on the last Sunday of March.
        Assert.Equal(6, state.At.Time.Hour);
        Assert.True(state.IsLedBy(lead.Id));
    }

    [Fact]
    public async Task Leaves_what_was_not_answered_with_the_case_that_was_on_stage()
    {
        await using var live = await LiveRounds.Begin(service);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(live.LeadPerson, topic, new StartCase($"Fever of the {Overheard.Canary}", "What is it?"));
        await service.Done(live.LeadPerson, topic, new OpenCase(new Visibility(VisibilityKind.Network), new(0)));
        Assert.Null((await live.Lead.Send(live.Topic, new ReviseRounds(live.Plan with { Agenda = [live.Plan.Agenda[0] with { Case = topic }] }, new(0)))).Refusal);
        var first = (await live.Seat.Send(live.Topic, new AskQuestion("Is it common?"))).First;
        var second = (await live.Seat.Send(live.Topic, new AskQuestion("Is it treated?", IsAnonymous: true))).First;
        var third = (await live.Seat.Send(live.Topic, new AskQuestion("Is it rare?"))).First;
        Assert.Null((await live.Lead.Send(live.Topic, new AnswerQuestion(third))).Refusal);
        Assert.Null((await live.Lead.Send(live.Topic, new CloseRounds())).Refusal);
        await live.Seat.Follow(topic);
        await Waiting.Until("they stand in the case", () => Task.FromResult(live.Seat.Events.Any(e => e.Event is QuestionsLeft)));
        var left = live.Seat.Events.Select(e => e.Event).OfType<QuestionsLeft>().Single();
        Assert.Equal([(first, (ClinicianId?)live.SeatPerson.Id), (second, null)], left.Questions.Select(q => (q.Number, q.By)));
    }

    [Fact]
    public async Task Tells_the_inbox_of_who_is_late_with_an_action()
    {
        await using var live = await LiveRounds.Begin(service);
        Assert.Null((await live.Lead.Send(live.Topic, new RecordAction("Ask the laboratory.", live.SeatPerson.Id, Moment.Of(DateTimeOffset.UtcNow) + TimeSpan.FromSeconds(1)))).Refusal);
        await live.Seat.Follow(live.SeatPerson.Id.Topic);
        await Waiting.Until("it stands in the inbox", () => Task.FromResult(live.Seat.Events.Any(e => e.Event is Mentioned { Reason: MentionReason.Action } note && note.Topic == live.Topic)));
    }

    private async Task<(string? Refusal, Listed<EntryShown>? Told)> Entries(Somebody who, TopicId ballot, string after = "")
    {
        using var http = service.Client(who);
        using var answer = await http.GetAsync($"api/topics/{ballot}/entries{after}", Stop);
        return (await answer.Code(), answer.IsSuccessStatusCode ? Json.Decode<Listed<EntryShown>>(await answer.Content.ReadAsByteArrayAsync(Stop)) : null);
    }
}
