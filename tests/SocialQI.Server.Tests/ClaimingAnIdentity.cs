using System.Net;
using System.Text.Json;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>Who asks, for which hospital and when is what the service knows, whatever a request says of it.</summary>
public sealed class ClaimingAnIdentity(TheService service)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_a_command_is_ignored(bool byHub)
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var ben = await service.Register(TheService.Thornmere);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        var before = Moment.Of(DateTimeOffset.UtcNow);
        var command = $$"""
            {"by":"{{ben.Id}}","for":"thornmere","at":1,"person":"{{ben.Id}}","passport":{"person":"{{ClinicianId.Operator}}"},"n":7,"number":7,"author":"{{ben.Id}}",
             "k":"start-hallway","line":"Noon, by the {{Overheard.Canary}}","visibility":{"kind":"network"},"attestation":{"kept":0},"audience":["p:{{ben.Id}}"]}
            """;
        if (byHub)
        {
            await using var hearing = await Hearing.Of(service, ada);
            Assert.Null((await hearing.SendRaw(topic.ToString(), command)).Refusal);
        }
        else
        {
            using var http = service.Client(ada);
            http.DefaultRequestHeaders.Add("X-Forwarded-User", ben.Id.ToString());
            http.DefaultRequestHeaders.Add("Authorization", "Bearer " + ben.Id);
            using var answer = await http.AskRaw(topic.ToString(), command);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        var happened = Assert.Single(await service.Journal.Read(topic, 1, 10, TestContext.Current.CancellationToken)).Decode();
        Assert.Equal((1, ada.Id, TheService.NorthHarbour), (happened.N, happened.By, happened.For!.Value));
        Assert.InRange(happened.At.Micros, before.Micros, Moment.Of(DateTimeOffset.UtcNow.AddSeconds(1)).Micros);
        Assert.Equal(["n", "p:" + ada.Id], Assert.IsType<HallwayStarted>(happened.Event).Audience.Order());
    }

    [Fact]
    public async Task Beside_a_command_is_ignored()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var ben = await service.Register(TheService.Thornmere);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        using var http = service.Client(ada);
        using var answer = await http.PostAsync($"api/topics/{topic}/commands?as={ben.Id}&by={ben.Id}", Http.JsonOf($$"""
            {"id":"{{Guid.CreateVersion7()}}","by":"{{ben.Id}}","person":"{{ben.Id}}","for":"thornmere","at":1,
             "command":{"k":"start-hallway","line":"Noon, by the {{Overheard.Canary}}","visibility":{"kind":"network"},"attestation":{"kept":0} } }
            """), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ada.Id, Assert.Single(await service.Journal.Read(topic, 1, 10, TestContext.Current.CancellationToken)).By);
    }

    [Fact]
    public async Task With_a_cookie_of_ones_own_making_is_refused()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var (name, value) = (ada.Cookie.Split('=')[0], ada.Cookie.Split('=')[1]);
        foreach (var forged in new[] { ada.Id.ToString(), value[..^4], "A" + value[1..], "" })
        {
            using var http = service.Client(ada with { Cookie = $"{name}={forged}" });
            using var answer = await http.GetAsync("api/me", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"k":"expire-invitation","guest":"GUEST"}""", "not-there")]
    [InlineData("""{"k":"note-mention","topic":"institution.thornmere.open.thornmere","number":1,"from":"GUEST","reason":"mention"}""", "wrong-kind-of-topic")]
    public async Task Of_the_service_itself_is_refused(string command, string code)
    {
        var ada = await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator);
        await using var hearing = await Hearing.Of(service, ada);
        var community = new CommunityId(Guid.CreateVersion7()).Topic;
        Assert.Null((await hearing.Send(community, new Communities.FoundCommunity($"Sepsis {Overheard.Canary}", $"Of {Overheard.Canary}."))).Refusal);
        Assert.Equal(code, (await hearing.SendRaw(community.ToString(), command.Replace("GUEST", ada.Id.ToString(), StringComparison.Ordinal))).Refusal?.Code);
        Assert.Equal("not-there", (await hearing.Send(ada.Id.Topic, new Clinicians.NoteMention(community, 1, ada.Id, Clinicians.MentionReason.Mention))).Refusal?.Code);
    }

    [Fact]
    public async Task Of_a_community_by_another_name_is_refused()
    {
        var circle = await Circle.Gather(service);
        await using var stranger = await Hearing.Of(service, circle.Stranger);
        var alias = circle.Community.Topic.ToString().Replace("community.network.", "community.thornmere.", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => stranger.SendRaw(alias, JsonSerializer.Serialize(new { k = "found-community", name = "Ours now", purpose = "All of it." })));
        Assert.Equal(Refusal.NotThere, (await stranger.Open(circle.ForCommunity.Topic)).Refusal);
    }
}
