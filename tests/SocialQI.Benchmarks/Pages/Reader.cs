using System.Text.Json;
using Microsoft.Playwright;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Pages;

/// <summary>Somebody at a browser of their own, whose page is measured.</summary>
internal sealed class Reader : IAsyncDisposable
{
    public const string Password = "rounds-at-seven";
    private const int PatienceMs = 120_000;

    private readonly IBrowserContext context;
    private long received;

    private Reader(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>How many bytes came over the wire, headers and all, since it arrived.</summary>
    public long Received => Interlocked.Read(ref received);

    public static async Task<Reader> Arrive(Published published, ServerProcess server, string? user, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await published.Browser.NewContextAsync(new() { BaseURL = server.Address.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(PatienceMs);
        if (user is not null)
        {
            var answer = await context.APIRequest.PostAsync("api/sign-in", new() { DataObject = new { user, password = Password } });
            if (!answer.Ok)
            {
                throw new InvalidOperationException($"{user} was not let in: {answer.Status}.");
            }
        }
        var reader = new Reader(context, await context.NewPageAsync());
        var wire = await context.NewCDPSessionAsync(reader.Page);
        await wire.SendAsync("Network.enable");
        wire.Event("Network.loadingFinished").OnEvent += (_, loaded) => Interlocked.Add(ref reader.received, (long)loaded!.Value.GetProperty("encodedDataLength").GetDouble());
        return reader;
    }

    /// <summary>
    /// Goes there, and says how long it took from leaving the page before until that is drawn and the line to the service is up, in milliseconds by the
    /// page's own clock: what asks from outside is answered late.
    /// </summary>
    public async Task<double> Open(string path, string shows, bool isProgram = true)
    {
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        var stands = Page.EvaluateAsync<double>(
            """
            all => new Promise(stands => {
              const look = () => all.every(s => document.querySelector(s)?.checkVisibility()) ? stands(performance.now()) : requestAnimationFrame(look);
              look();
            })
            """,
            isProgram ? [shows, "[data-testid=line].state-ok"] : new[] { shows });
        return await stands.WaitAsync(TimeSpan.FromMilliseconds(PatienceMs));
    }

    public Task Shows(string selector) => Page.WaitForSelectorAsync(selector, new() { State = WaitForSelectorState.Visible });

    /// <summary>From now on the page keeps the lengths of tasks longer than 50 ms, and of frames.</summary>
    public Task Watch() => Page.EvaluateAsync(
        """
        () => {
          window.__tasks = [];
          window.__frames = [];
          window.__typed = [];
          new PerformanceObserver(l => l.getEntries().forEach(e => window.__tasks.push(e.duration))).observe({ type: 'longtask' });
          new PerformanceObserver(l => l.getEntries().filter(e => e.name === 'keydown').forEach(e => window.__typed.push(e.duration))).observe({ type: 'event', durationThreshold: 16 });
          let last = performance.now();
          const frame = now => { window.__frames.push(now - last); last = now; requestAnimationFrame(frame); };
          requestAnimationFrame(frame);
        }
        """);

    /// <summary>Forgets what was kept so far.</summary>
    public Task WatchAnew() => Page.EvaluateAsync("() => { window.__tasks.length = window.__frames.length = window.__typed.length = 0; }");

    public async Task<double[]> Kept(string what) => (await Page.EvaluateAsync<JsonElement>($"() => window.__{what}")).EnumerateArray().Select(v => v.GetDouble()).ToArray();

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
