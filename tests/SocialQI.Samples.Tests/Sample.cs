using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Samples.Tests;

/// <summary>A sample client as a process of its own: what it prints is heard, what is typed it posts.</summary>
internal sealed class Sample : IAsyncDisposable
{
    /// <summary>How long anything may take before a test fails, naming what it waited for. A slow machine is no failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly List<string> printed = [];
    private readonly List<(Func<string, bool> Fits, TaskCompletionSource<string> Found)> awaited = [];

    private Sample(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data is { } said ? "error: " + said : null);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The texts of the contributions it printed, with their numbers, in the order it printed them.</summary>
    public (long Number, string Text)[] Contributions =>
        [.. Printed.Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement).Where(e => e.GetProperty("k").GetString() == "contribution-posted")
            .Select(e => (e.GetProperty("n").GetInt64(), e.GetProperty("d").GetProperty("text").GetString()!))];

    private string[] Printed
    {
        get
        {
            lock (printed)
            {
                return [.. printed];
            }
        }
    }

    /// <summary>The console client, following a topic; returns when it does.</summary>
    public static Task<Sample> Console(ServerProcess server, string user, string topic)
    {
        var configuration = ServerProcess.Built.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Path.Combine(ServerProcess.Root, "tests/Samples/ConsoleClient/bin", configuration, "net10.0/SocialQI.Samples.ConsoleClient.dll");
        return Following(new("dotnet", [program, server.Address.ToString(), user, "rounds-at-seven", topic]), topic);
    }

    /// <summary>The npm client, following a topic; returns when it does.</summary>
    public static Task<Sample> Npm(string folder, ServerProcess server, string user, string topic) =>
        Following(new("node", ["client.mjs", server.Address.ToString(), user, "rounds-at-seven", topic]) { WorkingDirectory = folder }, topic);

    /// <summary>What a program for Node prints, when it has ended.</summary>
    public static async Task<string[]> Run(string folder, params string[] arguments)
    {
        await using var sample = new Sample(new("node", arguments) { WorkingDirectory = folder });
        await sample.Ends();
        return sample.Printed;
    }

    /// <summary>Installs one of the samples for Node in a folder, exactly as its lock file says.</summary>
    public static async Task Install(string folder, string name)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(ServerProcess.Root, "tests/Samples", name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        try
        {
            await using var npm = new Sample(new("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = folder });
            await npm.process.WaitForExitAsync().WaitAsync(Patience);
            Assert.True(npm.process.ExitCode == 0, "npm ci failed:\n" + string.Join('\n', npm.Printed));
        }
        catch (Win32Exception)
        {
            const string Hint = "There is no npm. Install it with: apt-get install --no-install-recommends nodejs npm";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("SOCIALQI_ALLOW_SKIP") is { Length: > 0 }, Hint);
            Assert.Fail(Hint);
        }
    }

    public async Task Type(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Hears the contribution of somebody, at once or soon.</summary>
    public Task Hears(string text) => Prints(line => line.StartsWith('{') && line.Contains(JsonSerializer.Serialize(text), StringComparison.Ordinal), $"the contribution '{text}'");

    /// <summary>Its own post was answered.</summary>
    public Task IsAnswered(int times) => Prints(_ => Printed.Count(l => l.StartsWith("sent ", StringComparison.Ordinal)) >= times, $"{times} answers");

    /// <summary>Ends when nothing more is typed.</summary>
    public async Task Ends()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"It ended with {process.ExitCode}:\n{string.Join('\n', Printed)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private static async Task<Sample> Following(ProcessStartInfo start, string topic)
    {
        var sample = new Sample(start);
        await sample.Prints(line => line.StartsWith($"open {topic} at ", StringComparison.Ordinal), "that it follows " + topic);
        return sample;
    }

    private async Task Prints(Func<string, bool> fits, string what)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (printed)
        {
            if (printed.Any(fits))
            {
                return;
            }
            awaited.Add((fits, found));
        }
        try
        {
            await found.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It never printed {what}, but:\n{string.Join('\n', Printed)}");
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (printed)
        {
            printed.Add(line);
            awaited.Where(a => a.Fits(line)).ToList().ForEach(a => a.Found.TrySetResult(line));
        }
    }
}
