using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Pages;

/// <summary>A case of the demonstration network that is written to by program.</summary>
internal sealed class LongCase : IDisposable
{
    private const int Side = 16;

    private readonly HttpClient writer;

    private LongCase(HttpClient writer, string topic) => (this.writer, Topic) = (writer, topic);

    public string Topic { get; }

    public string Path => "case/" + Topic;

    public static async Task<LongCase> Begin(ServerProcess server, string title)
    {
        var writer = await server.SignIn("rafael.ordway", Reader.Password);
        var made = new LongCase(writer, $"case.north-harbour.open.{Guid.CreateVersion7():N}");
        await made.Ask(new { k = "start-case", title, question = "Is it sepsis?" });
        await made.Ask(new { k = "open-case", visibility = new { kind = "network" }, attestation = new { kept = 0 } });
        return made;
    }

    /// <summary>Says so many things, several at a time.</summary>
    public Task Say(int count, string words) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Side }, async (i, _) => await Say(string.Create(CultureInfo.InvariantCulture, $"{words} {i}")));

    public Task Say(string text) => Ask(new { k = "post-contribution", contribution = "comment", text });

    /// <summary>Says something so often a second until told to stop.</summary>
    public async Task SayOn(int aSecond, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / aSecond));
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            await Say(string.Create(CultureInfo.InvariantCulture, $"Meanwhile, lactate number {i} is back: 2.4 mmol/L, falling."));
        }
    }

    public void Dispose() => writer.Dispose();

    private async Task Ask(object command)
    {
        var sent = new { id = Guid.CreateVersion7(), command };
        while (true)
        {
            using var answer = await writer.PostAsJsonAsync($"api/topics/{Topic}/commands", sent);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }
            // Written by one hand faster than a person could: told to slow down, it does.
            await Task.Delay(
                answer.StatusCode == HttpStatusCode.TooManyRequests ? answer.Headers.RetryAfter!.Delta!.Value : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync()));
        }
    }
}
