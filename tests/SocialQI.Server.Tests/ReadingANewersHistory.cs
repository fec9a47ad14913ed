using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>A newer program wrote to the same journal, before an upgrade was taken back. What it wrote is kept, passed on as it is, and shown as unknown.</summary>
public sealed class ReadingANewersHistory(TheService service)
{
    [Theory]
    [InlineData("case-dreamt", 1, """{"of":"Quetzal","deep":[1,{"x":null}]}""")]
    [InlineData("contribution-posted", 2, """{"contribution":"haiku","lines":["Quetzal","at noon"]}""")]
    public async Task Keeps_what_it_does_not_know_and_goes_on(string kind, int version, string payload)
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        var raw = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hearing = await Hearing.Of(service, ada);
        hearing.Hub.On<string, JsonElement[]>(RoundsProtocol.Events, (_, envelopes) =>
        {
            if (envelopes.FirstOrDefault(e => e.GetProperty("n").GetInt64() == 2) is { ValueKind: JsonValueKind.Object } second)
            {
                raw.TrySetResult(second.GetRawText());
            }
        });
        await hearing.Follow(topic);

        var at = Moment.Of(DateTimeOffset.UtcNow);
        await Append(topic, 2, kind, version, at, ada.Id, payload);

        Assert.Equal(
            $$"""{"n":2,"k":"{{kind}}","v":{{version}},"at":{{at.Micros}},"by":"{{ada.Id}}","for":"north-harbour","d":{{payload}}}""",
            await Waiting.For("what the newer program wrote", raw.Task));
        Assert.Equal(new Unknown(kind, version), hearing.Events.Single(e => e.N == 2).Event);
        // The grain had not written it: its next append loses, reads on, and is done after all.
        var answer = await hearing.Send(topic, new PostContribution(ContributionKind.Comment, $"At noon, {Overheard.Canary}."));
        Assert.Equal(new Answer(3, 3), answer);
        var opened = await hearing.Open(topic);
        Assert.Equal(3, opened.Number);
        Assert.Equal(1, Json.Decode<CaseState>(JsonSerializer.SerializeToUtf8Bytes(opened.State)).Contributions);
        Assert.Equal(3, Assert.Single((await hearing.Ask<Page>("Page", topic.ToString(), 100)).Contributions).Number);
        Assert.Equal(payload, Encoding.UTF8.GetString((await service.Journal.Read(topic, 2, 1, TestContext.Current.CancellationToken))[0].Payload!));
    }

    [Fact]
    public async Task Of_a_payload_that_cannot_be_read_loses_that_event_alone()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        await Append(topic, 2, "contribution-posted", 1, Moment.Of(DateTimeOffset.UtcNow), ada.Id, """{"contribution":"comment","text":["Quetzal"]}""");
        await using var hearing = await Hearing.Of(service, ada);
        await hearing.Follow(topic);
        await Waiting.Until("both events are heard", () => Task.FromResult(hearing.Events.Count == 2));
        Assert.Equal(new Unknown("contribution-posted", 1), hearing.Events[1].Event);
        Assert.Null((await hearing.Send(topic, new PostContribution(ContributionKind.Comment, $"At noon, {Overheard.Canary}."))).Refusal);
    }

    private async Task Append(TopicId topic, long number, string kind, int version, Moment at, ClinicianId by, string payload)
    {
        var head = (await service.Journal.Head(topic, TestContext.Current.CancellationToken))!;
        var bytes = Encoding.UTF8.GetBytes(payload);
        var command = Guid.CreateVersion7();
        var written = new NewEvent(
            number, kind, version, at, by, TheService.NorthHarbour, command, null, bytes,
            Sealing.Make(head.Hash, topic, number, kind, version, at, by, TheService.NorthHarbour, null, bytes), new StoreRows([], default, [], 0, null));
        Assert.Equal(AppendOutcome.Committed, await service.Journal.Append(new Append(topic, number - 1, [new DoneCommand(command, number, number, new byte[32])], [written])));
    }
}
