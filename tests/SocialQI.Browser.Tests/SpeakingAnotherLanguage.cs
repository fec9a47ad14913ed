using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>The pseudo-languages put every text of the program into brackets: a letter outside of them was written into a page, and nobody could translate it.</summary>
public class SpeakingAnotherLanguage(House house) : Story(house)
{
    private const int Width = 390;

    // What people wrote or are called, keys and the product's own name are the same in every language.
    private const string Untranslated = """
        () => {
          const own = '[dir=auto], [data-own-words], bdi, kbd, .ava, .brand, script, style, noscript, template';
          const found = [];
          // A name is one wherever it stands.
          const names = new Set(['SocialQI', ...[...document.querySelectorAll('[dir=auto], bdi')].map(e => e.textContent.trim())]);
          const outside = (text, depth) => {
            let letters = '';
            for (const c of text) {
              if (c === '⟦') depth++;
              else if (c === '⟧') depth--;
              else if (depth === 0 && /\p{L}/u.test(c)) letters += c;
            }
            return [letters, depth];
          };
          const where = at => at.tagName.toLowerCase() + (at.className?.trim?.() ? '.' + at.className.trim().split(/\s+/).join('.') : '');
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let depth = 0;
          while (texts.nextNode()) {
            const text = texts.currentNode, at = text.parentElement;
            if (!at || at.closest(own)) continue;
            const [letters, next] = outside(text.data, depth);
            depth = next;
            if (letters && !names.has(text.data.trim()) && at.checkVisibility()) found.push(`${where(at)}: ${text.data.trim().slice(0, 80)}`);
          }
          for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            for (const at of document.body.querySelectorAll(`[${name}]`))
              if (!at.closest('[data-own-words], .brand, .ava') && at.checkVisibility() && /\p{L}/u.test(at.getAttribute(name)) && !/⟦/.test(at.getAttribute(name)) && !names.has(at.getAttribute(name).trim()))
                found.push(`${where(at)}[${name}]: ${at.getAttribute(name).slice(0, 80)}`);
          return [...new Set(found)];
        }
        """;

    [Fact]
    public async Task Finds_no_word_that_cannot_be_translated()
    {
        var hester = await (await (await Arrive()).SignedIn(House.Administrator)).Speaking("qps-ploc");
        List<string> found = [];
        foreach (var page in await House.EveryPage())
        {
            await hester.Opens(page);
            found.AddRange((await hester.Page.EvaluateAsync<string[]>(Untranslated)).Select(what => $"{page.Name}: {what}"));
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(Width)]
    public async Task From_right_to_left_turns_every_page_around_and_none_scrolls_sideways(int width)
    {
        var hester = await (await (await Arrive(new() { ViewportSize = new() { Width = width, Height = 844 } })).SignedIn(House.Administrator)).Speaking("qps-plocm");
        List<string> found = [];
        foreach (var page in await House.EveryPage())
        {
            await hester.Opens(page);
            await Expect(hester.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
            found.AddRange((await hester.StandOut(width)).Select(what => $"{page.Name}: {what}"));
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
