using Microsoft.AspNetCore.Http;
using SocialQI.Cases;
using SocialQI.Server.Gateway;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>When a gateway has not been able to read the tail for a while it may have missed that somebody lost their rights. Then it says nothing to anybody.</summary>
public sealed class LosingTheTail(TheService service)
{
    private static readonly PostContribution Noon = new(ContributionKind.Comment, $"Noon, {Overheard.Canary}.");

    [Fact]
    public void For_less_than_its_bound_changes_nothing()
    {
        var gateway = new OtherGateway(service);
        gateway.Clock.Pass(Passports.FreshFor - TimeSpan.FromTicks(1));
        Assert.True(gateway.Passports.AreFresh);
        gateway.Clock.Pass(TimeSpan.FromTicks(1));
        Assert.False(gateway.Passports.AreFresh);
        gateway.Passports.TailWasRead();
        Assert.True(gateway.Passports.AreFresh);
    }

    [Fact]
    public async Task Stops_every_delivery_until_it_is_read_again()
    {
        var (ada, topic) = await ACase();
        var gateway = new OtherGateway(service);
        var socket = new HeldSocket();
        var connection = await gateway.Connect(socket, ada);
        await gateway.Rounds.Relay(topic).Follow(connection, 0, TestContext.Current.CancellationToken);
        await service.Done(ada, topic, Noon);
        await Waiting.Until("the pipe brings what is new", () => Task.FromResult(socket.NumbersOf(topic).Contains(2)));

        gateway.Clock.Pass(Passports.FreshFor);
        await service.Done(ada, topic, Noon);
        await Waiting.Until("the follower is told to catch up", () => Task.FromResult(socket.Taken.Any(t => t.Contains("\"CatchUp\"", StringComparison.Ordinal))));
        gateway.Rounds.Relay(topic).AskAgain();
        await service.Done(ada, topic, Noon);
        Assert.Equal(Refusal.NotNow, (await gateway.Asking.Open(ada.Id, topic, TestContext.Current.CancellationToken)).Refusal);
        Assert.Equal(Refusal.NotNow, await gateway.Asking.RefuseToShow(ada.Id, topic, TestContext.Current.CancellationToken));
        Assert.Equal(Answer.No(Refusal.NotNow), await gateway.Asking.Send(ada.Id, topic, Guid.CreateVersion7(), Json.Encode<Command>(Noon), TestContext.Current.CancellationToken));
        Assert.Empty(await gateway.Asking.Heads(ada.Id, [topic], TestContext.Current.CancellationToken));
        Assert.Equal([1, 2], socket.NumbersOf(topic));

        gateway.Passports.TailWasRead();
        await gateway.Rounds.Relay(topic).Follow(connection, 2, TestContext.Current.CancellationToken);
        await Waiting.Until("what was missed arrives", () => Task.FromResult(socket.NumbersOf(topic).Contains(4)));
        Assert.Equal([1, 2, 3, 4], socket.NumbersOf(topic));
    }

    [Fact]
    public async Task Closes_nothing_for_good()
    {
        var (ada, topic) = await ACase();
        var gateway = new OtherGateway(service);
        var socket = new HeldSocket();
        await gateway.Rounds.Relay(topic).Follow(await gateway.Connect(socket, ada), 0, TestContext.Current.CancellationToken);
        gateway.Clock.Pass(Passports.FreshFor);
        // As when the tail is read again after a while, and as when a case is opened to others in between.
        gateway.Rounds.Relay(topic).AskAgain();
        await service.Done(ada, topic, new ChangeVisibility(new Visibility(VisibilityKind.Network), Attestation: new(0)));
        await Waiting.Until("the follower is told to catch up", () => Task.FromResult(socket.Taken.Any(t => t.Contains("\"CatchUp\"", StringComparison.Ordinal))));
        Assert.DoesNotContain(socket.Taken, t => t.Contains("\"Closed\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_whom_nothing_is_known_yet_closes_nothing_either()
    {
        var (ada, topic) = await ACase();
        var gateway = new OtherGateway(service);
        var socket = new HeldSocket();
        await gateway.Rounds.Relay(topic).Follow(await gateway.Connect(socket, ada), 0, TestContext.Current.CancellationToken);
        gateway.Passports.KeepOnly(new HashSet<ClinicianId>());
        gateway.Rounds.Relay(topic).AskAgain();
        await Waiting.Until("the follower is told to catch up", () => Task.FromResult(socket.Taken.Any(t => t.Contains("\"CatchUp\"", StringComparison.Ordinal))));
        Assert.DoesNotContain(socket.Taken, t => t.Contains("\"Closed\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/communities")]
    [InlineData("/api/communities/{community}/members")]
    [InlineData("/api/people")]
    [InlineData("/api/people/{person}")]
    [InlineData("/api/directory")]
    public async Task Is_said_by_the_lists_of_people_and_communities_and_not_that_there_are_none(string address)
    {
        var (ada, gateway) = (await service.Register(TheService.NorthHarbour), new OtherGateway(service));
        await gateway.Passports.Of(ada.Id, TestContext.Current.CancellationToken);
        await Waiting.Until("they are listed", async () => (await gateway.Get(address, ada)).Status == StatusCodes.Status200OK);
        gateway.Clock.Pass(Passports.FreshFor);
        var (status, type, body) = await gateway.Get(address, ada);
        Assert.Equal((StatusCodes.Status503ServiceUnavailable, "application/problem+json"), (status, type));
        Assert.Contains($"\"{Refusal.NotNow.Code}\"", body, StringComparison.Ordinal);
    }

    private async Task<(Somebody Ada, TopicId Topic)> ACase()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        return (ada, topic);
    }
}
