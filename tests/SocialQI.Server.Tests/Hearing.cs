using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Wire;

namespace SocialQI.Server.Tests;

/// <summary>Somebody connected, and everything their connection was told, in order.</summary>
internal sealed class Hearing : IAsyncDisposable
{
    private readonly List<string> told = [];
    private readonly List<Envelope> events = [];
    private readonly TaskCompletionSource<Exception?> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Hearing()
    {
    }

    public HubConnection Hub { get; private set; } = null!;

    /// <summary>With the reason, when the connection has ended.</summary>
    public Task<Exception?> Ended => closed.Task;

    public IReadOnlyList<Envelope> Events => Copy(events);

    public IReadOnlyList<string> Told => Copy(told);

    public static async Task<Hearing> Of(TheService service, Somebody who)
    {
        var hearing = new Hearing();
        hearing.Hub = await service.Hub(who, hearing.Listen);
        return hearing;
    }

    public Task<OpenedTopic> Open(TopicId topic) => Ask<OpenedTopic>("Open", topic.ToString());

    public Task<Answer> Follow(TopicId topic, long after = 0) => Ask<Answer>("Follow", topic.ToString(), after);

    public Task<Answer> Send(TopicId topic, Command command, Guid? id = null) =>
        Ask<Answer>("Send", topic.ToString(), id ?? Guid.CreateVersion7(), JsonSerializer.Deserialize<JsonElement>(Json.Encode(command)));

    public Task<Answer> SendRaw(string topic, string command, string? id = null) =>
        Ask<Answer>("Send", topic, id ?? Guid.CreateVersion7().ToString(), JsonSerializer.Deserialize<JsonElement>(command));

    public async Task<T> Ask<T>(string method, params object?[] arguments) => Json.Decode<T>(JsonSerializer.SerializeToUtf8Bytes(await Hub.InvokeCoreAsync<JsonElement>(method, arguments)));

    public Task Tell(string method, params object?[] arguments) => Hub.InvokeCoreAsync(method, typeof(object), arguments!);

    public Task UntilTold(string what) => Waiting.Until($"the connection is told {what}", () => Task.FromResult(Told.Any(t => t.StartsWith(what, StringComparison.Ordinal))));

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private void Listen(HubConnection hub)
    {
        hub.On<string, JsonElement[]>(RoundsProtocol.Events, (topic, envelopes) =>
        {
            Note("Events " + topic);
            lock (events)
            {
                events.AddRange(envelopes.Select(EventCodec.Decode));
            }
        });
        hub.On<string>(RoundsProtocol.Closed, topic => Note("Closed " + topic));
        hub.On<string, long>(RoundsProtocol.CatchUp, (topic, head) => Note($"CatchUp {topic} {head}"));
        hub.On<JsonElement>(RoundsProtocol.Heads, heads => Note("Heads " + heads));
        hub.On<JsonElement>(RoundsProtocol.Signals, signal => Note("Signals " + signal));
        hub.Closed += e =>
        {
            closed.TrySetResult(e);
            return Task.CompletedTask;
        };
    }

    private void Note(string what)
    {
        lock (told)
        {
            told.Add(what);
        }
    }

    private static List<T> Copy<T>(List<T> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }
}
