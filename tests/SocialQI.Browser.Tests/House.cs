using System.Collections.Concurrent;
using System.Net.Http.Json;
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

    /// <summary>Somebody to whom no page is closed.</summary>
    public const string Administrator = "hester.lowe";

    /// <summary>How long anything may take before a story fails, naming what it waited for. A slow machine is no failure.</summary>
    public const int PatienceMs = 60_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<HttpClient>>> signedIn = [];
    private Published published = null!;

    /// <summary>The published SocialQI.Server.dll.</summary>
    public string Program => published.Program;

    /// <summary>What the publish printed.</summary>
    public string PublishSaid => published.Said;

    public ServerProcess Service { get; private set; } = null!;

    public IBrowser Browser => published.Browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        published = await Published.Make();
        // Programs that are signed in wait longer for their next test than people may be idle.
        Service = await ServerProcess.StartNew(Program, "--SocialQI:IdleAfter", "05:00:00");
    }

    /// <summary>Makes a case that the whole network sees, with nothing said in it yet.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> Case(string title, string question = "What would you do tonight?", ServerProcess? at = null)
    {
        var topic = $"case.north-harbour.open.{Guid.CreateVersion7():N}";
        await Ask("imani.cole", topic, new { k = "start-case", title, question }, at);
        await Ask("imani.cole", topic, new { k = "open-case", visibility = new { kind = "network" }, attestation = new { kept = 0 } }, at);
        return $"case/{topic}";
    }

    /// <summary>Asks a topic for something, as a program would.</summary>
    public async Task Ask(string user, string topic, object command, ServerProcess? at = null)
    {
        var http = await Client(user, at);
        using var answer = await http.PostAsJsonAsync($"api/topics/{topic}/commands", new { id = Guid.CreateVersion7(), command });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Somebody signed in who is a program.</summary>
    public Task<HttpClient> Client(string user, ServerProcess? at = null)
    {
        var service = at ?? Service;
        return signedIn.GetOrAdd(user + service.Address, _ => new(() => service.SignIn(user, Password))).Value;
    }

    /// <summary>All pages of the program, with something on each.</summary>
    public async Task<EveryPage[]> EveryPage() => await SocialQI.Tests.EveryPage.Of(await Client(Administrator));

    /// <summary>Asks until an answer has these words: what is in the lists follows what was done.</summary>
    public async Task Finds(string user, string path, string words, ServerProcess? at = null)
    {
        var http = await Client(user, at);
        await Until(words, stop => http.GetAsync(path, stop));
    }

    /// <summary>When somebody's search for a text finds these words.</summary>
    public async Task FindsBySearch(string user, string text, string words)
    {
        var http = await Client(user, null);
        await Until(words, stop => http.PostAsJsonAsync("api/search", new { text }, stop));
    }

    // Not as fast as it can: what somebody asks too fast is refused, also what their page asks.
    private static async Task Until(string words, Func<CancellationToken, Task<HttpResponseMessage>> ask)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(PatienceMs);
        while (true)
        {
            using var answer = await ask(patience.Token);
            if ((await answer.Content.ReadAsStringAsync(patience.Token)).Contains(words, StringComparison.Ordinal))
            {
                return;
            }
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var http in signedIn.Values)
        {
            (await http.Value).Dispose();
        }
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }
        await published.DisposeAsync();
    }
}
