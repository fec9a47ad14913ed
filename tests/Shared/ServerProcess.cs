using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace SocialQI.Tests;

/// <summary>
/// The service as an operator runs it: a process of its own, with a data folder and free ports of its own, ended by its id.
/// It keeps its folder and ports over <see cref="Kill"/> and <see cref="Start()"/>.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    // What all processes of these tests share: those of one cluster must.
    public static readonly string KeyFile = Path.Combine(Path.GetTempPath(), $"socialqi-keys-{System.Environment.ProcessId}", "keys.pfx");

    private const int LinesKept = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string[] arguments;
    private readonly Queue<string> said = new();
    private readonly List<(string Words, TaskCompletionSource Said)> awaited = [];
    private Process? process;

    private ServerProcess(string program, string data, string[] arguments)
    {
        Program = program;
        Data = data;
        this.arguments = arguments;
    }

    /// <summary>Its SocialQI.Server.dll, from the next start on.</summary>
    public string Program { get; set; }

    /// <summary>Its data folder; deleted with it.</summary>
    public string Data { get; }

    /// <summary>When it was started last.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Where it listens; the same over a restart.</summary>
    public Uri Address { get; private set; } = new($"http://127.0.0.1:{FreePort.Next()}/");

    public int SiloPort { get; } = FreePort.Next();

    public int GatewayPort { get; } = FreePort.Next();

    public int Pid => process!.Id;

    /// <summary>Whether it was started and has not ended, by itself or otherwise.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>What its next start finds in its environment besides.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The words by which its next start begins: a program that becomes it.</summary>
    public string[] Under { get; set; } = [];

    /// <summary>The server as this build made it.</summary>
    public static string Built { get; } = Path.Combine(Root, "src/SocialQI.Server/bin", Configuration, "net10.0/SocialQI.Server.dll");

    /// <summary>The project's root.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "SocialQI.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the project.");
            }
            return folder.FullName;
        }
    }

    /// <summary>The last lines it printed.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>Starts one in a fresh data folder and returns when it is ready.</summary>
    /// <param name="program">Its SocialQI.Server.dll; null: <see cref="Built"/>.</param>
    /// <param name="arguments">More of its command line.</param>
    public static async Task<ServerProcess> StartNew(string? program = null, params string[] arguments)
    {
        var server = New(program, arguments);
        await server.Start();
        return server;
    }

    /// <summary>One with a fresh data folder, to be started.</summary>
    /// <param name="program">Its SocialQI.Server.dll; null: <see cref="Built"/>.</param>
    /// <param name="arguments">More of its command line.</param>
    public static ServerProcess New(string? program = null, params string[] arguments) =>
        new(program ?? Built, Directory.CreateTempSubdirectory("socialqi-data-").FullName, arguments);

    /// <summary>Starts it again on its folder and ports; returns when it is ready.</summary>
    public async Task Start()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Launch(ready);
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(Patience) == ended)
        {
            throw new InvalidOperationException($"The server ended before it was ready:\n{Said}");
        }
    }

    /// <summary>When it prints a line with these words, from now on.</summary>
    public Task Says(string words)
    {
        lock (said)
        {
            var line = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited.Add((words, line));
            return line.Task;
        }
    }

    /// <summary>Runs a verb against its data folder; returns its exit code and what it printed.</summary>
    public Task<(int Code, string Said)> Verb(params string[] words) => Run(Program, [.. words, "--data", Data], input: null);

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int Code, string Said)> Run(string program, IReadOnlyList<string> words, string? input)
    {
        using var run = Process.Start(new ProcessStartInfo("dotnet", [program, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        if (input is not null)
        {
            await run.StandardInput.WriteLineAsync(input);
        }
        run.StandardInput.Close();
        var output = run.StandardOutput.ReadToEndAsync();
        var error = run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync().WaitAsync(Patience);
        return (run.ExitCode, await output + await error);
    }

    /// <summary>Ends it as a loss of power would, as far as a process can tell: SIGKILL. Returns when it is gone.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Holds it still, as a machine does that is out of breath: it keeps its connections and answers nothing.</summary>
    public Task Pause() => Signal("STOP");

    /// <summary>Lets it go on as if nothing had been.</summary>
    public Task Resume() => Signal("CONT");

    /// <summary>When it ended by itself, with its exit code.</summary>
    public async Task<int> Ended()
    {
        await process!.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Asks it to end, and returns its exit code.</summary>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        await process!.WaitForExitAsync().WaitAsync(Patience);
        var code = process.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    /// <summary>A client that carries the cookie of somebody signed in.</summary>
    public async Task<HttpClient> SignIn(string user, string password)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        using var answer = await http.PostAsJsonAsync("api/sign-in", new { user, password });
        answer.EnsureSuccessStatusCode();
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await Kill();
        }
        Directory.Delete(Data, recursive: true);
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private Process Launch(TaskCompletionSource ready)
    {
        string[] words = [.. Under, "dotnet", Program, "--urls", Address.ToString(), "--data", Data, .. arguments];
        var launched = new Process
        {
            StartInfo = new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
                Environment =
                {
                    ["SocialQI__KeyCertificate"] = KeyFile,
                    ["SocialQI__SiloPort"] = SiloPort.ToString(CultureInfo.InvariantCulture),
                    ["SocialQI__GatewayPort"] = GatewayPort.ToString(CultureInfo.InvariantCulture),
                },
            },
        };
        foreach (var (name, value) in Environment)
        {
            launched.StartInfo.Environment[name] = value;
        }
        launched.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (Listens().IsMatch(line.Data ?? ""))
            {
                ready.TrySetResult();
            }
        };
        launched.ErrorDataReceived += (_, line) => Keep(line.Data);
        StartedAt = DateTimeOffset.UtcNow;
        launched.Start();
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        return launched;
    }

    private void Keep(string? line)
    {
        lock (said)
        {
            if (line is not null)
            {
                said.Enqueue(line);
                foreach (var heard in awaited.Where(a => line.Contains(a.Words, StringComparison.Ordinal)).ToList())
                {
                    heard.Said.SetResult();
                    awaited.Remove(heard);
                }
            }
            if (said.Count > LinesKept)
            {
                said.Dequeue();
            }
        }
    }

    [GeneratedRegex("^SocialQI listens on ")]
    private static partial Regex Listens();
}
