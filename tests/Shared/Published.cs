using System.Diagnostics;
using System.Text;
using Microsoft.Playwright;

namespace SocialQI.Tests;

/// <summary>The service as an operator installs it, in a folder of its own; and a browser to visit it with.</summary>
public sealed class Published : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-published-").FullName;
    private IPlaywright? playwright;

    private Published()
    {
    }

    /// <summary>The published SocialQI.Server.dll.</summary>
    public string Program => Path.Combine(folder, "SocialQI.Server.dll");

    /// <summary>What the publish printed.</summary>
    public string Said { get; private set; } = "";

    public IBrowser Browser { get; private set; } = null!;

    public static async Task<Published> Make()
    {
        var published = new Published();
        try
        {
            await Task.WhenAll(published.Publish(), published.FetchBrowser());
        }
        catch
        {
            await published.DisposeAsync();
            throw;
        }
        return published;
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }
        playwright?.Dispose();
        Directory.Delete(folder, recursive: true);
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
        await publish.WaitForExitAsync().WaitAsync(Patience);
        Said = said.ToString();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"The publish ended with {publish.ExitCode}:\n{Said}");
        }
    }

    private static string Chromium()
    {
        string?[] places = [Environment.GetEnvironmentVariable("SOCIALQI_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        return places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no browser. Install one (apt-get install --no-install-recommends chromium), or name it in SOCIALQI_CHROMIUM.");
    }
}
