using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>All connections of the generator: opened, framed and read by one thread.</summary>
/// <param name="protocol">What is said on them.</param>
/// <param name="heard">Takes each message of a connection that is ready, with when it was read.</param>
internal sealed unsafe class Lines(Protocol protocol, Lines.Take heard)
{
    private const int SocketsMax = 1 << 17;
    private const int ReadAtOnce = 256 << 10;
    private const int ConnectingMax = 100;
    private const int LinesOfAnAddress = 20_000;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(120);

    private readonly int epoll = Native.EpollCreate(0);
    private readonly Line?[] bySocket = new Line?[SocketsMax];
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(4 << 20, pinned: true);
    private readonly Native.EpollEvent[] events = GC.AllocateArray<Native.EpollEvent>(1024, pinned: true);
    private int connecting;
    private int ready;
    private long nextPing;
    private int pingSlot;

    public delegate void Take(Line line, ReadOnlySpan<byte> message, long now);

    public event Action<Line, int>? AcknowledgedBy;

    public List<Line> All { get; } = [];

    /// <summary>What went wrong: refusals, and connections that ended.</summary>
    public int Failures { get; private set; }

    public string? FirstFailure { get; private set; }

    /// <summary>Opens them all; returns when each can be used.</summary>
    public void Connect(IEnumerable<Line> lines)
    {
        All.AddRange(lines);
        var left = new Queue<Line>(All);
        var since = Stopwatch.GetTimestamp();
        while (ready + All.Count(l => l.Stage == Stage.Dead) < All.Count)
        {
            while (connecting < ConnectingMax && left.TryDequeue(out var line))
            {
                Open(line);
            }
            Poll(50);
            if (Stopwatch.GetElapsedTime(since) > ConnectWithin)
            {
                throw new TimeoutException($"Of {All.Count} connections {ready} are ready; {FirstFailure}");
            }
        }
    }

    public void Ready(Line line)
    {
        line.Stage = Stage.Ready;
        ready++;
        connecting--;
        if (line.IsStalled)
        {
            Control(Native.Delete, line, 0);
        }
    }

    /// <summary>Lets one that was stalled read again.</summary>
    public void Resume(Line line)
    {
        line.IsStalled = false;
        Control(Native.Add, line, Native.EpollIn);
    }

    public void Fail(Line line, ReadOnlySpan<byte> why)
    {
        Failures++;
        FirstFailure ??= Encoding.UTF8.GetString(why[..Math.Min(300, why.Length)]);
        if (line.Stage != Stage.Ready)
        {
            End(line);
        }
    }

    public void Acknowledged(Line line, int count) => AcknowledgedBy?.Invoke(line, count);

    /// <summary>One text message. The key that masks it is zero: that is legal, and costs the generator nothing.</summary>
    public void Say(Line line, ReadOnlySpan<byte> text) => Frame(line, text, 1);

    public void Poll(int milliseconds)
    {
        fixed (Native.EpollEvent* all = events)
        {
            var count = Native.EpollWait(epoll, all, events.Length, milliseconds);
            for (var i = 0; i < count; i++)
            {
                if (bySocket[all[i].Socket] is { } line)
                {
                    if ((all[i].Events & Native.EpollOut) != 0)
                    {
                        Writable(line);
                    }
                    if (line.Stage != Stage.Dead && (all[i].Events & (Native.EpollIn | Native.EpollHangUp | Native.EpollError)) != 0)
                    {
                        Readable(line);
                    }
                }
            }
        }
        PingSome();
    }

    public void Close()
    {
        foreach (var line in All.Where(l => l.Stage != Stage.Dead && l.Socket >= 0))
        {
            _ = Native.Close(line.Socket);
        }
        _ = Native.Close(epoll);
    }

    private void Open(Line line)
    {
        line.Socket = Native.ConnectLoopback(line.Port, All.Count > LinesOfAnAddress ? 2 + (line.Id / LinesOfAnAddress) : 1, line.IsStalled);
        bySocket[line.Socket] = line;
        connecting++;
        Control(Native.Add, line, Native.EpollIn | Native.EpollOut);
    }

    private void Control(int operation, Line line, int what)
    {
        var e = new Native.EpollEvent { Events = (uint)what, Socket = line.Socket };
        _ = Native.EpollControl(epoll, operation, line.Socket, &e);
    }

    private void End(Line line)
    {
        if (line.Stage == Stage.Dead)
        {
            return;
        }
        (ready, connecting) = line.Stage == Stage.Ready ? (ready - 1, connecting) : (ready, connecting - 1);
        line.Stage = Stage.Dead;
        bySocket[line.Socket] = null;
        _ = Native.Close(line.Socket);
    }

    private void Lost(Line line)
    {
        Failures++;
        FirstFailure ??= $"connection {line.Id} ended";
        End(line);
    }

    private void PingSome()
    {
        if (Stopwatch.GetTimestamp() is var now && now > nextPing)
        {
            nextPing = now + (Stopwatch.Frequency / 10);
            var slots = Protocol.PingEvery * 10;
            pingSlot = (pingSlot + 1) % slots;
            for (var i = pingSlot; i < All.Count; i += slots)
            {
                if (All[i].Stage == Stage.Ready)
                {
                    protocol.Ping(this, All[i]);
                }
            }
        }
    }

    private void Writable(Line line)
    {
        if (line.Stage == Stage.Connecting)
        {
            line.Stage = protocol.Negotiates ? Stage.Negotiating : Stage.Upgrading;
            Request(line);
        }
        else if (line.Unsent.Length > 0)
        {
            Flush(line);
        }
        if (line.Unsent.Length == 0 && line.Stage != Stage.Dead)
        {
            Control(Native.Modify, line, Native.EpollIn);
        }
    }

    private void Request(Line line)
    {
        var head = protocol.Headers(line) is { Length: > 0 } headers ? headers : $"Host: 127.0.0.1:{line.Port}\r\n";
        Send(line, Encoding.ASCII.GetBytes(line.Stage == Stage.Negotiating
            ? $"POST {protocol.Path}/negotiate?negotiateVersion=1 HTTP/1.1\r\n{head}Content-Length: 0\r\n\r\n"
            : $"GET {protocol.Path}{(line.Token is { } token ? $"?id={token}" : "")} HTTP/1.1\r\n{head}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
    }

    private void Send(Line line, ReadOnlySpan<byte> bytes)
    {
        var wasEmpty = line.Unsent.Length == 0;
        line.Unsent.Add(bytes);
        if (wasEmpty)
        {
            Flush(line);
        }
    }

    private void Flush(Line line)
    {
        nint sent;
        fixed (byte* bytes = line.Unsent.Span)
        {
            sent = Native.Send(line.Socket, bytes, line.Unsent.Length, Native.NoSignal);
        }
        if (sent < 0 && Native.Error != Native.Again)
        {
            Lost(line);
            return;
        }
        line.Unsent.Skip((int)Math.Max(0, sent));
        if (line.Unsent.Length > 0)
        {
            Control(Native.Modify, line, Native.EpollIn | Native.EpollOut);
        }
    }

    private void Frame(Line line, ReadOnlySpan<byte> payload, int kind)
    {
        Span<byte> head = stackalloc byte[8];
        head[0] = (byte)(0x80 | kind);
        head[1] = (byte)(0x80 | Math.Min(payload.Length, 126));
        if (payload.Length > 125)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)payload.Length);
        }
        var wasEmpty = line.Unsent.Length == 0;
        line.Unsent.Add(head[..(payload.Length > 125 ? 8 : 6)]);
        line.Unsent.Add(payload);
        if (wasEmpty && line.Stage != Stage.Dead)
        {
            Flush(line);
        }
    }

    private void Readable(Line line)
    {
        var kept = line.Unread.Length;
        line.Unread.Span.CopyTo(buffer);
        nint read;
        fixed (byte* bytes = buffer)
        {
            read = Native.Receive(line.Socket, bytes + kept, Math.Min(buffer.Length - kept, ReadAtOnce), 0);
        }
        if (read < 0 && Native.Error is Native.Again or Native.Interrupted)
        {
            return;
        }
        if (read <= 0)
        {
            Lost(line);
            return;
        }
        line.Unread.Clear();
        var now = Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> all = buffer.AsSpan(0, kept + (int)read);
        if (line.Stage < Stage.Greeting && !TryAnswered(line, ref all))
        {
            return;
        }
        while (line.Stage != Stage.Dead && TryFrame(ref all, out var first, out var payload))
        {
            Message(line, first, payload, now);
        }
        if (line.Stage != Stage.Dead && all.Length > 0)
        {
            line.Unread.Add(all);
        }
    }

    // The answer to a request; false when it is not whole, or the next was asked.
    private bool TryAnswered(Line line, ref ReadOnlySpan<byte> all)
    {
        var end = all.IndexOf("\r\n\r\n"u8);
        var head = end < 0 ? "" : Encoding.ASCII.GetString(all[..end]);
        var body = line.Stage == Stage.Negotiating && end >= 0 ? LengthOf(head) : 0;
        if (end < 0 || all.Length < end + 4 + body)
        {
            line.Unread.Add(all);
            return false;
        }
        if (!head.StartsWith(line.Stage == Stage.Negotiating ? "HTTP/1.1 200" : "HTTP/1.1 101", StringComparison.Ordinal))
        {
            Fail(line, all);
            return false;
        }
        var content = all.Slice(end + 4, body);
        all = all[(end + 4 + body)..];
        if (line.Stage == Stage.Negotiating)
        {
            (line.Token, line.Stage) = (JsonSerializer.Deserialize<JsonElement>(content).GetProperty("connectionToken").GetString(), Stage.Upgrading);
            Request(line);
            return false;
        }
        line.Stage = Stage.Greeting;
        Protocol.Greet(this, line);
        return true;
    }

    private static int LengthOf(string head)
    {
        const string Name = "Content-Length:";
        return head.Split("\r\n").FirstOrDefault(l => l.StartsWith(Name, StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line.AsSpan(Name.Length), CultureInfo.InvariantCulture)
            : 0;
    }

    private static bool TryFrame(ref ReadOnlySpan<byte> all, out byte first, out ReadOnlySpan<byte> payload)
    {
        first = 0;
        payload = default;
        if (all.Length < 2)
        {
            return false;
        }
        var (length, head) = (all[1] & 0x7f) switch { 126 => (-1L, 4), 127 => (-1L, 10), var small => (small, 2) };
        if (all.Length < head)
        {
            return false;
        }
        length = length >= 0 ? length : head == 4 ? BinaryPrimitives.ReadUInt16BigEndian(all[2..]) : BinaryPrimitives.ReadInt64BigEndian(all[2..]);
        if (all.Length < head + length)
        {
            return false;
        }
        first = all[0];
        payload = all.Slice(head, (int)length);
        all = all[(head + (int)length)..];
        return true;
    }

    private void Message(Line line, byte first, ReadOnlySpan<byte> payload, long now)
    {
        switch (first & 15)
        {
            case 8:
                Lost(line);
                return;
            case 9:
                Frame(line, payload, 10);
                return;
            case 10:
                return;
        }
        if ((first & 0x80) == 0 || line.Fragments.Length > 0)
        {
            line.Fragments.Add(payload);
            if ((first & 0x80) == 0)
            {
                return;
            }
            payload = line.Fragments.Span;
            line.Fragments.Clear();
        }
        heard(line, payload, now);
    }
}
