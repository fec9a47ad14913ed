using SocialQI.Cases;
using SocialQI.Grains.FanOut;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>The tail comes a second after the pipe and repeats what it brought, also who could see a topic then.</summary>
public sealed class OpeningADraft(TheService service)
{
    private const int OpenedAt = 2;

    private Somebody ada = null!;

    [Fact]
    public async Task Lets_who_comes_at_once_stay_when_the_tail_repeats_the_draft()
    {
        var (gateway, socket, topic) = await OpenToBen();

        gateway.Rounds.Relay(topic).Receive(Repeated(topic, 1, "p:" + Guid.Empty.ToString("n")));

        await service.Done(ada, topic, new PostContribution(ContributionKind.Comment, $"Noon, {Overheard.Canary}."));
        await Waiting.Until("what is said after it was repeated is heard", () =>
        {
            // A pipe may fail on a busy machine; as the tail would, this says how far the topic is.
            gateway.Rounds.Relay(topic).Hint(OpenedAt + 1);
            return Task.FromResult(socket.NumbersOf(topic).Contains(OpenedAt + 1));
        });
        Assert.DoesNotContain(socket.Taken, t => t.Contains("\"Closed\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Does_not_let_in_again_who_was_shut_out_since()
    {
        var (gateway, socket, topic) = await OpenToBen();
        await service.Done(ada, topic, new ChangeVisibility(new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        await Waiting.Until("the narrowing is heard of", () => Task.FromResult(socket.Taken.Any(t => t.Contains("\"Closed\"", StringComparison.Ordinal))));

        gateway.Rounds.Relay(topic).Receive(Repeated(topic, OpenedAt, Audience.Network));

        Assert.DoesNotContain(Audience.Network, (await gateway.Rounds.Relay(topic).Open()).Audience);
    }

    private async Task<(OtherGateway Gateway, HeldSocket Socket, TopicId Topic)> OpenToBen()
    {
        ada = await service.Register(TheService.NorthHarbour);
        var ben = await service.Register(TheService.Thornmere);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartCase($"Noon, {Overheard.Canary}", $"Is it {Overheard.Canary}?"));
        await service.Done(ada, topic, new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0)));
        var (gateway, socket) = (new OtherGateway(service), new HeldSocket());
        var connection = await gateway.Connect(socket, ben);
        Assert.Null((await gateway.Rounds.Follow(topic, connection, OpenedAt, TestContext.Current.CancellationToken)).Refusal);
        return (gateway, socket, topic);
    }

    private static Parcel Repeated(TopicId topic, long number, string key) =>
        new(topic.ToString(), number, [System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{number}}}""")], [key], null);
}
