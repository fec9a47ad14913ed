using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>A cookie lets in as long as its session lasts, and a connection lives no longer.</summary>
public sealed class EndingASession(TheService service)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everywhere_ends_what_is_open_and_the_cookies_let_nobody_in()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var again = await service.SignInAgain(ada, TheService.NorthHarbour);
        await using var one = await Hearing.Of(service, ada);
        await using var other = await Hearing.Of(service, again);

        using var http = service.Client(ada);
        using var ended = await http.DeleteAsync("api/me/sessions", Stop);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await one.Ended.WaitAsync(TimeSpan.FromSeconds(5), Stop);
        await other.Ended.WaitAsync(TimeSpan.FromSeconds(5), Stop);

        using var refused = await http.GetAsync("api/me", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => Hearing.Of(service, again));
    }

    [Fact]
    public async Task That_is_named_ends_that_one_alone_and_nobody_elses()
    {
        var (ada, ben) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var again = await service.SignInAgain(ada, TheService.NorthHarbour);
        using var http = service.Client(ada);
        var mine = Json.Decode<SessionLine[]>(await http.GetByteArrayAsync("api/me/sessions", Stop));
        Assert.Equal([true, false], mine.OrderByDescending(s => s.IsThis).Select(s => s.IsThis));
        var named = mine.Single(s => !s.IsThis).Id;

        using var bens = service.Client(ben);
        using var stranger = await bens.DeleteAsync($"api/me/sessions/{named}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        using var ended = await http.DeleteAsync($"api/me/sessions/{named}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var outside = service.Client(again);
        Assert.Equal(HttpStatusCode.Unauthorized, (await outside.GetAsync("api/me", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("api/me", Stop)).StatusCode);
    }

    [Fact]
    public async Task By_closing_the_account_is_for_administrators_of_that_institution()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var chief = await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator);
        var elsewhere = await service.Register(TheService.Thornmere, InstitutionRole.Administrator);
        await using var hearing = await Hearing.Of(service, ada);

        Assert.Equal(HttpStatusCode.Forbidden, await Close(elsewhere, TheService.NorthHarbour, ada));
        Assert.Equal(HttpStatusCode.NotFound, await Close(elsewhere, TheService.Thornmere, ada));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Close(chief, TheService.NorthHarbour, chief));
        Assert.Equal(HttpStatusCode.NoContent, await Close(chief, TheService.NorthHarbour, ada));
        await hearing.Ended.WaitAsync(TimeSpan.FromSeconds(5), Stop);
        Assert.Null(await service.Services.GetRequiredService<LiveSessions>().Begin(ada.Id, TheService.NorthHarbour, "password", "", "", Stop));
    }

    [Fact]
    public async Task At_another_gateway_reaches_this_one_and_nothing_of_what_follows_arrives()
    {
        var circle = await Circle.Gather(service);
        await using var member = await Hearing.Of(service, circle.Member);
        Assert.Null((await member.Follow(circle.ForCommunity.Topic)).Refusal);

        // As the other gateway does: only in the database.
        await service.Services.GetRequiredService<Stores>().Default.Sessions.End(new(circle.Member.Id), SessionEnd.EndedElsewhere, Stop);
        await member.Ended.WaitAsync(TimeSpan.FromSeconds(5), Stop);
        var heard = member.Events.Count;
        await service.Done(circle.Author, circle.ForCommunity.Topic, new PostContribution(ContributionKind.Comment, $"Noon, by the {Overheard.Canary}."));
        Assert.Equal(heard, member.Events.Count);
    }

    [Fact]
    public async Task Comes_of_too_many_connections_to_none_of_those_there_are()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var open = new List<Hearing>();
        try
        {
            for (var i = 0; i < SocialQI.Server.Gateway.Rounds.ConnectionsMax; i++)
            {
                open.Add(await Hearing.Of(service, ada));
            }
            using var http = service.Client(ada);
            using var negotiated = await http.PostAsync(RoundsProtocol.Path[1..] + "/negotiate?negotiateVersion=1", null, Stop);
            Assert.Equal((HttpStatusCode.TooManyRequests, "too-many-connections"), (negotiated.StatusCode, await negotiated.Code()));
            await Assert.ThrowsAnyAsync<Exception>(() => Hearing.Of(service, ada));
            Assert.All(open, o => Assert.False(o.Ended.IsCompleted));
        }
        finally
        {
            foreach (var hearing in open)
            {
                await hearing.DisposeAsync();
            }
        }
    }

    private async Task<HttpStatusCode> Close(Somebody by, InstitutionId institution, Somebody whom)
    {
        using var http = service.Client(by);
        using var answer = await http.PutAsJsonAsync($"api/institutions/{institution}/people/{whom.Id}/sign-in", new { closed = true }, Stop);
        return answer.StatusCode;
    }
}
