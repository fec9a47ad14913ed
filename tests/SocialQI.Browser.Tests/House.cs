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

    /// <summary>How long anything may take before a story fails, naming what it waited for. A slow machine is no failure.</summary>
    public const int PatienceMs = 60_000;

    private readonly Dictionary<string, HttpClient> signedIn = [];
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
        Service = await ServerProcess.StartNew(Program);
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
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }
        await published.DisposeAsync();
    }
}
