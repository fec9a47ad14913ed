using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Playwright;
using SocialQI.Browser.Tests;
using SocialQI.Tests;
using Xunit;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(House))]
// Most of a story is waiting.
[assembly: Parallelization(MaxThreads = 4)]

namespace SocialQI.Browser.Tests;

/// <summary>The service as an operator installs it: published once for all stories, running on a fresh data folder; and a browser to visit it with.</summary>
public sealed class House : IAsyncLifetime
{
    public const string Password = "rounds-at-seven";

    /// <summary>How long anything may take before a story fails, naming what it waited for. A slow machine is no failure.</summary>
    public const int PatienceMs = 60_000;

    private static readonly TimeSpan PublishPatience = TimeSpan.FromMinutes(8);

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-published-").FullName;
    private readonly Dictionary<string, HttpClient> signedIn = [];
    private IPlaywright playwright = null!;

    /// <summary>The published SocialQI.Server.dll.</summary>
    public string Program => Path.Combine(folder, "SocialQI.Server.dll");

    /// <summary>What the publish printed.</summary>
    public string PublishSaid { get; private set; } = "";

    public ServerProcess Service { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        await Task.WhenAll(OpenHouse(), FetchBrowser());
    }

    /// <summary>Makes a case that the whole network sees, with nothing said in it yet.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> Case(string title, string question = "What would you do tonight?", ServerProcess? at = null)
    {
        var topic = $"case.north-harbour.open.{Guid.CreateVersion7():N}";
        await Ask("imani.cole", topic, new { k = "start-case", title, question }, at);
        await Ask("imani.cole", topic, new { k = "open-case", visibility = new { kind = "network" } }, at);
        return $"case/{topic}";
    }

    /// <summary>Asks a topic for something, as a program would.</summary>
    public async Task Ask(string user, string topic, object command, ServerProcess? at = null)
    {
        var service = at ?? Service;
        var key = user + service.Address;
        if (!signedIn.TryGetValue(key, out var http))
        {
            signedIn[key] = http = await service.SignIn(user, Password);
        }
        using var answer = await http.PostAsJsonAsync($"api/topics/{topic}/commands", new { id = Guid.CreateVersion7(), command });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var http in signedIn.Values)
        {
            http.Dispose();
        }
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }
        playwright?.Dispose();
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task OpenHouse()
    {
        await Publish();
        Service = await ServerProcess.StartNew(Program);
    }

    private async Task FetchBrowser()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    // The build has restored already; and no build server may outlive the tests.
    private async Task Publish()
    {
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", "src/SocialQI.Server", "-c", "Release", "--no-restore", "--nologo", "--disable-build-servers", "-o", folder])
        {
            WorkingDirectory = ServerProcess.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = new StringBuilder();
        publish.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        publish.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        publish.BeginOutputReadLine();
        publish.BeginErrorReadLine();
        await publish.WaitForExitAsync().WaitAsync(PublishPatience);
        PublishSaid = said.ToString();
        Assert.True(publish.ExitCode == 0, $"The publish ended with {publish.ExitCode}:\n{PublishSaid}");
    }

    private static string Chromium()
    {
        string?[] places = [Environment.GetEnvironmentVariable("SOCIALQI_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        return places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no browser. Install one (apt-get install --no-install-recommends chromium), or name it in SOCIALQI_CHROMIUM.");
    }
}
