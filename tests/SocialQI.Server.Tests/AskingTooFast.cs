using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using SocialQI.Cases;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Tests.Auditing;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>Who asks faster than a person can is told to slow down, by name; nobody else notices.</summary>
public sealed class AskingTooFast(TheService service)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Has_a_bound_for_every_method_of_the_hub() => Assert.Equal(
        typeof(RoundsHub).GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly)
            .Where(m => m.GetBaseDefinition() == m).Select(m => m.Name).Order(),
        HubLimits.Rates.Keys.Order());

    [Fact]
    public async Task Over_the_hub_is_refused_in_the_answers_own_shape_and_recorded_once_and_ends_by_itself()
    {
        var (ada, ben) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var topic = await Thread(ada);
        await using var flooding = await Hearing.Of(service, ada);
        await using var other = await Hearing.Of(service, ben);
        var burst = HubLimits.Rates[nameof(RoundsHub.Page)].Burst;
        var pages = await Task.WhenAll(Enumerable.Range(0, 3 * burst).Select(_ => flooding.Ask<Page>("Page", topic.ToString(), 9)));
        Assert.Contains(pages, p => p.Refusal is null);
        Assert.Contains(pages, p => p.Refusal == Refusal.SlowDown);
        Assert.Null((await other.Ask<Page>("Page", topic.ToString(), 9)).Refusal);
        // What she writes is another thing.
        Assert.Null((await flooding.Send(topic, new PostContribution(ContributionKind.Comment, $"Still here, {Overheard.Canary}."))).Refusal);
        await Waiting.Until("she may read on", async () => (await flooding.Ask<Page>("Page", topic.ToString(), 9)).Refusal is null);
        var recorded = Assert.Single(await AuditTable.Of(service, ada), a => a.Result == "slow-down");
        Assert.Equal((Acts.Ask, "page"), (recorded.Act, recorded.What));
    }

    [Fact]
    public async Task Over_several_connections_counts_together()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        await using var one = await Hearing.Of(service, ada);
        await using var two = await Hearing.Of(service, await service.SignInAgain(ada, TheService.NorthHarbour));
        var burst = HubLimits.Rates[nameof(RoundsHub.Watch)].Burst;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 2 * burst).Select(async i =>
        {
            try
            {
                await (i % 2 == 0 ? one : two).Tell("Watch", (object)new[] { ada.Id.Topic.ToString() });
            }
            catch (HubException e) when (e.Message.Contains("slow-down", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref refused);
            }
        }));
        Assert.InRange(refused, 1, burst);
    }

    [Fact]
    public async Task By_calling_what_there_is_not_ends_that_connection_alone_and_is_recorded()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        await using var other = await Hearing.Of(service, ada);
        await using var raw = await RawHub.Shake(service, ada);
        for (var i = 0; i < 2 * Connection.MisspokenMax && raw.State == WebSocketState.Open; i++)
        {
            try
            {
                await raw.Say($$"""{"type":1,"target":"Nonsense{{i}}","arguments":[]}""");
            }
            catch (WebSocketException)
            {
                break;
            }
        }
        Assert.Null(await UntilClosed(raw));
        Assert.Null((await other.Open(ada.Id.Topic)).Refusal);
        Assert.Single(await AuditTable.Of(service, ada), a => (a.Act, a.Result) == (Acts.Ask, "misspoken"));
    }

    [Fact]
    public async Task By_http_is_refused_with_when_to_come_again()
    {
        var (ada, ben) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        using var flooding = service.Client(ada);
        var answers = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => flooding.GetAsync("api/read-positions", Stop)));
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("slow-down", await refused.Code());
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.OK);
        Array.ForEach(answers, a => a.Dispose());
        using var http = service.Client(ben);
        using var others = await http.GetAsync("api/read-positions", Stop);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
    }

    private static async Task<string?> UntilClosed(RawHub raw)
    {
        while (await raw.Hear() is not null)
        {
        }
        return null;
    }

    private async Task<TopicId> Thread(Somebody author)
    {
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Institution), new(0)));
        return topic;
    }
}
