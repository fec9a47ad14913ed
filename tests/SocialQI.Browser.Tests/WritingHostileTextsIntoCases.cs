using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>Every one as a fact of a case, and as evidence.</summary>
public sealed class WritingHostileTextsIntoCases(House house) : WritingEveryHostileText(house)
{
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

    [Fact]
    public async Task Runs_nothing_and_asks_nothing_elsewhere()
    {
        Assert.True(HostileText.All.Count >= TextsMin, $"There are only {HostileText.All.Count}.");
        var ines = await (await Arrive()).SignedIn("ines.falkner");
        foreach (var texts in HostileText.All.Chunk(PerCase))
        {
            var path = await House.Case("Texts that bite", at: Service);
            var before = Taken;
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
            Assert.True(read is [var count] && count == $"{Taken - before}", $"Of {Taken - before} were read: {string.Join('\n', read)}");
            await RanNothing(ines);
        }
        Assert.True(Taken >= 2 * TextsMin, $"Only {Taken} were taken, {Refused} refused.");
        Figures.Tell("browser.hostile", Taken, "texts");
    }
}
