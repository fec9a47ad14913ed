using System.Net.WebSockets;
using System.Text;
using SocialQI.Cases;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>
/// Frames that no client sends. A call that cannot be made fails alone; what is no message of the protocol, or too large for one, ends its own connection.
/// In either case everybody else is served as before.
/// </summary>
public sealed class SpeakingTheProtocolWrongly(TheService service) : IAsyncLifetime
{
    private Somebody ada = null!;
    private TopicId topic;
    private Hearing other = null!;

    public async ValueTask InitializeAsync()
    {
        ada = await service.Register(TheService.NorthHarbour);
        topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        other = await Hearing.Of(service, ada);
        await other.Follow(topic);
    }

    public ValueTask DisposeAsync() => other.DisposeAsync();

    [Theory]
    [InlineData("an unknown method", """{"type":1,"invocationId":"1","target":"Nonsense","arguments":[]}""")]
    [InlineData("a method of the class that is none of the hub's", """{"type":1,"invocationId":"1","target":"OnDisconnectedAsync","arguments":[null]}""")]
    [InlineData("a method that is nobody's to call", """{"type":1,"invocationId":"1","target":"Dispose","arguments":[]}""")]
    [InlineData("too few arguments", """{"type":1,"invocationId":"1","target":"Open","arguments":[]}""")]
    [InlineData("too many arguments", """{"type":1,"invocationId":"1","target":"Open","arguments":["TOPIC","Quetzal"]}""")]
    [InlineData("an argument of another type", """{"type":1,"invocationId":"1","target":"Follow","arguments":["TOPIC","Quetzal"]}""")]
    [InlineData("a number for a name", """{"type":1,"invocationId":"1","target":"Open","arguments":[7]}""")]
    [InlineData("nothing for a name", """{"type":1,"invocationId":"1","target":"Open","arguments":[null]}""")]
    [InlineData("nothing for a list", """{"type":1,"invocationId":"1","target":"Watch","arguments":[null]}""")]
    [InlineData("a signal there is not", """{"type":1,"invocationId":"1","target":"Signal","arguments":["TOPIC","quetzal"]}""")]
    [InlineData("a stream of what is none", """{"type":4,"invocationId":"1","target":"Open","arguments":["TOPIC"]}""")]
    [InlineData("a stream given to what takes none", """{"type":1,"invocationId":"1","target":"Open","arguments":["TOPIC"],"streamIds":["1"]}""")]
    public async Task With_a_call_that_cannot_be_made_fails_that_call_alone(string what, string message)
    {
        await using var raw = await RawHub.Shake(service, ada);
        await raw.Say(message.Replace("TOPIC", topic.ToString(), StringComparison.Ordinal));
        var answer = await raw.Completion("1");
        Assert.True(answer?.TryGetProperty("error", out var error) is true && !error.GetString()!.Contains("System.", StringComparison.Ordinal), $"{what}: {answer}");
        await StillServes(raw);
    }

    [Theory]
    [InlineData("a completion of what nobody asked", """{"type":3,"invocationId":"7","result":"Quetzal"}""")]
    [InlineData("the end of a call that there is not", """{"type":5,"invocationId":"7"}""")]
    [InlineData("a call that wants no answer and cannot be made", """{"type":1,"target":"Nonsense","arguments":["Quetzal"]}""")]
    public async Task With_what_asks_for_nothing_is_passed_over(string what, string message)
    {
        await using var raw = await RawHub.Shake(service, ada);
        await raw.Say(message);
        Assert.NotEmpty(what);
        await StillServes(raw);
    }

    [Theory]
    [InlineData("no JSON", "Quetzal")]
    [InlineData("a literal that is none", "tQuetzal")]
    [InlineData("an empty message", "")]
    [InlineData("nothing", "null")]
    [InlineData("a list", "[]")]
    [InlineData("no type", "{}")]
    [InlineData("a type that there is not", """{"type":99,"Quetzal":1}""")]
    [InlineData("an argument that is no JSON", """{"type":1,"invocationId":"1","target":"Open","arguments":[tQuetzal]}""")]
    [InlineData("an argument that is no JSON, before it is known whose", """{"arguments":[tQuetzal],"type":1,"invocationId":"1","target":"Open"}""")]
    [InlineData("a type that is no number", """{"type":"Quetzal"}""")]
    [InlineData("a call of nothing", """{"type":1,"arguments":[]}""")]
    [InlineData("arguments that are no list", """{"type":1,"target":"Open","arguments":"Quetzal"}""")]
    [InlineData("half a message", """{"type":1,"target":"Open","arguments":["Quetzal""")]
    public async Task With_what_is_no_message_ends_the_connection(string what, string message)
    {
        await using var raw = await RawHub.Shake(service, ada);
        await raw.Say(message);
        await IsClosed(what, raw);
    }

    [Theory]
    [InlineData(33 * 1024)]
    [InlineData(1024 * 1024)]
    public async Task With_a_message_over_the_limit_ends_the_connection(int bytes)
    {
        Assert.True(bytes > RoundsProtocol.MessageBytesMax);
        await using var raw = await RawHub.Shake(service, ada);
        await raw.Say($$"""{"type":1,"invocationId":"1","target":"Open","arguments":["{{new string('x', bytes)}}"]}""");
        await IsClosed("a message over the limit", raw);
    }

    [Fact]
    public async Task With_a_message_that_never_ends_ends_the_connection()
    {
        await using var raw = await RawHub.Shake(service, ada);
        for (var sent = 0; sent <= RoundsProtocol.MessageBytesMax; sent += 4096)
        {
            await raw.Send(Encoding.UTF8.GetBytes(new string('[', 4096)));
        }
        await IsClosed("a message that never ends", raw);
    }

    [Fact]
    public async Task With_JSON_of_a_depth_of_ten_thousand_ends_the_connection()
    {
        await using var raw = await RawHub.Shake(service, ada);
        await raw.Say($$"""{"type":1,"invocationId":"1","target":"Send","arguments":["{{topic}}","{{Guid.CreateVersion7()}}",{{new string('[', 10_000)}}{{new string(']', 10_000)}}]}""");
        await IsClosed("JSON of a depth of ten thousand", raw);
    }

    [Theory]
    [InlineData("""{"protocol":"messagepack","version":1}""")]
    [InlineData("""{"protocol":"json","version":99}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"type":1,"target":"Open","arguments":[]}""")]
    [InlineData("Quetzal")]
    [InlineData("")]
    public async Task With_another_greeting_never_begins(string greeting)
    {
        await using var raw = await RawHub.Connect(service, ada);
        await raw.Say(greeting);
        await IsClosed(greeting, raw);
    }

    [Fact]
    public async Task With_bytes_that_are_no_text_never_begins()
    {
        foreach (var type in new[] { WebSocketMessageType.Text, WebSocketMessageType.Binary })
        {
            await using var raw = await RawHub.Connect(service, ada);
            await raw.Send([0xFF, 0xFE, 0x00, 0x80, 0xC3, 0x28, 0x1E, 0xED, 0xA0, 0x80, 0x1E], type);
            await IsClosed("bytes that are no text", raw);
        }
    }

    // What closes a connection may first say so, without a reason.
    private async Task IsClosed(string what, RawHub raw)
    {
        while (await raw.Hear() is { } said)
        {
            Assert.True(said.Contains("\"type\":7", StringComparison.Ordinal) || said.StartsWith("{\"error\":", StringComparison.Ordinal), $"{what}: {said}");
        }
        Assert.NotEqual(WebSocketState.Open, raw.State);
        await OthersAreServed();
    }

    private async Task StillServes(RawHub raw)
    {
        await raw.Say($$"""{"type":1,"invocationId":"2","target":"Open","arguments":["{{topic}}"]}""");
        Assert.True((await raw.Completion("2"))?.TryGetProperty("result", out _));
        await OthersAreServed();
    }

    private async Task OthersAreServed()
    {
        var said = new PostContribution(ContributionKind.Comment, $"Noon, {Overheard.Canary}.");
        var answer = await other.Send(topic, said);
        Assert.Null(answer.Refusal);
        await Waiting.Until("the other connection hears it", () => Task.FromResult(other.Events.Any(e => e.N == answer.Last)));
    }
}
