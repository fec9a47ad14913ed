using System.Net;
using System.Net.Http.Json;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>
/// Thousands of <see cref="HostileText"/>s on a service of their own, looked at in a browser: a page that complains or asks elsewhere fails the story.
/// Each takes minutes, so they are classes that run beside each other.
/// </summary>
public abstract class WritingEveryHostileText(House house) : Story(house)
{
    protected const int TextsMin = 3_000;
    protected const int PerCase = 200;
    protected const int AtOnce = 6;
    protected const string Imani = "imani.cole";

    private const string Made = """
        () => [
          ...[...document.querySelectorAll('#main :is(script, iframe, object, embed, style, link, base, meta, math)')],
          ...[...document.querySelectorAll('body *')].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))),
          ...[...document.querySelectorAll('a[href]')].filter(a => !['http:', 'https:', 'mailto:'].includes(a.protocol)),
        ].map(e => e.outerHTML.slice(0, 200))
        """;

    private ServerProcess service = null!;
    private int taken;
    private int refused;

    /// <summary>How many were taken so far.</summary>
    protected int Taken => taken;

    /// <summary>How many were refused by name.</summary>
    protected int Refused => refused;

    protected override ServerProcess Service => service;

    public override async ValueTask InitializeAsync() => service = await ServerProcess.StartNew(House.Program);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Taken, or refused by name; never anything else.</summary>
    protected async Task<bool> Try(string user, string topic, object command)
    {
        using var answer = await Patiently(await House.Client(user, service), $"api/topics/{topic}/commands", new { id = Guid.CreateVersion7(), command });
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode || (answer.StatusCode == HttpStatusCode.UnprocessableEntity && said.Contains("urn:socialqi:refusal:", StringComparison.Ordinal)), $"{answer.StatusCode} {said}");
        Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref taken : ref refused);
        return answer.IsSuccessStatusCode;
    }

    // Thousands of texts by one hand are faster than a person: told to slow down, it does.
    private static async Task<HttpResponseMessage> Patiently(HttpClient http, string address, object body)
    {
        while (true)
        {
            var answer = await http.PostAsJsonAsync(address, body, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer;
            }
            await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, TestContext.Current.CancellationToken);
            answer.Dispose();
        }
    }

    protected static async Task RanNothing(Visitor visitor)
    {
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.__pwn === undefined"), "What was written ran.");
        var made = await visitor.Page.EvaluateAsync<string[]>(Made);
        Assert.True(made.Length == 0, string.Join('\n', made));
    }
}
