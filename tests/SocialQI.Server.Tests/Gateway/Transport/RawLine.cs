using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using SocialQI.Wire;

namespace SocialQI.Server.Tests.Gateway.Transport;

/// <summary>A WebSocket byte by byte: frames as the client likes them, and what comes as frames, whole or not at all.</summary>
internal sealed class RawLine : IAsyncDisposable
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string Proof = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] mask = [0x11, 0xa2, 0x33, 0xc4];

    private readonly TcpClient tcp = new() { NoDelay = true };
    private readonly CancellationTokenSource patience = new(Patience);
    private Stream stream = Stream.Null;

    /// <summary>Connects and is upgraded.</summary>
    public static async Task<RawLine> Connect(Uri address, string cookie, int? receiveBytes = null)
    {
        var line = new RawLine();
        line.tcp.ReceiveBufferSize = receiveBytes ?? line.tcp.ReceiveBufferSize;
        await line.tcp.ConnectAsync(address.Host, address.Port);
        line.stream = line.tcp.GetStream();
        await line.Send(Encoding.ASCII.GetBytes(
            $"GET {RoundsProtocol.Path} HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {Key}\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await line.Take(1))[0]);
        }
        Xunit.Assert.StartsWith("HTTP/1.1 101", head.ToString());
        Xunit.Assert.Contains(Proof, head.ToString(), StringComparison.Ordinal);
        return line;
    }

    /// <summary>The same, and greeted.</summary>
    public static async Task<RawLine> Greet(Uri address, string cookie, int? receiveBytes = null)
    {
        var line = await Connect(address, cookie, receiveBytes);
        await line.Frame(1, "{\"protocol\":\"json\",\"version\":1}\u001e");
        Xunit.Assert.Equal((1, "{}\u001e"), await line.HearText());
        return line;
    }

    public Task Frame(int kind, string text, bool isLast = true) => Frame(kind, Encoding.UTF8.GetBytes(text), isLast);

    public Task Frame(int kind, byte[] payload, bool isLast = true, bool isMasked = true, int reserved = 0)
    {
        using var frame = new MemoryStream();
        frame.WriteByte((byte)((isLast ? 0x80 : 0) | reserved | kind));
        frame.WriteByte((byte)((isMasked ? 0x80 : 0) | (payload.Length < 126 ? payload.Length : payload.Length <= ushort.MaxValue ? 126 : 127)));
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
        frame.Write(payload.Length < 126 ? [] : payload.Length <= ushort.MaxValue ? length.AsSpan(6) : length);
        frame.Write(isMasked ? mask : []);
        frame.Write([.. payload.Select((b, i) => (byte)(isMasked ? b ^ mask[i % 4] : b))]);
        return Send(frame.ToArray());
    }

    public async Task Send(byte[] bytes) => await stream.WriteAsync(bytes, patience.Token);

    /// <summary>The next frame; null when the line was cut.</summary>
    public async Task<(int Kind, byte[] Payload)?> Hear()
    {
        try
        {
            var head = await Take(2);
            Xunit.Assert.Equal(0x80, head[0] & 0xf0);
            var length = head[1] switch { 126 => BinaryPrimitives.ReadUInt16BigEndian(await Take(2)), 127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await Take(8)), var small => small };
            return (head[0] & 0x0f, await Take(length));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task<(int Kind, string Text)?> HearText() => await Hear() is var (kind, payload) ? (kind, Encoding.UTF8.GetString(payload)) : null;

    /// <summary>The code with which it is closed, whatever is said before.</summary>
    public async Task<int> Closing()
    {
        while (await Hear() is var (kind, payload))
        {
            if (kind == 8)
            {
                return payload.Length == 0 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(payload);
            }
        }
        return -1;
    }

    public ValueTask DisposeAsync()
    {
        tcp.Dispose();
        patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]> Take(int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }
}
