using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>The cluster that deploy/local starts on one machine, in a folder and on ports of its own; all of it ends with this, whatever became of the tests.</summary>
public sealed class LocalCluster : IAsyncLifetime
{
    /// <summary>By which names up.sh remembers what it started.</summary>
    public static readonly string[] Names = ["postgres", "node1", "node2", "node3", "haproxy"];

    private const int Ports = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Whatever down.sh does: it is what is tested here.
    private readonly HashSet<int> started = [];


    /// <summary>Made by up.sh, and gone with what it started.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"socialqi-local-{Guid.NewGuid():N}");

    /// <summary>The first of its ports.</summary>
    public int Port { get; } = FreePorts();

    /// <summary>HAProxy's.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public string Database =>
        $"Host=127.0.0.1;Port={Port + 7};Database=socialqi;Username=socialqi;Password={File.ReadAllText(Path.Combine(Folder, "password"))}";

    public async ValueTask InitializeAsync()
    {
        var (code, said) = await Up();
        if (code != 0)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"up.sh ended with {code}:\n{said}");
        }
    }

    public async Task<(int Code, string Said)> Up()
    {
        var ended = await Run("up.sh", ["--folder", Folder, "--port", Port.ToString(CultureInfo.InvariantCulture), "--program", ServerProcess.Built]);
        started.UnionWith(Names.Where(name => File.Exists(PidFile(name))).Select(Pid));
        return ended;
    }

    /// <summary>Starts another one on the same ports, in a folder that is taken away again.</summary>
    public async Task<(int Code, string Said)> UpBeside(params (string Name, string Value)[] environment)
    {
        var other = Folder + "-beside";
        try
        {
            return await Run("up.sh", ["--folder", other, "--port", Port.ToString(CultureInfo.InvariantCulture), "--program", ServerProcess.Built], environment);
        }
        finally
        {
            if (Directory.Exists(other))
            {
                Directory.Delete(other, recursive: true);
            }
        }
    }

    public Task<(int Code, string Said)> Down(params string[] more) => Run("down.sh", ["--folder", Folder, .. more]);

    /// <summary>The process that up.sh started under a name.</summary>
    public int Pid(string name) => int.Parse(File.ReadAllText(PidFile(name)).Split(' ')[0], CultureInfo.InvariantCulture);

    public string PidFile(string name) => Path.Combine(Folder, "pids", name);

    /// <summary>Whether a process runs: one that has ended and that nobody has asked about yet does not.</summary>
    public static bool IsThere(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Down("--wipe");
        foreach (var pid in started.Where(IsOurs))
        {
            using var left = Process.GetProcessById(pid);
            left.Kill();
            await left.WaitForExitAsync();
        }
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Runs one of the two scripts to its end.</summary>
    public static async Task<(int Code, string Said)> Run(string script, IEnumerable<string> words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(ServerProcess.Root, "deploy/local", script), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var run = Process.Start(start)!;
        var (output, error) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync().WaitAsync(Patience);
        return (run.ExitCode, await output + await error);
    }

    // The system gives an id to another one, later.
    private bool IsOurs(int pid) =>
        IsThere(pid) && File.ReadAllText($"/proc/{pid}/cmdline") is { } words
        && (words.Contains(Folder, StringComparison.Ordinal) || words.Contains("deploy/haproxy/haproxy.cfg", StringComparison.Ordinal));

    // The first of so many in a row that nobody listens on.
    private static int FreePorts()
    {
        while (true)
        {
            var first = FreePort.Next();
            if (Enumerable.Range(first, Ports).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>Two of them beside each other would be out of breath.</summary>
[CollectionDefinition]
public sealed class OneAtATime;
