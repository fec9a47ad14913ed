using System.Net;
using System.Text.Json;
using SocialQI.GrandRounds;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn;
using SocialQI.Server.Tests.Auditing;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>Sessions in lists, and the way to one by the six digits on a screen.</summary>
public sealed class FindingASession(TheService service)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_list_follows_it_through_its_life_for_who_may_see_it()
    {
        var (ada, ben, stranger) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere));
        var session = await Session.Of(service, ada);
        Assert.True(Assert.Single(await Session.Listed(service, ada, RoundsWhen.Coming), l => l.Rounds == session.Topic).IsMine);
        Assert.False(Assert.Single(await Session.Listed(service, ben, RoundsWhen.Coming), l => l.Rounds == session.Topic).IsMine);

        await session.Do(new OpenLobby());
        await session.IsListed(RoundsWhen.On);
        await session.Do(new CloseRounds());
        await session.IsListed(RoundsWhen.Past);
        foreach (var when in Enum.GetValues<RoundsWhen>())
        {
            Assert.DoesNotContain(await Session.Listed(service, stranger, when), l => l.Rounds == session.Topic);
        }
    }

    [Fact]
    public async Task In_the_demonstration_is_one_that_two_hospitals_hold_with_a_case_in_each_part()
    {
        var (imani, ines, stranger) = (await service.Demo("imani.cole"), await service.Demo("ines.falkner"), await service.Register(InstitutionId.Parse("skerry-point")));
        await Waiting.Until("it is listed", async () => (await Session.Listed(service, ines, RoundsWhen.Coming)).Any(l => l.IsMine));
        var line = Assert.Single(await Session.Listed(service, ines, RoundsWhen.Coming), l => l.IsMine);
        await using var hearing = await Hearing.Of(service, imani);
        var state = (await hearing.Open(line.Rounds)).State!.Value.Deserialize(Json.Context.RoundsState)!;
        Assert.Equal(TheService.NorthHarbour, line.Rounds.Home);
        Assert.Equal([TheService.Thornmere], state.Plan!.Hosts);
        Assert.True(state.IsLedBy(imani.Id) && state.IsLedBy(ines.Id));
        foreach (var part in state.Plan.Agenda)
        {
            Assert.Null((await hearing.Open(part.Case!.Value)).Refusal);
        }
        Assert.Equal(2, state.Plan.Agenda.Length);
        await using var other = await Hearing.Of(service, stranger);
        Assert.Equal(Refusal.NotThere, (await other.Open(line.Rounds)).Refusal);
    }

    [Theory]
    [InlineData("never", "not-a-list-of-sessions")]
    [InlineData("coming&after=nowhere", "not-a-place-in-the-list")]
    public async Task In_no_such_list_is_refused_by_name(string when, string code)
    {
        using var http = service.Client(await service.Register(TheService.NorthHarbour));
        using var answer = await http.GetAsync("api/rounds?when=" + when, Stop);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (answer.StatusCode, await answer.Code()));
    }

    [Fact]
    public async Task By_its_code_is_for_who_may_see_it_while_it_is_on()
    {
        var (ada, ben, stranger) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere));
        var session = await Session.Of(service, ada);
        var code = ShortCode.Of(session.Topic);
        Assert.Equal(HttpStatusCode.NotFound, (await Join(ben, code)).Status);

        await session.Do(new OpenLobby());
        await session.IsListed(RoundsWhen.On);
        Assert.Equal(session.Topic, (await Join(ben, code)).Rounds);
        var (refused, guessed) = (await Join(stranger, code), await Join(stranger, Another(code)));
        Assert.Equal((HttpStatusCode.NotFound, guessed.Told), (refused.Status, refused.Told));

        await session.Do(new CloseRounds());
        await session.IsListed(RoundsWhen.Past);
        Assert.Equal(HttpStatusCode.NotFound, (await Join(ben, code)).Status);
        var kept = await AuditTable.Of(service, ben, stranger);
        Assert.Equal(["not-there", "ok", "not-there"], kept.Where(k => k.Act == Acts.JoinRounds && k.Who == ben.Id.ToString()).Select(k => k.Result));
        Assert.DoesNotContain(kept, k => k.ToString().Replace(k.Place, "", StringComparison.Ordinal).Contains($" {code}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12 456")]
    [InlineData("١٢٣٤٥٦")]
    [InlineData("")]
    public async Task By_what_is_no_code_is_refused_by_name(string code)
    {
        var joined = await Join(await service.Register(TheService.NorthHarbour), code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, joined.Status);
        Assert.Contains("not-a-code", joined.Told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_trying_codes_is_ended_after_a_few()
    {
        var (guessing, other) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var tried = new List<HttpStatusCode>();
        for (var i = 0; i < 100; i++)
        {
            var joined = await Join(guessing, i.ToString("d6", System.Globalization.CultureInfo.InvariantCulture));
            tried.Add(joined.Status);
            Assert.Equal(joined.Status == HttpStatusCode.TooManyRequests, joined.Told.Contains("Retry-After", StringComparison.Ordinal));
        }
        // A minute may end while they are tried.
        Assert.InRange(tried.Count(s => s != HttpStatusCode.TooManyRequests), Limits.CodesPerMinute, 3 * Limits.CodesPerMinute);
        Assert.Equal(HttpStatusCode.NotFound, (await Join(other, "000000")).Status);
    }

    private static string Another(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];

    private async Task<(HttpStatusCode Status, TopicId? Rounds, string Told)> Join(Somebody who, string code)
    {
        using var http = service.Client(who);
        using var answer = await http.PostAsync("api/rounds/join", Http.JsonOf($$"""{"code":"{{code}}"}"""), Stop);
        var rounds = answer.IsSuccessStatusCode ? Json.Decode<JoinedByCode>(await answer.Content.ReadAsByteArrayAsync(Stop)).Rounds : (TopicId?)null;
        return (answer.StatusCode, rounds, await answer.Tells());
    }
}
