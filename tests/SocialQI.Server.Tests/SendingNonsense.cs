using System.Net;
using Microsoft.AspNetCore.SignalR;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>What cannot be done is refused by name, at the hub and at the API alike; nothing of it is kept, and the service goes on.</summary>
public sealed class SendingNonsense(TheService service) : IAsyncLifetime
{
    private const string Quetzal = Overheard.Canary;

    private Somebody ada = null!;
    private Somebody stranger = null!;
    private TopicId topic;

    public async ValueTask InitializeAsync()
    {
        ada = await service.Register(TheService.NorthHarbour);
        stranger = await service.Register(TheService.Thornmere);
        topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartCase($"Fever, {Quetzal}", $"Is it {Quetzal}?"));
        await service.Done(ada, topic, new OpenCase(new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        await service.Done(ada, topic, new PostContribution(ContributionKind.Comment, $"Since noon, {Quetzal}."));
        await service.Done(ada, topic, new PostContribution(ContributionKind.Comment, $"Wrong bed, {Quetzal}."));
        await service.Done(ada, topic, new WithdrawContribution(4));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("empty", """{"k":"post-contribution","contribution":"comment","text":""}""")]
    [InlineData("empty", """{"k":"post-contribution","contribution":"comment","text":" \n "}""")]
    [InlineData("bad-characters", """{"k":"post-contribution","contribution":"comment","text":"Quetzal \u0000"}""")]
    [InlineData("bad-characters", """{"k":"post-contribution","contribution":"comment","text":"Quetzal \u001b[2J"}""")]
    [InlineData("bad-characters", """{"k":"post-contribution","contribution":"comment","text":"Quetzal \u202e gnp.exe"}""")]
    [InlineData("bad-characters", """{"k":"post-contribution","contribution":"comment","text":"Quetzal \u2066"}""")]
    [InlineData("bad-characters", """{"k":"post-contribution","contribution":"comment","text":"Quetzal \ufeff"}""")]
    [InlineData("bad-characters", """{"k":"revise-case","title":"Quetzal\nQuetzal","question":"Quetzal?"}""")]
    [InlineData("too-long", """{"k":"close-case","learned":"LONG"}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"comment","text":"Quetzal \ud800"}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"shout","text":"Quetzal"}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":0,"text":"Quetzal"}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"comment"}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"comment","text":null}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"comment","text":["Quetzal"]}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"comment","text":"Quetzal","mentions":["Quetzal"]}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"comment","text":"Quetzal","replyTo":"Quetzal"}""")]
    [InlineData("malformed", """{"k":"post-contribution","contribution":"comment","text":"Quetzal","replyTo":99999999999999999999}""")]
    [InlineData("malformed", """{"k":"quetzal","text":"Quetzal"}""")]
    [InlineData("malformed", """{"k":7}""")]
    [InlineData("malformed", """{"text":"Quetzal"}""")]
    [InlineData("malformed", """{}""")]
    [InlineData("malformed", "[]")]
    [InlineData("malformed", "null")]
    [InlineData("malformed", "7")]
    [InlineData("malformed", "\"Quetzal\"")]
    [InlineData("malformed", """{"k":"react","number":3,"reaction":"quetzal"}""")]
    [InlineData("malformed", """{"k":"open-case","visibility":null}""")]
    [InlineData("wrong-kind-of-topic", """{"k":"request-to-join"}""")]
    [InlineData("contribution-withdrawn", """{"k":"post-contribution","contribution":"comment","text":"Quetzal?","replyTo":4}""")]
    [InlineData("contribution-withdrawn", """{"k":"react","number":4,"reaction":"agree"}""")]
    [InlineData("no-such-contribution", """{"k":"react","number":-9223372036854775808,"reaction":"agree"}""")]
    [InlineData("no-such-contribution", """{"k":"withdraw-contribution","number":2}""")]
    [InlineData("no-such-event", """{"k":"redact-text","number":99,"ground":"law"}""")]
    [InlineData("out-of-range", """{"k":"add-fact","day":45001,"text":"Quetzal"}""")]
    [InlineData("already-there", """{"k":"start-hallway","line":"Quetzal","visibility":{"kind":"network"},"attestation":{"kept":0}}""")]
    public async Task Is_refused_by_name(string code, string command)
    {
        var sent = command.Replace("LONG", string.Concat(Enumerable.Repeat(Quetzal, (CaseState.ReasonLengthMax / Quetzal.Length) + 1)), StringComparison.Ordinal);
        var who = code == "no-such-event" ? await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator) : ada;
        using var http = service.Client(who);
        using var answer = await http.AskRaw(topic.ToString(), sent);
        Assert.Equal(code, await answer.Code());
        Assert.InRange((int)answer.StatusCode, 400, 499);
        // A lone surrogate is refused by the client's own writer.
        if (!sent.Contains("\\ud800", StringComparison.Ordinal))
        {
            await using var hearing = await Hearing.Of(service, who);
            Assert.Equal(code, (await hearing.SendRaw(topic.ToString(), sent)).Refusal?.Code);
        }
        await NothingHappened();
    }

    [Fact]
    public async Task To_a_closed_case_is_refused()
    {
        await service.Done(ada, topic, new CloseCase($"It was {Quetzal}."));
        await IsRefused("case-closed", ada, topic.ToString(), Say);
    }

    [Fact]
    public Task By_who_may_not_see_it_finds_nothing_there() => IsRefused("not-there", stranger, topic.ToString(), Say);

    [Fact]
    public async Task By_who_is_no_member_is_refused()
    {
        var community = new CommunityId(Guid.CreateVersion7()).Topic;
        await service.Done(ada, community, new Communities.FoundCommunity($"Sepsis, {Quetzal}", $"The first hour of {Quetzal}."));
        await IsRefused("not-a-member", stranger, community.ToString(), $$"""{"k":"invite-clinician","guest":"{{stranger.Id}}"}""");
    }

    [Fact]
    public Task To_what_does_not_exist_finds_nothing_there() => IsRefused("not-there", ada, $"case.north-harbour.open.{Guid.CreateVersion7():n}", Say);

    [Fact]
    public async Task To_a_privileged_topic_finds_nothing_there()
    {
        var privileged = $"case.north-harbour.privileged.{Guid.CreateVersion7():n}";
        await IsRefused("not-there", ada, privileged, Say);
        await IsRefused("not-there", ada, privileged, """{"k":"start-case","title":"Quetzal","question":"Quetzal?"}""");
        using var http = service.Client(ada);
        foreach (var address in new[] { "", "/page?before=9", "/contributions/1/revisions", $"/commands/{Guid.CreateVersion7()}" })
        {
            using var answer = await http.GetAsync($"api/topics/{privileged}{address}", TestContext.Current.CancellationToken);
            Assert.Equal("not-there", await answer.Code());
        }
        await using var hearing = await Hearing.Of(service, ada);
        Assert.Equal(Refusal.NotThere, (await hearing.Open(TopicId.Parse(privileged))).Refusal);
        Assert.Equal(Refusal.NotThere, (await hearing.Follow(TopicId.Parse(privileged))).Refusal);
    }

    [Fact]
    public async Task With_an_id_that_was_used_for_something_else_is_refused()
    {
        var id = Guid.CreateVersion7();
        await using var hearing = await Hearing.Of(service, ada);
        var said = new PostContribution(ContributionKind.Comment, $"Noon, {Quetzal}.");
        var first = await hearing.Send(topic, said, id);
        Assert.Equal(first, await hearing.Send(topic, said, id));
        Assert.Equal(Refusal.CommandIdReused, (await hearing.Send(topic, said with { Text = $"Midnight, {Quetzal}." }, id)).Refusal);
        using var http = service.Client(ada);
        using var answer = await http.Ask(topic, new WithdrawContribution(3), id);
        Assert.Equal("command-id-reused", await answer.Code());
    }

    [Fact]
    public async Task With_an_id_of_zeros_is_refused()
    {
        await using var hearing = await Hearing.Of(service, ada);
        Assert.Equal(Refusal.MalformedCommandId, (await hearing.Send(topic, new WithdrawContribution(3), Guid.Empty)).Refusal);
        await NothingHappened();
    }

    [Theory]
    [InlineData("nonsense", "00000000-0000-0000-0000-000000000001")]
    [InlineData("case.north-harbour.open.1", "00000000-0000-0000-0000-000000000001")]
    [InlineData("community.north-harbour.open.0192f5a0c0de70008000000000005e95", "00000000-0000-0000-0000-000000000001")]
    [InlineData("TOPIC", "nonsense")]
    [InlineData("TOPIC", "")]
    public async Task With_a_name_or_an_id_that_is_none_fails_that_call_alone(string name, string id)
    {
        var named = name.Replace("TOPIC", topic.ToString(), StringComparison.Ordinal);
        await using var hearing = await Hearing.Of(service, ada);
        await Assert.ThrowsAsync<HubException>(() => hearing.SendRaw(named, Say, id));
        Assert.Null((await hearing.Open(topic)).Refusal);
        using var http = service.Client(ada);
        using var answer = await http.PostAsync($"api/topics/{named}/commands", Http.JsonOf($$"""{"id":"{{id}}","command":{{Say}}}"""), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        await NothingHappened();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Quetzal")]
    [InlineData("nQuetzal")]
    [InlineData("{\"id\":\"00000000-0000-0000-0000-000000000001\",\"command\":tQuetzal}")]
    [InlineData("{\"id\":\"00000000-0000-0000-0000-000000000001\",\"command\":{\"Quetzal\":}}")]
    [InlineData("{\"id\":\"00000000-0000-0000-0000-000000000001\"}")]
    [InlineData("{\"command\":{\"k\":\"withdraw-contribution\",\"number\":3}}")]
    [InlineData("{\"id\":\"Quetzal\",\"command\":{}}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("DEEP")]
    public async Task That_is_no_JSON_or_not_this_is_a_bad_request(string body)
    {
        using var http = service.Client(ada);
        var deep = "{\"id\":\"00000000-0000-0000-0000-000000000001\",\"command\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        using var answer = await http.PostAsync($"api/topics/{topic}/commands", Http.JsonOf(body == "DEEP" ? deep : body), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, "unreadable"), (answer.StatusCode, await answer.Code()));
        await NothingHappened();
    }

    [Theory]
    [InlineData("{\"text\":null}")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"Quetzal\"")]
    [InlineData("{\"text\":7}")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    [InlineData("")]
    public async Task That_looks_for_nothing_that_is_a_text_has_a_name_too(string body)
    {
        using var http = service.Client(ada);
        foreach (var door in (string[])["api/search", "api/jump"])
        {
            using var answer = await http.PostAsync(door, Http.JsonOf(body), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.BadRequest, "unreadable"), (answer.StatusCode, await answer.Code()));
            using var plain = await http.PostAsync(door, new StringContent("Quetzal"), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unreadable"), (plain.StatusCode, await plain.Code()));
        }
    }

    [Fact]
    public async Task That_is_larger_than_a_body_may_be_is_refused()
    {
        using var http = service.Client(ada);
        using var answer = await http.AskRaw(topic.ToString(), $$"""{"k":"close-case","learned":"{{new string('x', Api.ApiEndpoints.CommandBytesMax)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await NothingHappened();
    }

    private const string Say = """{"k":"post-contribution","contribution":"comment","text":"Quetzal"}""";

    private async Task IsRefused(string code, Somebody who, string named, string command)
    {
        using var http = service.Client(who);
        using var answer = await http.AskRaw(named, command);
        Assert.Equal(code, await answer.Code());
        await using var hearing = await Hearing.Of(service, who);
        Assert.Equal(code, (await hearing.SendRaw(named, command)).Refusal?.Code);
    }

    private async Task NothingHappened()
    {
        using var http = service.Client(ada);
        using var answer = await http.GetAsync($"api/topics/{topic}", TestContext.Current.CancellationToken);
        Assert.Equal(5, Json.Decode<Wire.OpenedTopic>(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Number);
        Assert.Equal(5, (await service.Journal.Head(topic, TestContext.Current.CancellationToken))!.Number);
    }
}
