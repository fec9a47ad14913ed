using System.Net.Http.Json;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Samples.Tests;

/// <summary>Clients by strangers, who know no more than src/ARCHITECTURE.md says.</summary>
public sealed class WritingAClient : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-npm-").FullName;
    private readonly string topic = $"case.north-harbour.open.{Guid.CreateVersion7():N}";
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartNew();
        using var imani = await server.SignIn("imani.cole", "rounds-at-seven");
        await Ask(imani, new { k = "start-case", title = "Followed by strangers", question = "Do both hear the same?" });
        await Ask(imani, new { k = "open-case", visibility = new { kind = "network" }, attestation = new { kept = 0 } });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task With_NET_it_hears_its_like_and_goes_on_after_an_outage()
    {
        await using var imani = await Sample.Console(server, "imani.cole", topic);
        await using var ines = await Sample.Console(server, "ines.falkner", topic);
        await TalkOverAnOutage(imani, ines);
    }

    [Fact]
    public async Task With_npm_it_hears_one_with_NET_and_goes_on_after_an_outage()
    {
        await Sample.Install(folder, "npm-client");
        await using var imani = await Sample.Npm(folder, server, "imani.cole", topic);
        await using var ines = await Sample.Console(server, "ines.falkner", topic);
        await TalkOverAnOutage(imani, ines);
    }

    private async Task TalkOverAnOutage(Sample imani, Sample ines)
    {
        await imani.Type("From the harbour");
        await ines.Hears("From the harbour");
        await ines.Type("From Thornmere");
        await imani.Hears("From Thornmere");

        await server.Kill();
        await imani.Type("While it was away, at the harbour");
        await ines.Type("While it was away, at Thornmere");
        await server.Start();

        foreach (var sample in (Sample[])[imani, ines])
        {
            await sample.IsAnswered(2);
            await sample.Hears("While it was away, at the harbour");
            await sample.Hears("While it was away, at Thornmere");
            await sample.Ends();
        }
        Assert.Equal([3, 4, 5, 6], imani.Contributions.Select(c => c.Number));
        Assert.Equal(imani.Contributions, ines.Contributions);
    }

    private async Task Ask(HttpClient http, object command)
    {
        using var answer = await http.PostAsJsonAsync($"api/topics/{topic}/commands", new { id = Guid.CreateVersion7(), command }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
