using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using SocialQI.Wire;

namespace SocialQI.Server.Tests;

/// <summary>A connection to the hub, frame by frame, as a client that was written wrongly or with ill will makes it.</summary>
internal sealed class RawHub : IAsyncDisposable
{
    private const char End = '\u001e';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource patience = new(Patience);

    private RawHub()
    {
    }

    public WebSocketState State => socket.State;

    /// <summary>Connects, and says nothing yet.</summary>
    /// <param name="service">The service.</param>
    /// <param name="who">Whose cookie it carries.</param>
    /// <param name="receiveBytes">How much the system takes for a client that does not read; null: as much as it likes.</param>
    public static async Task<RawHub> Connect(TheService service, Somebody who, int? receiveBytes = null)
    {
        var raw = new RawHub();
        raw.socket.Options.SetRequestHeader("Cookie", who.Cookie);
        using var handler = new SocketsHttpHandler { UseCookies = false };
        if (receiveBytes is { } bytes)
        {
            handler.ConnectCallback = async (context, stop) =>
            {
                var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = bytes };
                await tcp.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(tcp, ownsSocket: true);
            };
        }
        using var http = new HttpMessageInvoker(handler, disposeHandler: false);
        await raw.socket.ConnectAsync(new UriBuilder(new Uri(service.Address, RoundsProtocol.Path)) { Scheme = "ws" }.Uri, http, raw.patience.Token);
        return raw;
    }

    /// <summary>Connects and says that it speaks the hub's protocol.</summary>
    public static async Task<RawHub> Shake(TheService service, Somebody who, int? receiveBytes = null)
    {
        var raw = await Connect(service, who, receiveBytes);
        await raw.Say("""{"protocol":"json","version":1}""");
        await raw.Hear();
        return raw;
    }

    /// <summary>Sends a message with the mark at its end.</summary>
    public Task Say(string message) => Send(Encoding.UTF8.GetBytes(message + End));

    public Task Send(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text) => socket.SendAsync(bytes, type, endOfMessage: true, patience.Token);

    /// <summary>The next message that is no ping; null when the connection was closed instead.</summary>
    public async Task<string?> Hear()
    {
        while (await Receive() is { } message)
        {
            if (message != """{"type":6}""")
            {
                return message;
            }
        }
        return null;
    }

    /// <summary>The completion of a call with this id, whatever else is told in between; null when the connection was closed instead.</summary>
    public async Task<JsonElement?> Completion(string id)
    {
        while (await Hear() is { } message)
        {
            var json = JsonSerializer.Deserialize<JsonElement>(message);
            if (json.TryGetProperty("invocationId", out var of) && of.GetString() == id)
            {
                return json;
            }
        }
        return null;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private readonly Queue<string> waiting = new();
    private readonly StringBuilder begun = new();

    private async Task<string?> Receive()
    {
        var buffer = new byte[16 * 1024];
        while (waiting.Count == 0)
        {
            try
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }
                begun.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
            var messages = begun.ToString().Split(End);
            begun.Clear().Append(messages[^1]);
            Array.ForEach(messages[..^1], waiting.Enqueue);
        }
        return waiting.Dequeue();
    }
}
