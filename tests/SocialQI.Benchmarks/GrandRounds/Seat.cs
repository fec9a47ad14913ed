using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using SocialQI.Ballots;
using SocialQI.Wire;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>
/// One connection of one person, as cheap as it can be: it reads of an event no more than its number, and comes back like a browser, after a random wait,
/// to the gateway that is there, from the last event it has.
/// </summary>
internal sealed class Seat(int index, Attendee who, Audience audience) : IAsyncDisposable
{
    private const byte Separator = 0x1e;
    private static readonly byte[] ping = [.. "{\"type\":6}"u8, Separator];
    private static readonly byte[] hello = [.. "{\"protocol\":\"json\",\"version\":1}"u8, Separator];
    private static readonly TimeSpan ComesBackWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> asked = new();
    private TaskCompletionSource<Envelope> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource leaving = new();
    private ClientWebSocket? socket;
    private Task reading = Task.CompletedTask;
    private TopicId topic;
    private long last;
    private int calls;

    public Attendee Who => who;

    /// <summary>When it had joined, by the stopwatch.</summary>
    public long Since { get; private set; }

    /// <summary>Whether it is connected and follows.</summary>
    public bool IsThere { get; private set; }

    /// <summary>When a ballot of its topic has come to a result: that event.</summary>
    public Task<Envelope> HearsResult => result.Task;

    /// <summary>Connects, here or at whichever gateway answers, and goes on being there until it is disposed.</summary>
    public async Task Come(int gateway)
    {
        await Connect(gateway);
        _ = Stay(gateway);
    }

    /// <summary>Opens a topic as a page does, and follows it.</summary>
    public async Task Join(TopicId which)
    {
        var opened = await Ask("Open", $"\"{which}\"");
        Insist(opened);
        (topic, last) = (which, opened.GetProperty("number").GetInt64());
        await Follow();
        (Since, IsThere) = (Stopwatch.GetTimestamp(), true);
    }

    /// <summary>Sends a command until it is answered by more than "not now": the same id each time.</summary>
    public async Task<Answer> Send(TopicId to, Command command)
    {
        var arguments = $"\"{to}\",\"{Guid.CreateVersion7()}\",{Encoding.UTF8.GetString(Json.Encode(command))}";
        while (true)
        {
            try
            {
                var answer = JsonSerializer.Deserialize(await Ask("Send", arguments), Json.Context.Answer)!;
                if (answer.Refusal?.Code is not ("not-now" or "outcome-unknown" or "busy" or "not-audited" or "slow-down"))
                {
                    return answer;
                }
            }
            catch (Exception e) when (e is IOException or TimeoutException or WebSocketException)
            {
                // The line was lost, or what is behind it: the same again when it is there.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), leaving.Token);
        }
    }

    /// <summary>Calls a method of the hub; arguments as JSON.</summary>
    /// <exception cref="IOException">The line is lost.</exception>
    /// <exception cref="TimeoutException">Nobody answered.</exception>
    public async Task<JsonElement> Ask(string method, string arguments)
    {
        var id = Interlocked.Increment(ref calls).ToString(CultureInfo.InvariantCulture);
        var answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Write(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"{method}\",\"arguments\":[{arguments}]}}\u001e"));
        return await answer.Task.WaitAsync(AnswerWithin);
    }

    /// <summary>Says that it is still there.</summary>
    public async Task Ping()
    {
        try
        {
            await Write(ping);
        }
        catch (IOException)
        {
            // It is coming back.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        socket?.Abort();
        await reading;
        socket?.Dispose();
    }

    private async Task Connect(int gateway)
    {
        var line = new ClientWebSocket();
        line.Options.SetRequestHeader("Cookie", who.Cookie);
        line.Options.KeepAliveInterval = TimeSpan.Zero;
        await line.ConnectAsync(new UriBuilder(audience.Gateways[gateway]) { Scheme = "ws", Path = RoundsProtocol.Path }.Uri, audience.Http, leaving.Token);
        socket = line;
        await Write(hello);
        reading = Read(line);
    }

    // Comes back as often as the line is lost.
    private async Task Stay(int gateway)
    {
        while (true)
        {
            await reading;
            IsThere = false;
            do
            {
                if (leaving.IsCancellationRequested)
                {
                    return;
                }
                await Task.Delay(Random.Shared.NextDouble() * ComesBackWithin, CancellationToken.None);
                gateway = (gateway + 1) % audience.Gateways.Count;
            }
            while (!await TryComeBack(gateway));
        }
    }

    private async Task<bool> TryComeBack(int gateway)
    {
        try
        {
            await Connect(gateway);
            await Follow();
            return IsThere = true;
        }
        catch (Exception e) when (e is WebSocketException or IOException or TimeoutException or OperationCanceledException)
        {
            socket?.Abort();
            return false;
        }
    }

    private async Task Follow() => Insist(await Ask("Follow", $"\"{topic}\",{last}"));

    private async Task Write(ReadOnlyMemory<byte> message)
    {
        await turn.WaitAsync();
        try
        {
            await socket!.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException)
        {
            throw new IOException("The line is lost.", e);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Read(ClientWebSocket line)
    {
        var buffer = new byte[4 * 1024];
        var record = new ArrayBufferWriter<byte>();
        try
        {
            while (await line.ReceiveAsync(buffer.AsMemory(), leaving.Token) is { MessageType: WebSocketMessageType.Text } got)
            {
                Take(buffer.AsMemory(0, got.Count), record, Stopwatch.GetTimestamp());
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Lost, or left.
        }
        foreach (var id in asked.Keys)
        {
            if (asked.TryRemove(id, out var answer))
            {
                answer.TrySetException(new IOException("The line was lost."));
            }
        }
    }

    private void Take(ReadOnlyMemory<byte> bytes, ArrayBufferWriter<byte> record, long now)
    {
        while (bytes.Span.IndexOf(Separator) is >= 0 and var end)
        {
            if (record.WrittenCount == 0)
            {
                Hear(bytes[..end], now);
            }
            else
            {
                record.Write(bytes.Span[..end]);
                Hear(record.WrittenMemory, now);
                record.ResetWrittenCount();
            }
            bytes = bytes[(end + 1)..];
        }
        record.Write(bytes.Span);
    }

    private void Hear(ReadOnlyMemory<byte> message, long now)
    {
        var span = message.Span;
        if (span.StartsWith("{\"type\":1,\"target\":\"Events\""u8))
        {
            Events(span, now);
        }
        else if (span.StartsWith("{\"type\":3"u8))
        {
            Answered(message);
        }
        else if (span.StartsWith("{\"type\":1,\"target\":\"CatchUp\""u8))
        {
            audience.CaughtUp();
            _ = Task.Run(Follow);
        }
        else if (span.StartsWith("{\"type\":1,\"target\":\"Closed\""u8))
        {
            audience.Wrong();
        }
    }

    private void Events(ReadOnlySpan<byte> message, long now)
    {
        if (message.IndexOf("\"k\":\"ballot-resulted\""u8) >= 0)
        {
            result.TrySetResult(Resulted(message));
        }
        var begin = "{\"n\":"u8;
        for (var at = message.IndexOf(begin); at >= 0; at = message.IndexOf(begin))
        {
            message = message[(at + begin.Length)..];
            if (Utf8Parser.TryParse(message, out long number, out _) && number == last + 1)
            {
                last = number;
                audience.Hear(index, number, now);
            }
            else
            {
                audience.Wrong();
            }
        }
    }

    /// <summary>Another ballot is called.</summary>
    public void AwaitResult() => result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Envelope Resulted(ReadOnlySpan<byte> message)
    {
        using var json = JsonDocument.Parse(message.ToArray());
        return json.RootElement.GetProperty("arguments")[1].EnumerateArray().Select(e => EventCodec.Decode(e)).Last(e => e.Event is BallotResulted);
    }

    private void Answered(ReadOnlyMemory<byte> message)
    {
        using var json = JsonDocument.Parse(message);
        if (asked.TryRemove(json.RootElement.GetProperty("invocationId").GetString()!, out var answer))
        {
            answer.TrySetResult(json.RootElement.TryGetProperty("result", out var result) ? result.Clone() : default);
        }
    }

    private static void Insist(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || answer.TryGetProperty("refusal", out _))
        {
            throw new IOException($"Refused: {answer}");
        }
    }
}
