using System.Net;
using System.Net.Sockets;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>What a network does to what goes over it.</summary>
internal abstract record Weather
{
    /// <summary>All passes at once.</summary>
    public sealed record Fair : Weather;

    /// <summary>Each piece comes later.</summary>
    public sealed record Delay(TimeSpan By) : Weather;

    /// <summary>Not more than so much passes each second.</summary>
    public sealed record Throttle(int BytesPerSecond) : Weather;

    /// <summary>A connection ends, orderly, after so much.</summary>
    public sealed record Cut(int AfterBytes) : Weather;

    /// <summary>Nothing passes, and nobody is told.</summary>
    public sealed record Blackhole : Weather;

    /// <summary>Every connection is reset, and every new one.</summary>
    public sealed record Reset : Weather;
}

/// <summary>A stretch of network between whoever connects here and an address, with weather that can be changed while connections are open.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private const int PieceBytes = 16 * 1024;

    private readonly TcpListener listener;
    private readonly Func<Task<Socket>> connect;
    private readonly CancellationTokenSource ended = new();
    private readonly HashSet<Socket> open = [];
    private readonly Lock gate = new();
    private readonly Task accepting;
    private Weather weather = new Weather.Fair();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="to">The other side.</param>
    /// <param name="on">Where it is found; null: on 127.0.0.1.</param>
    public Relay(EndPoint to, IPAddress? on = null)
        : this(() => Connect(to), on)
    {
    }

    /// <param name="connect">Makes a connection to the other side.</param>
    /// <param name="on">Where it is found; null: on 127.0.0.1.</param>
    public Relay(Func<Task<Socket>> connect, IPAddress? on = null)
    {
        this.connect = connect;
        listener = new(on ?? IPAddress.Loopback, 0);
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The same as an address for browsers.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public void Set(Weather next)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            weather = next;
            (before, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            foreach (var socket in next is Weather.Reset ? open.ToArray() : [])
            {
                Break(socket);
            }
        }
        before.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        lock (gate)
        {
            foreach (var socket in open)
            {
                socket.Dispose();
            }
        }
        await accepting;
        ended.Dispose();
    }

    private static async Task<Socket> Connect(EndPoint to)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to);
        return socket;
    }

    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new(true, 0);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
        {
            return;
        }
        socket.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Join(await listener.AcceptSocketAsync(ended.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The relay is over.
        }
    }

    private async Task Join(Socket here)
    {
        Socket? there = null;
        try
        {
            here.NoDelay = true;
            Keep(here);
            await Passable();
            there = await connect();
            Keep(there);
            await Task.WhenAny(Carry(here, there), Carry(there, here));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Whoever asked is told by the end of the connection.
        }
        finally
        {
            lock (gate)
            {
                open.Remove(here);
                open.Remove(there!);
            }
            here.Dispose();
            there?.Dispose();
        }
    }

    private void Keep(Socket socket)
    {
        lock (gate)
        {
            open.Add(socket);
            if (weather is Weather.Reset)
            {
                Break(socket);
            }
        }
    }

    private async Task Carry(Socket from, Socket to)
    {
        var (piece, carried) = (new byte[PieceBytes], 0L);
        while (await from.ReceiveAsync(piece, ended.Token) is > 0 and var bytes)
        {
            await Passable();
            switch (weather)
            {
                case Weather.Delay delay:
                    await Task.Delay(delay.By, ended.Token);
                    break;
                case Weather.Throttle throttle:
                    await Task.Delay(TimeSpan.FromSeconds((double)bytes / throttle.BytesPerSecond), ended.Token);
                    break;
                case Weather.Cut cut when (carried += bytes) > cut.AfterBytes:
                    return;
            }
            await to.SendAsync(piece.AsMemory(0, bytes), ended.Token);
        }
    }

    private async Task Passable()
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (weather is not Weather.Blackhole)
                {
                    return;
                }
                next = changed.Task;
            }
            await next.WaitAsync(ended.Token);
        }
    }
}
