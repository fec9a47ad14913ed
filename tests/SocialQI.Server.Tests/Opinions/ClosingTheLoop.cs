using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Opinions;

/// <summary>Opinions are given, opened and pooled; what came of the case scores each once, in the topic of who gave it, and weighs what they think next.</summary>
public sealed class ClosingTheLoop(TheService service)
{
    private static readonly Condition hlh = new("D76.2", "Hemophagocytic syndrome"), sepsis = new("A41.9", "Sepsis, unspecified organism");
    private static readonly Outcome outcome = new([hlh], [sepsis], $"Dexamethasone, says the {Overheard.Canary}.", Fared.Improved);

    private readonly Dictionary<ClinicianId, Passport> passports = [];

    private static Moment Now => Moment.Of(DateTimeOffset.UtcNow);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ITables Tables => service.Services.GetRequiredService<Stores>().Default.Tables;

    [Fact]
    public async Task Scores_each_opinion_once_for_its_author_alone_and_again_when_the_outcome_is_revised()
    {
        var (author, right, wrong, late) = (await Somebody(), await Somebody(), await Somebody(), await Somebody());
        var (topic, ballot) = await Asked(author, isNamed: true);
        await Do(right, ballot, Opinion((hlh, 70), (sepsis, 20)));
        await Do(wrong, ballot, Opinion((sepsis, 90)));
        await Open(author, topic, ballot);
        await Do(late, ballot, Opinion((hlh, 99)));
        await Do(author, topic, new RecordOutcome(outcome, new(0)));

        Assert.Equal((1, 1), await Scored(right, 1));
        Assert.Equal((1, 0), await Scored(wrong, 1));
        Assert.Equal(new TrackRecord(1, 1), (await Tables.Passport(right.Id, Stop)).Record);
        await Waiting.Until("who gave an opinion is told", async () => (await State(late)).Inbox.Any(l => l.Topic == topic && l.Reason == MentionReason.OutcomeKnown));
        Assert.Null((await State(late)).Calibration);

        await Do(author, topic, new ReviseOutcome(outcome with { Right = [sepsis], RuledOut = [hlh] }, "The culture grew.", new(0)));
        await Waiting.Until("the revised outcome takes the place of the one before", async () => (await State(wrong)).Calibration is { Right: 1 });
        Assert.Equal((1, 1), await Scored(right, 1));
        Assert.Equal((1, 1), await Scored(wrong, 1));
    }

    [Fact]
    public async Task Hands_nobody_what_was_entered_before_the_opening_however_they_ask()
    {
        var (author, one) = (await Somebody(), await Somebody());
        var (topic, ballot) = await Asked(author, isNamed: true);
        await Do(one, ballot, Opinion((sepsis, 90)));
        await Do(one, ballot, Opinion((hlh, 70)));
        await Open(author, topic, ballot);
        using var http = service.Client(author);
        var events = await http.GetFromJsonAsync<JsonElement>(new Uri($"api/topics/{ballot}/events?after=0", UriKind.Relative), Stop);
        var casts = events.EnumerateArray().Where(e => e.GetProperty("k").GetString() == "entry-cast").ToList();
        Assert.Equal(2, casts.Count);
        Assert.All(casts, e => Assert.Equal(JsonValueKind.Null, e.GetProperty("d").ValueKind));
        await using var hearing = await Hearing.Of(service, author);
        Assert.Null((await hearing.Follow(ballot)).Refusal);
        var shown = await http.GetFromJsonAsync<JsonElement>(new Uri($"api/topics/{ballot}/entries", UriKind.Relative), Stop);
        Assert.Equal("D76.2", shown.GetProperty("lines")[0].GetProperty("entry").GetProperty("opinion").GetProperty("differential")[0].GetProperty("of").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Shows_what_one_thought_before_to_oneself_alone()
    {
        var (author, one, other) = (await Somebody(), await Somebody(), await Somebody());
        var (topic, ballot) = await Asked(author, isNamed: true);
        await Do(one, ballot, Opinion((sepsis, 90)));
        await Do(other, ballot, Opinion((sepsis, 33)));
        await Do(one, ballot, Opinion((hlh, 70)));
        Assert.Equal([("D76.2", 70), ("A41.9", 90)], await Before(one, ballot));
        Assert.Equal([("A41.9", 33)], await Before(other, ballot));
        await Open(author, topic, ballot);
        Assert.Equal([("D76.2", 70), ("A41.9", 90)], await Before(one, ballot));
        Assert.Empty(await Before(author, ballot));
    }

    [Fact]
    public async Task Finds_that_two_names_are_one_diagnosis()
    {
        var (author, one) = (await Somebody(), await Somebody());
        var (_, ballot) = await Asked(author, isNamed: false);
        var answer = await Ask(one, ballot, Opinion((new(null, "heart attack"), 50), (new("I21.9", "Acute myocardial infarction"), 20)));
        Assert.Equal("same-diagnosis-twice", answer.Refusal?.Code);
        await Do(one, ballot, Opinion((new(null, "Heart  attack"), 50)));
        using var http = service.Client(one);
        var own = await http.GetFromJsonAsync<JsonElement>(new Uri($"api/topics/{ballot}/own", UriKind.Relative), Stop);
        Assert.Equal("I21.9", own.GetProperty("entry").GetProperty("opinion").GetProperty("differential")[0].GetProperty("of").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Reminds_who_was_to_tell_it_and_lists_what_is_waited_for()
    {
        var (author, teller, other) = (await Somebody(), await Somebody(), await Somebody());
        var topic = await Case(author);
        await Do(author, topic, new ExpectOutcome($"Histology of the {Overheard.Canary}", Now + TimeSpan.FromSeconds(2), teller.Id, new(0)));
        foreach (var (who, isThere) in new[] { (author, true), (teller, true), (other, false) })
        {
            await Waiting.Until($"the list {(isThere ? "has" : "has not")} it", async () => (await Awaited(who)).Contains(topic.ToString()) == isThere);
        }
        await Waiting.Until("who was to tell it is reminded", async () => (await State(teller)).Inbox.Any(l => l.Topic == topic && l.Reason == MentionReason.OutcomeOverdue));
        await Do(teller, topic, new RecordOutcome(outcome, new(0)));
        await Waiting.Until("nothing is waited for", async () => !(await Awaited(author)).Contains(topic.ToString()));
    }

    private async Task<IEnumerable<(string?, int?)>> Before(Somebody who, TopicId ballot)
    {
        using var http = service.Client(who);
        var before = Json.Decode<EntryBefore[]>(await http.GetByteArrayAsync(new Uri($"api/topics/{ballot}/own/before", UriKind.Relative), Stop));
        return [.. before.Select(b => b.Entry.Opinion!.Differential[0]).Select(d => (d.Of.Code, d.Confidence))];
    }

    private async Task<IEnumerable<string?>> Awaited(Somebody who)
    {
        using var http = service.Client(who);
        return [.. (await http.GetFromJsonAsync<JsonElement>(new Uri("api/outcomes?take=200", UriKind.Relative), Stop)).GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("case").GetString())];
    }

    private async Task<Somebody> Somebody()
    {
        var who = await service.Register(TheService.NorthHarbour);
        passports[who.Id] = await Tables.Passport(who.Id, Stop);
        return who;
    }

    private async Task<TopicId> Case(Somebody author)
    {
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await Do(author, topic, new StartCase($"Fever of the {Overheard.Canary}", "What is it?"));
        await Do(author, topic, new OpenCase(new Visibility(VisibilityKind.Network), new(0)));
        return topic;
    }

    private async Task<(TopicId Case, TopicId Ballot)> Asked(Somebody author, bool isNamed)
    {
        var (topic, key) = (await Case(author), Guid.CreateVersion7());
        await Do(author, topic, new CallBallot(key, new BallotTerms(BallotKind.Differential, "What is it?", IsNamed: isNamed), new(0)));
        var ballot = TopicId.BallotOf(topic, key);
        await Waiting.Until("opinions are taken", async () => (await service.Grains.Topic(ballot).Show()).Number > 0);
        return (topic, ballot);
    }

    private async Task Open(Somebody author, TopicId topic, TopicId ballot)
    {
        await Do(author, topic, new EndBallot(ballot, "Enough of us have answered."));
        await Waiting.Until("all are open", async () => Json.Decode<CaseState>((await service.Grains.Topic(topic).Show()).State).Ballots[0].Result is not null);
    }

    private async Task<(int Cases, int Right)> Scored(Somebody who, int cases)
    {
        await Waiting.Until("the opinion is scored", async () => (await State(who)).Calibration?.Cases == cases);
        var calibration = (await State(who)).Calibration!;
        return (calibration.Cases, calibration.Right);
    }

    private async Task<ClinicianState> State(Somebody who) => Json.Decode<ClinicianState>((await service.Grains.Topic(who.Id.Topic).Show()).State);

    private async Task Do(Somebody who, TopicId topic, Command command) => Assert.Null((await Ask(who, topic, command)).Refusal);

    private Task<Answer> Ask(Somebody who, TopicId topic, Command command) => service.Grains.Ask(topic, Guid.CreateVersion7(), command, passports[who.Id], Now);

    private static CastEntry Opinion(params (Condition Of, int? Sure)[] differential) =>
        new(new Entry(default, null, new([.. differential.Select(d => new Diagnosis(d.Of, d.Sure))])), new(0));
}
