using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>Something that is measured.</summary>
internal interface IServed : IAsyncDisposable
{
    /// <summary>The order as it is for this.</summary>
    Task<Order> Addressed(Order order, int topics);
}

/// <summary>Which peer.</summary>
internal enum PeerKind
{
    /// <summary>A plain hub in one process.</summary>
    SignalR,

    /// <summary>Two processes, with the Redis backplane between: everybody follows at one and publishes at the other.</summary>
    Redis,

    /// <summary>One process; a message is one INSERT before it is sent.</summary>
    Insert,
}

/// <summary>What a team writes first with SignalR alone.</summary>
internal sealed class Peer : IServed
{
    private const string Table =
        "CREATE TABLE events(id bigint generated always as identity primary key, topic text NOT NULL, payload jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now())";

    private static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(30);
    private static readonly string program = Path.Combine(
        ServerProcess.Root, "tests/SocialQI.Benchmarks.Peers/bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0/peer-signalr.dll");

    private readonly List<Process> processes = [];
    private readonly List<int> ports = [];
    private PrivatePostgres? postgres;

    public static async Task<Peer> Start(PeerKind kind)
    {
        var peer = new Peer();
        string[] arguments = [];
        if (kind == PeerKind.Redis)
        {
            var port = FreePort.Next();
            await peer.Launch(port, RedisServer(), "--port", Text(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", Path.GetTempPath());
            await peer.Hub("--redis", $"127.0.0.1:{port}");
            arguments = ["--redis", $"127.0.0.1:{port}"];
        }
        else if (kind == PeerKind.Insert)
        {
            arguments = ["--durable", "insert", "--pg", await peer.Database()];
        }
        await peer.Hub(arguments);
        return peer;
    }

    public Task<Order> Addressed(Order order, int topics) => Task.FromResult(order with
    {
        FollowerPorts = [ports[^1]],
        PublisherPorts = [ports[0]],
        Pids = [.. processes.Select(p => p.Id), .. postgres is { } database ? (int[])[database.Pid] : []],
        Topics = [.. Enumerable.Range(0, topics).Select(i => string.Create(CultureInfo.InvariantCulture, $"case-{i:0000}"))],
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        if (postgres is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await postgres.DisposeAsync();
        }
    }

    private async Task<string> Database()
    {
        postgres = new();
        await postgres.InitializeAsync();
        var database = await postgres.CreateDatabase();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand(Table, connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 100, MaxAutoPrepare = 20 }.ConnectionString;
    }

    private async Task Hub(params string[] arguments)
    {
        ports.Add(FreePort.Next());
        await Launch(ports[^1], "dotnet", [program, "--port", Text(ports[^1]), .. arguments]);
    }

    private async Task Launch(int port, string file, params string[] arguments)
    {
        processes.Add(Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!);
        _ = processes[^1].StandardOutput.ReadToEndAsync();
        for (var since = Stopwatch.GetTimestamp(); !await Listens(port); await Task.Delay(TimeSpan.FromMilliseconds(50)))
        {
            if (processes[^1].HasExited || Stopwatch.GetElapsedTime(since) > OpensWithin)
            {
                throw new InvalidOperationException($"{file} does not listen on port {port}.");
            }
        }
    }

    private static async Task<bool> Listens(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string RedisServer() =>
        new[] { "/usr/bin/redis-server", "/usr/local/bin/redis-server" }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The peer with a backplane needs redis-server. Install it (Debian: apt-get install redis-server).");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
