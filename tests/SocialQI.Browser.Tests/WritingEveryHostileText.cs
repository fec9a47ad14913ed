using System.Net;
using System.Net.Http.Json;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>Thousands of <see cref="HostileText"/>s on a service of their own, looked at in a browser: a page that complains or asks elsewhere fails the story.</summary>
public class WritingEveryHostileText(House house) : Story(house)
{
    private const int TextsMin = 3_000;
    private const int PerCase = 200;
    private const int AtOnce = 6;
    private const int PageLength = 50;
    private const int CasesDescribed = 16;
    private const string Imani = "imani.cole";

    // Everything that is loaded is drawn as for printing, and what stands in it is only what a set text is made of.
    private const string ReadsAll = """
        async () => {
          const frame = () => new Promise(next => requestAnimationFrame(next));
          const allowed = new Set(['P', 'BR', 'EM', 'STRONG', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'CODE', 'PRE', 'A', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'SPAN', 'BDI']);
          for (let older; (older = document.querySelector('[data-testid=load-older]'));) { if (!older.disabled) older.click(); await frame(); }
          const seen = new Set(), bad = new Set();
          const total = () => Number(document.querySelector('[data-testid=timeline]').dataset.total);
          for (let round = 0; round < 100 && seen.size < total(); round++) {
            dispatchEvent(new Event('beforeprint'));
            for (const said of document.querySelectorAll('[data-testid=contribution]')) {
              if (said.querySelector('.text')?.textContent) seen.add(said.dataset.number);
              for (const e of said.querySelectorAll('.text *'))
                if (!allowed.has(e.tagName) || [...e.attributes].some(a => /^on|^src|^style$/i.test(a.name))) bad.add(e.outerHTML.slice(0, 200));
            }
            for (const a of document.querySelectorAll('#main a[href]'))
              if (!['http:', 'https:', 'mailto:'].includes(a.protocol)) bad.add(a.outerHTML.slice(0, 200));
            await frame();
          }
          return [`${seen.size}`, ...bad];
        }
        """;

    private const string Made = """
        () => [
          ...[...document.querySelectorAll('#main :is(script, iframe, object, embed, style, link, base, meta, math)')],
          ...[...document.querySelectorAll('body *')].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))),
          ...[...document.querySelectorAll('a[href]')].filter(a => !['http:', 'https:', 'mailto:'].includes(a.protocol)),
        ].map(e => e.outerHTML.slice(0, 200))
        """;

    private int taken;
    private int refused;
    private ServerProcess service = null!;

    protected override ServerProcess Service => service;

    public override async ValueTask InitializeAsync() => service = await ServerProcess.StartNew(House.Program);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Into_cases_runs_nothing_and_asks_nothing_elsewhere()
    {
        Assert.True(HostileText.All.Count >= TextsMin, $"There are only {HostileText.All.Count}.");
        var ines = await (await Arrive()).SignedIn("ines.falkner");
        foreach (var texts in HostileText.All.Chunk(PerCase))
        {
            var path = await House.Case("Texts that bite", at: service);
            var before = taken;
            var some = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
            await Parallel.ForEachAsync(texts, some, async (text, _) =>
            {
                var topic = path.Split('/')[1];
                await Try(Imani, topic, new { k = "post-contribution", attestation = new { kept = 0 }, contribution = "evidence", text, evidence = new { kind = "doi", reference = "10.1000/182", supports = text } });
                await Try(Imani, topic, new { k = "add-fact", attestation = new { kept = 0 }, day = 3, text });
            });
            await ines.At(path);
            await Expect(ines.Page.Locator(".text.set").First).ToBeAttachedAsync();
            var read = await ines.Page.EvaluateAsync<string[]>(ReadsAll).WaitAsync(TimeSpan.FromMilliseconds(House.PatienceMs), TestContext.Current.CancellationToken);
            Assert.True(read is [var count] && count == $"{taken - before}", $"Of {taken - before} were read: {string.Join('\n', read)}");
            await RanNothing(ines);
        }
        Assert.True(taken >= 2 * TextsMin, $"Only {taken} were taken, {refused} refused.");
        Figures.Tell("browser.hostile", taken, "texts");
    }

    [Fact]
    public async Task Into_what_lists_show_runs_nothing_and_asks_nothing_elsewhere()
    {
        var imani = await (await Arrive()).SignedIn(Imani);
        var lines = 0;
        foreach (var texts in HostileText.All.Chunk(PerCase))
        {
            var (community, begun) = (Guid.CreateVersion7().ToString("N"), 0);
            Assert.True(await Try(Imani, $"community.network.open.{community}", new { k = "found-community", name = "Titles that bite", purpose = "None" }));
            await House.Finds(Imani, "api/me", community, service);
            var some = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
            await Parallel.ForEachAsync(texts, some, async (text, _) => Interlocked.Add(ref begun, await Describe(text, community)));
            await imani.At($"cases?community={community}");
            var rows = imani.Page.GetByTestId("cases").Locator(":scope > li");
            await Expect(rows).ToHaveCountAsync(Math.Min(begun, PageLength));
            for (var shown = PageLength; shown < begun; shown += PageLength)
            {
                await imani.Page.GetByTestId("more").ClickAsync();
                await Expect(rows).ToHaveCountAsync(Math.Min(begun, shown + PageLength));
            }
            await RanNothing(imani);
            lines += begun;
        }
        Assert.True(lines >= TextsMin, $"Only {lines} are in lists, {refused} were refused.");
        Figures.Tell("browser.hostile.lines", lines, "lines");
    }

    [Fact]
    public async Task Into_every_other_field_runs_nothing_and_asks_nothing_elsewhere()
    {
        var ines = await (await Arrive()).SignedIn("ines.falkner");
        ines.Expected = new(@"status of 4\d\d");
        List<string> pages = ["", "cases", "communities", "people", "inbox"];
        pages.AddRange(await DescribeCases());
        pages.AddRange(await AskInHallways());
        pages.AddRange(await FoundCommunities());
        pages.AddRange(await BecomeSomebody());
        foreach (var page in pages)
        {
            await ines.At(page);
            await Expect(ines.Page.Locator("main h1")).ToBeVisibleAsync();
            await Expect(ines.Page.Locator("main .skeleton, main [aria-busy=true]")).ToHaveCountAsync(0);
            await RanNothing(ines);
        }
        await Search(ines);
        Assert.True(taken >= 100, $"Only {taken} were taken, {refused} refused.");
        Figures.Tell("browser.hostile.fields", taken, "commands");
    }

    private static async Task Search(Visitor visitor)
    {
        await visitor.At("search");
        foreach (var text in Lines(40, 200))
        {
            await visitor.Page.GetByTestId("search-text").FillAsync(text);
            await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.GetByTestId("search-text").PressAsync("Enter"), r => r.Url.Contains("/api/search", StringComparison.Ordinal));
            await RanNothing(visitor);
        }
    }

    /// <summary>Puts a text into everything that describes a case, and into the line of a hallway thread.</summary>
    /// <returns>How many of the two were taken.</returns>
    private async Task<int> Describe(string text, string community)
    {
        var (topic, thread) = ($"case.north-harbour.open.{Guid.CreateVersion7():N}", $"case.north-harbour.open.{Guid.CreateVersion7():N}");
        var visibility = new { kind = "communities", communities = new[] { community } };
        var sections = new[] { "presentation", "history", "examination", "findings", "course" }.Select(kind => new { kind, text });
        var isCase = await Try(Imani, topic, new { k = "start-case", title = text, question = text, condition = new { text }, sections });
        Assert.True(!isCase || await Try(Imani, topic, new { k = "open-case", visibility, attestation = new { kept = 0 } }));
        return (isCase ? 1 : 0) + (await Try(Imani, thread, new { k = "start-hallway", line = text, visibility, attestation = new { kept = 0 } }) ? 1 : 0);
    }

    private async Task<List<string>> DescribeCases()
    {
        List<string> pages = [];
        string[] lines = [.. Lines(CasesDescribed * 4, 160)], texts = [.. Lines(CasesDescribed * 8, 500)];
        (string Kind, string Reference)[] cited = [("url", "https://example.org/a"), ("doi", "10.1000/182"), ("pmid", "25761900")];
        for (var n = 0; n < CasesDescribed; n++)
        {
            var topic = $"case.north-harbour.open.{Guid.CreateVersion7():N}";
            var sections = new[] { "presentation", "history", "examination", "findings", "course" }.Select((kind, at) => new { kind, text = texts[(n * 8) + at] });
            if (await Try(Imani, topic, new { k = "start-case", title = lines[n * 4], question = lines[(n * 4) + 1], condition = new { text = lines[(n * 4) + 2] }, sections })
                && await Try(Imani, topic, new { k = "open-case", visibility = new { kind = "network" }, attestation = new { kept = 0 } }))
            {
                pages.Add("case/" + topic);
                for (var at = 5; at < 8; at++)
                {
                    var text = texts[(n * 8) + at];
                    await Try(Imani, topic, new { k = "add-fact", attestation = new { kept = 0 }, day = at, text });
                    await Try(Imani, topic, new { k = "post-contribution", attestation = new { kept = 0 }, contribution = "evidence", text, evidence = new { kind = cited[at - 5].Kind, reference = cited[at - 5].Reference, supports = text } });
                }
                if (n % 4 == 0)
                {
                    await Try(Imani, topic, new { k = "close-case", attestation = new { kept = 0 }, learned = lines[(n * 4) + 3] });
                }
            }
        }
        return pages;
    }

    private async Task<List<string>> AskInHallways()
    {
        List<string> pages = [];
        foreach (var line in Lines(10, 160))
        {
            var topic = $"case.north-harbour.open.{Guid.CreateVersion7():N}";
            if (await Try(Imani, topic, new { k = "start-hallway", line, visibility = new { kind = "network" }, attestation = new { kept = 0 } }))
            {
                pages.Add("case/" + topic);
            }
        }
        return pages;
    }

    private async Task<List<string>> FoundCommunities()
    {
        List<string> pages = [];
        foreach (var name in Lines(10, 80))
        {
            var topic = $"community.network.open.{Guid.CreateVersion7():N}";
            if (await Try(Imani, topic, new { k = "found-community", name, purpose = name + "\n" + name, conditions = new[] { new { text = name } } }))
            {
                pages.Add("community/" + topic);
            }
        }
        return pages;
    }

    private async Task<List<string>> BecomeSomebody()
    {
        List<string> pages = [];
        string[] users = ["rafael.ordway", "wen.halloran", "ada.lindholm", "callum.breck", "yusuf.dane"];
        foreach (var (user, name) in users.Zip(Lines(users.Length, 80)))
        {
            var me = await (await House.Client(user, service)).GetFromJsonAsync<MeShown>("api/me", TestContext.Current.CancellationToken);
            if (await Try(user, $"clinician.network.open.{me!.Id}", new { k = "revise-profile", name, specialty = name, grade = "attending" }))
            {
                pages.Add("person/" + me.Id);
            }
        }
        return pages;
    }

    /// <summary>Some that are one line and not too long, from all families.</summary>
    private static IEnumerable<string> Lines(int count, int lengthMax)
    {
        string[] all = [.. HostileText.All.Where(t => t.Length <= lengthMax && !t.Any(c => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069'))];
        return Enumerable.Range(0, count).Select(n => all[(int)((long)n * all.Length / count)]);
    }

    /// <summary>Taken, or refused by name; never anything else.</summary>
    private async Task<bool> Try(string user, string topic, object command)
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

    private static async Task RanNothing(Visitor visitor)
    {
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.__pwn === undefined"), "What was written ran.");
        var made = await visitor.Page.EvaluateAsync<string[]>(Made);
        Assert.True(made.Length == 0, string.Join('\n', made));
    }

    private sealed record MeShown(string Id);
}
