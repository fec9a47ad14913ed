using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SocialQI.Tests;

/// <summary>How a PostgreSQL may go: orderly, at once but knowing it, or as when the power goes.</summary>
public enum Ending
{
    Fast,
    Immediate,
    Kill,
}

/// <summary>
/// A PostgreSQL of one's own, in a fresh temporary folder on a free port of 127.0.0.1; nothing else on the machine is touched.
/// Its fsync is on, as the product insists. It outlives Stop and Start with its data, and ends with its folder when disposed.
/// Usable as a class, collection or assembly fixture. Missing programs are an error that says what to install, never a skip.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    private const int ConnectionsMax = 200;
    private const int PortAttemptsMax = 8;
    private const int LogLinesKept = 60;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _programs = Programs();
    private readonly Queue<string> _log = new();
    private string _folder = "";
    private Process? _server;
    private int _databases;

    /// <summary>A database that is there from the start, shared by all who use this instance.</summary>
    public string ConnectionString => To("socialqi");

    /// <summary>In which folder its own is made; null: with all that is temporary.</summary>
    public string? Place { get; init; }

    /// <summary>Whether it was started, and has not ended.</summary>
    public bool IsRunning => _server is { HasExited: false };

    /// <summary>The same over Stop and Start.</summary>
    public int Port { get; private set; }

    /// <summary>The postmaster; zero while stopped.</summary>
    public int Pid { get; private set; }

    private string Data => Path.Combine(_folder, "data");

    public async ValueTask InitializeAsync()
    {
        _folder = Place is null
            ? Directory.CreateTempSubdirectory("socialqi-pg-").FullName
            : Directory.CreateDirectory(Path.Combine(Place, "postgres")).FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // initdb refuses root, and the account it runs under must own the folder.
            await Run("chown", "postgres", _folder);
        }

        await RunAsOwner("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--data-checksums", "-N");
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort.Next();
            try
            {
                await Start();
                break;
            }
            catch (PostgresDidNotStart) when (attempt < PortAttemptsMax && Log().Contains("Address already in use", StringComparison.Ordinal))
            {
            }
        }

        await Create("socialqi");
    }

    /// <summary>Returns when the server accepts connections, recovery included.</summary>
    public async Task Start()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("PostgreSQL is running already.");
        }

        lock (_log)
        {
            _log.Clear();
        }

        var accepting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = Launch(accepting);
        var ended = server.WaitForExitAsync();
        await Task.WhenAny(accepting.Task, ended, Task.Delay(s_patience));
        if (!accepting.Task.IsCompleted)
        {
            server.Kill(entireProcessTree: true);
            await ended;
            throw new PostgresDidNotStart($"PostgreSQL did not start on port {Port}:\n{Log()}");
        }

        _server = server;
        Pid = server.Id;
    }

    /// <summary>
    /// Returns when no process of this server is left: a start beside a surviving backend would be refused.
    /// <see cref="Ending.Kill"/> ends the postmaster with SIGKILL and then whatever it had started.
    /// </summary>
    public async Task Stop(Ending how)
    {
        if (_server is null)
        {
            throw new InvalidOperationException("PostgreSQL is not running.");
        }

        if (how == Ending.Kill)
        {
            Kill(Pid);
        }
        else
        {
            await RunAsOwner("pg_ctl", "stop", "-D", Data, "-w", "-m", how == Ending.Fast ? "fast" : "immediate");
        }

        var since = Stopwatch.StartNew();
        while (Processes() is { Count: > 0 } left)
        {
            if (since.Elapsed > s_patience)
            {
                throw new TimeoutException($"PostgreSQL processes {string.Join(", ", left)} are still there:\n{Log()}");
            }

            left.ForEach(Kill);
            // The system announces no end of a process that is not one's own child.
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        await _server.WaitForExitAsync().WaitAsync(s_patience);
        _server.Dispose();
        _server = null;
        Pid = 0;
    }

    /// <summary>Holds all of it still: it keeps its connections and answers nothing.</summary>
    public Task Pause() => Signal("STOP");

    /// <summary>Lets it go on as if nothing had been.</summary>
    public Task Resume() => Signal("CONT");

    /// <summary>One database per test: an empty one, of which nobody else knows.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await Create(name);
        return To(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await Stop(Ending.Kill);
        }

        if (_folder.Length > 0)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Process Launch(TaskCompletionSource accepting)
    {
        var server = new Process
        {
            StartInfo = AsOwner(
                "postgres", "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture),
                "-c", "listen_addresses=127.0.0.1",
                "-c", $"unix_socket_directories={_folder}",
                "-c", $"max_connections={ConnectionsMax}"),
        };
        server.ErrorDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (line.Data?.Contains("ready to accept connections", StringComparison.Ordinal) == true)
            {
                accepting.TrySetResult();
            }
        };
        server.OutputDataReceived += (_, line) => Keep(line.Data);
        server.Start();
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        return server;
    }

    private static string Programs()
    {
        var named = Environment.GetEnvironmentVariable("SOCIALQI_PG");
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql")
                .OrderByDescending(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
            : [];
        var looked = string.IsNullOrEmpty(named) ? installed : [named];
        return looked.FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "postgres")))
            ?? throw new InvalidOperationException(
                $"These tests need PostgreSQL's server programs; looked in {(string.IsNullOrEmpty(named) ? "/usr/lib/postgresql/*/bin" : named)}. "
                + "Install them (Debian: apt-get install postgresql) or set SOCIALQI_PG to the folder that holds initdb and postgres.");
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
        }
    }

    /// <summary>Each process of a PostgreSQL works in its data folder; children of a killed postmaster are found by nothing else.</summary>
    private List<int> Processes() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(entry => int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && WorksIn(pid) == Data)];

    private static string? WorksIn(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string To(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = database,
        // Many databases share the server's connections, so a pool gives back what its test no longer uses.
        MaxPoolSize = 20,
        ConnectionIdleLifetime = 5,
        ConnectionPruningInterval = 2,
    }.ConnectionString;

    private async Task Create(string database)
    {
        await using var connection = new NpgsqlConnection(To("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {database}", connection);
        await create.ExecuteNonQueryAsync();
    }

    private ProcessStartInfo AsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            // Becomes the program. A parent in between, as runuser is, may stop for good when what it started is stopped.
            ? Captured("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments])
            : Captured(path, arguments);
    }

    private ProcessStartInfo Captured(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        // One that the owner may enter; and messages in the language that Start reads.
        WorkingDirectory = _folder,
        Environment = { ["LC_ALL"] = "C" },
    };

    private Task Signal(string name) => Run("kill", ["-" + name, .. Processes().Select(pid => pid.ToString(CultureInfo.InvariantCulture))]);

    private Task RunAsOwner(string program, params string[] arguments) => Finish(AsOwner(program, arguments));

    private Task Run(string program, params string[] arguments) => Finish(Captured(program, arguments));

    private static async Task Finish(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_patience);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed:\n{await said}{await complained}");
        }
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            if (line is not null)
            {
                _log.Enqueue(line);
            }

            if (_log.Count > LogLinesKept)
            {
                _log.Dequeue();
            }
        }
    }

    private string Log()
    {
        lock (_log)
        {
            return string.Join('\n', _log);
        }
    }
}

public sealed class PostgresDidNotStart(string message) : InvalidOperationException(message);
