using SocialQI.Cases;
using SocialQI.Grains.Topics;
using SocialQI.Server.Gateway;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>Whoever comes back follows many topics at once. Each arrives whole, in order and once, however full the connection is.</summary>
public sealed class FollowingAgain(TheService service)
{
    // At most as many as are read at once, and more than one reading of long ones.
    private const int FewEnough = 90;
    private const int Many = 150;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_much_waits_of_other_topics_loses_nothing(bool gatewayHasIt)
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var gateway = new OtherGateway(service);
        var (free, held) = (new HeldSocket(), new HeldSocket());
        var witness = await gateway.Connect(free, ada);
        var topic = await Begin(ada);
        if (gatewayHasIt)
        {
            await gateway.Rounds.Follow(topic, witness, 0, TestContext.Current.CancellationToken);
        }
        await Say(ada, topic, FewEnough, "x");
        await Waiting.Until("the gateway has what is said, if it is to", () => Task.FromResult(!gatewayHasIt || free.NumbersOf(topic).Contains(FewEnough + 1)));
        var connection = await gateway.Connect(held, ada);
        held.Hold();
        await Fill(connection, held);

        var follow = gateway.Rounds.Follow(topic, connection, 1, TestContext.Current.CancellationToken);
        // This one goes the same way behind it, so that it has come as far as it can.
        await Waiting.For("who follows behind", gateway.Rounds.Follow(topic, witness, 0, TestContext.Current.CancellationToken));
        held.Let();
        Assert.Null((await Waiting.For("the follow", follow)).Refusal);
        await Waiting.Until("all arrive", () => Task.FromResult(held.NumbersOf(topic).LastOrDefault() == FewEnough + 1));
        Assert.Equal(Numbers(FewEnough).Skip(1), held.NumbersOf(topic));
    }

    [Fact]
    public async Task What_has_long_texts_loses_nothing()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = await Begin(ada);
        await Say(ada, topic, Many, string.Concat(Enumerable.Repeat("心電図 ", (Contribution.TextLengthMax - 20) / 4)));
        var gateway = new OtherGateway(service);
        var socket = new HeldSocket();
        var connection = await gateway.Connect(socket, ada);
        var answer = await Waiting.For("the follow", gateway.Rounds.Follow(topic, connection, 0, TestContext.Current.CancellationToken));
        Assert.Null(answer.Refusal);
        await Waiting.Until("all arrive", () => Task.FromResult(socket.NumbersOf(topic).LastOrDefault() == Many + 1));
        Assert.Equal(Numbers(Many), socket.NumbersOf(topic));
    }

    [Fact]
    public async Task What_the_gateway_has_just_let_go_of_hears_what_comes()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = await Begin(ada);
        var gateway = new OtherGateway(service);
        var socket = new HeldSocket();
        var connection = await gateway.Connect(socket, ada);
        // Let go of between its being found and the follower's joining.
        Assert.True(gateway.Rounds.Relay(topic).TryRetire(TimeSpan.FromTicks(-1)));
        Assert.Null((await gateway.Rounds.Follow(topic, connection, 0, TestContext.Current.CancellationToken)).Refusal);
        await service.Done(ada, topic, new PostContribution(ContributionKind.Comment, $"Noon, {Overheard.Canary}."));
        await Waiting.Until("it is heard", () => Task.FromResult(socket.NumbersOf(topic).Contains(2)));
    }

    private static IEnumerable<long> Numbers(int contributions) => Enumerable.Range(1, contributions + 1).Select(n => (long)n);

    // Almost to its bound, with what other topics bring.
    private static async Task Fill(Connection connection, HeldSocket socket)
    {
        for (var n = 1; n < Connection.EventsMax - 10; n++)
        {
            byte[][] envelopes = [System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""")];
            Assert.True(connection.TryEvents(TheService.Thornmere.Topic, envelopes, HubMessages.Events(TheService.Thornmere.Topic, envelopes)));
            await Waiting.For("the first write", socket.IsWriting);
        }
    }

    private async Task<TopicId> Begin(Somebody ada)
    {
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        return topic;
    }

    private async Task Say(Somebody ada, TopicId topic, int contributions, string text)
    {
        var passport = await service.Passport(ada);
        var said = Enumerable.Range(0, contributions).Select(n => service.Grains.Ask(
            topic, Guid.CreateVersion7(), new PostContribution(ContributionKind.Comment, $"{n} {Overheard.Canary} {text}"), passport, Moment.Of(DateTimeOffset.UtcNow)));
        Assert.All(await Task.WhenAll(said), answer => Assert.Null(answer.Refusal));
    }
}
