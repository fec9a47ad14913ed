using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SocialQI.Wire;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>A hub connection over a bare socket that asks and never reads what comes.</summary>
internal sealed class DeafReader : IDisposable
{
    private const byte Final = 0x80;
    private const byte Text = 0x01;
    private const byte Masked = 0x80;
    private const byte LengthFollows = 126;
    private const char End = '\u001e';

    private readonly TcpClient socket;

    private DeafReader(TcpClient socket) => this.socket = socket;

    public static async Task<DeafReader> Connect(Uri gateway, Person person)
    {
        // What the system holds for it is as little as it can be.
        var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(gateway.Host, gateway.Port);
        var reader = new DeafReader(socket);
        var upgrade = $"GET {RoundsProtocol.Path} HTTP/1.1\r\nHost: {gateway.Authority}\r\nCookie: {person.Cookies.GetCookieHeader(gateway)}\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(upgrade));
        await reader.Write("""{"protocol":"json","version":1}""");
        return reader;
    }

    /// <summary>Asks for all of these topics from their beginning, again and again.</summary>
    public async Task Follow(IEnumerable<TopicId> topics, int times)
    {
        foreach (var topic in topics)
        {
            for (var i = 0; i < times; i++)
            {
                await Write(JsonSerializer.Serialize(new { type = 1, invocationId = "1", target = "Follow", arguments = new object[] { topic.ToString(), 0 } }));
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task Write(string message)
    {
        var payload = Encoding.UTF8.GetBytes(message + End);
        // Masked by zeros: it stays as it is.
        var frame = new byte[8 + payload.Length];
        (frame[0], frame[1]) = (Final | Text, Masked | LengthFollows);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame, 8);
        await socket.GetStream().WriteAsync(frame);
    }
}
