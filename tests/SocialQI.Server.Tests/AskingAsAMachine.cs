using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Server.Auditing;
using SocialQI.Server.Machines;
using SocialQI.Server.Operate;
using SocialQI.Server.Tests.Auditing;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>A machine asks by a token that an administrator made for it.</summary>
public sealed class AskingAsAMachine(TheService service)
{
    private static readonly string tokens = $"api/institutions/{TheService.NorthHarbour}/tokens";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_and_writes_as_a_service_of_its_institution_and_is_recorded_as_that()
    {
        var made = await Make(TokenScope.Read, TokenScope.Command);
        using var machine = Machine(made.Secret);
        var topic = await Thread(VisibilityKind.Institution);
        using var opened = await machine.GetAsync($"api/topics/{topic}", Stop);
        using var posted = await machine.Ask(topic, new PostContribution(ContributionKind.Comment, $"A result has come for the {Overheard.Canary}."));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (opened.StatusCode, posted.StatusCode));

        var said = Assert.Single((await service.Journal.Read(topic, 2, 10, Stop)).Select(e => e.Decode()));
        Assert.Equal((made.Line.Service, TheService.NorthHarbour), (said.By, said.For));
        var read = Assert.Single(await AuditTable.Of(service, new Somebody(made.Line.Service, "")));
        Assert.Equal((Acts.Open, "ok", "service"), (read.Act, read.Result, read.Role));
        var line = Assert.Single(await List(), l => l.Id == made.Line.Id);
        Assert.NotNull(line.Used);
    }

    [Fact]
    public async Task Is_refused_and_recorded_beyond_the_scopes_of_its_token()
    {
        var made = await Make(TokenScope.Read);
        using var machine = Machine(made.Secret);
        var topic = await Thread(VisibilityKind.Network);
        using (var read = await machine.GetAsync("api/cases", Stop))
        {
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }
        foreach (var address in (string[])[$"api/topics/{topic}/events", "api/me/sessions", "api/me/account", tokens, $"api/institutions/{TheService.NorthHarbour}/people", $"api/institutions/{TheService.NorthHarbour}/audit"])
        {
            using var answer = await machine.GetAsync(address, Stop);
            Assert.Equal((HttpStatusCode.Forbidden, "beyond-scope"), (answer.StatusCode, await answer.Code()));
        }
        using var asked = await machine.Ask(topic, new PostContribution(ContributionKind.Comment, $"Not by the {Overheard.Canary}."));
        Assert.Equal("beyond-scope", await asked.Code());
        var refused = (await AuditTable.Of(service, new Somebody(made.Line.Service, ""))).Where(r => r.Result == "beyond-scope").ToList();
        Assert.Equal(7, refused.Count);
        Assert.Equal((Acts.Command, topic.ToString()), (refused[^1].Act, refused[^1].Topic));
    }

    [Fact]
    public async Task Is_given_all_events_of_a_topic_it_may_see_when_it_exports()
    {
        var topic = await Thread(VisibilityKind.Network);
        var hidden = await Thread(VisibilityKind.Institution, TheService.Thornmere);
        using var machine = Machine((await Make(TokenScope.Export)).Secret);
        using var events = await machine.GetAsync($"api/topics/{topic}/events", Stop);
        using var rest = await machine.GetAsync($"api/topics/{topic}/events?after=1", Stop);
        using var foreign = await machine.GetAsync($"api/topics/{hidden}/events", Stop);
        var kept = Assert.Single(await service.Journal.Read(topic, 1, 10, Stop));
        Assert.Equal($"[{Encoding.UTF8.GetString(kept.Encode())}]", await events.Content.ReadAsStringAsync(Stop));
        Assert.Equal("[]", await rest.Content.ReadAsStringAsync(Stop));
        Assert.Equal("not-there", await foreign.Code());
    }

    [Fact]
    public async Task Attests_to_no_text()
    {
        using var machine = Machine((await Make(TokenScope.Command)).Secret);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        using var attested = await machine.Ask(topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Network), new(0)));
        using var bare = await machine.Ask(topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Network)));
        Assert.Equal(("machines-attest-nothing", "attestation-needed"), (await attested.Code(), await bare.Code()));
    }

    [Fact]
    public async Task Is_out_at_once_when_its_token_is_ended_and_belongs_to_the_institution_no_more()
    {
        var made = await Make(TokenScope.Read);
        using var machine = Machine(made.Secret);
        using var chief = service.Client(await Chief());
        using var ended = await chief.DeleteAsync($"{tokens}/{made.Line.Id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var after = await machine.GetAsync("api/cases", Stop);
        Assert.Equal((HttpStatusCode.Unauthorized, "token-not-taken"), (after.StatusCode, await after.Code()));
        Assert.DoesNotContain((await service.Passport(new(made.Line.Service, ""))).Affiliations, a => a.HoldsAt(Moment.Of(DateTimeOffset.UtcNow)));
        using var again = await chief.DeleteAsync($"{tokens}/{made.Line.Id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Is_out_when_its_token_is_too_old()
    {
        var now = Moment.Of(DateTimeOffset.UtcNow);
        var (id, service1) = (Guid.NewGuid(), new ClinicianId(Guid.NewGuid()));
        var (secret, digest) = MachineGate.New(id);
        var old = new MachineToken(id, TheService.NorthHarbour, service1, "For a day", nameof(TokenScope.Read), service1, now + TimeSpan.FromDays(-1), now + TimeSpan.FromMilliseconds(-1));
        Assert.True(await service.Services.GetRequiredService<Stores>().Default.Tokens.Keep(old, digest, Stop));
        using var machine = Machine(secret);
        using var answer = await machine.GetAsync("api/cases", Stop);
        Assert.Equal("token-not-taken", await answer.Code());
    }

    [Fact]
    public async Task Is_refused_alike_with_whatever_is_no_token()
    {
        var made = await Make(TokenScope.Read);
        var other = await Make(TokenScope.Read);
        var told = new HashSet<string>();
        foreach (var secret in (string[])
        [
            "sqi_", "sqi_" + new string('0', 32), made.Secret[..^1], made.Secret + "A", made.Secret[..37] + other.Secret[37..],
            "sqi_" + Guid.NewGuid().ToString("N") + made.Secret[36..], "sqi_" + new string('A', 4_000),
        ])
        {
            using var machine = service.Client();
            machine.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + secret);
            using var answer = await machine.GetAsync("api/cases", Stop);
            told.Add(await answer.Tells());
        }
        Assert.StartsWith("401", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comes_through_no_other_door()
    {
        var made = await Make(TokenScope.Read, TokenScope.Command, TokenScope.Import, TokenScope.Export);
        using var machine = Machine(made.Secret);
        using (var negotiated = await machine.PostAsync(RoundsProtocol.Path[1..] + "/negotiate?negotiateVersion=1", null, Stop))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, negotiated.StatusCode);
        }
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(service.Address, RoundsProtocol.Path), o => o.Headers["Authorization"] = "Bearer " + made.Secret).Build();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync(Stop));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Is_made_listed_and_ended_by_the_administrators_of_its_institution_alone()
    {
        var made = await Make(TokenScope.Read);
        foreach (var who in new[]
        {
            await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour, InstitutionRole.Moderator),
            await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer), await service.Register(TheService.Thornmere, InstitutionRole.Administrator),
        })
        {
            using var http = service.Client(who);
            using var list = await http.GetAsync(tokens, Stop);
            using var make = await http.PostAsync(tokens, Body(new("Another", [TokenScope.Read], 1)), Stop);
            using var end = await http.DeleteAsync($"{tokens}/{made.Line.Id}", Stop);
            Assert.Equal(("not-allowed", "not-allowed", "not-allowed"), (await list.Code(), await make.Code(), await end.Code()));
        }
        using var foreign = service.Client(await service.Register(TheService.Thornmere, InstitutionRole.Administrator));
        using var there = await foreign.DeleteAsync($"api/institutions/{TheService.Thornmere}/tokens/{made.Line.Id}", Stop);
        Assert.Equal("not-there", await there.Code());
    }

    [Theory]
    [InlineData("", 1, 30, "empty")]
    [InlineData("A registry", 0, 30, "no-scope")]
    [InlineData("A registry", 1, 0, "out-of-range")]
    [InlineData("A registry", 1, 367, "out-of-range")]
    public async Task Is_made_of_sense_only(string purpose, int scopes, int days, string code)
    {
        using var chief = service.Client(await Chief());
        using var answer = await chief.PostAsync(tokens, Body(new(purpose, [.. Enumerable.Repeat(TokenScope.Read, scopes)], days)), Stop);
        Assert.Equal(code, await answer.Code());
    }

    [Fact]
    public void Is_looked_at_no_more_after_so_many_that_failed()
    {
        using var gate = new MachineGate(service.Services.GetRequiredService<Stores>(), new ServiceOptions { SignInsPerMinute = 2 }, TimeProvider.System);
        gate.Failed("192.0.2.1");
        Assert.False(gate.IsTired("192.0.2.1"));
        gate.Failed("192.0.2.1");
        Assert.Equal((true, false), (gate.IsTired("192.0.2.1"), gate.IsTired("192.0.2.2")));
    }

    private Task<Somebody> Chief() => service.Register(TheService.NorthHarbour, InstitutionRole.Administrator);

    private async Task<MadeToken> Make(params TokenScope[] scopes)
    {
        using var chief = service.Client(await Chief());
        using var answer = await chief.PostAsync(tokens, Body(new($"Registry of the {Overheard.Canary}", [.. scopes], 30)), Stop);
        var said = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(said));
        return Json.Decode<MadeToken>(said);
    }

    private async Task<TokenLine[]> List()
    {
        using var chief = service.Client(await Chief());
        return Json.Decode<TokenLine[]>(await chief.GetByteArrayAsync(tokens, Stop));
    }

    private HttpClient Machine(string secret)
    {
        var http = service.Client();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return http;
    }

    private async Task<TopicId> Thread(VisibilityKind seenBy, InstitutionId? home = null)
    {
        var author = await service.Register(home ?? TheService.NorthHarbour);
        var topic = TopicId.Case(home ?? TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(seenBy), new(0)));
        return topic;
    }

    private static StringContent Body(NewToken asked) => Http.JsonOf(Encoding.UTF8.GetString(Json.Encode(asked)));
}
