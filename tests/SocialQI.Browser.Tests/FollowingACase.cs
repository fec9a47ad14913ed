using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>Runs by itself, since it measures.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public class FollowingACase(House house) : Story(house)
{
    private const int Turns = 10;

    private const string SeenAt = """
        text => new Promise(seen => {
          const look = () => [...document.querySelectorAll('[data-testid=contribution]')].some(c => c.innerText.includes(text)) && requestAnimationFrame(() => seen(Date.now()));
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
          look();
        })
        """;

    private const string ClickedAt = "() => new Promise(clicked => document.querySelector('[data-testid=send]').addEventListener('click', () => clicked(Date.now()), { once: true, capture: true }))";

    [Fact]
    public async Task From_two_hospitals_shows_the_same_to_both_as_it_is_written()
    {
        var path = await House.Case("Fever on day nine");
        var (imani, ines) = await BothArrive(path);
        await Expect(imani.Page.GetByTestId("here")).ToContainTextAsync("Ines Falkner");
        await Expect(ines.Page.GetByTestId("here")).ToContainTextAsync("Imani Cole");
        await imani.Mark();
        await ines.Mark();

        List<double> waited = [];
        for (var turn = 1; turn <= Turns; turn++)
        {
            var (writer, reader) = turn % 2 == 0 ? (imani, ines) : (ines, imani);
            waited.Add(await SeenAfter(writer, reader, $"Turn {turn}: platelets {turn}"));
        }
        await Task.WhenAll(imani.Write("Both at once, from the harbour"), ines.Write("Both at once, from Thornmere"));
        foreach (var visitor in (Visitor[])[imani, ines])
        {
            await visitor.Sees("Both at once, from the harbour");
            await visitor.Sees("Both at once, from Thornmere");
            await Expect(visitor.Sending).ToHaveCountAsync(0);
        }

        var timeline = await imani.Timeline();
        Assert.Equal(Turns + 2, timeline.Length);
        Assert.Equal(timeline, await ines.Timeline());
        Assert.True(await imani.Stayed() && await ines.Stayed(), "A page was loaded again.");
        Figures.Tell("browser.seen.ms", waited.Order().ElementAt(waited.Count / 2), "ms");
    }

    private static async Task<double> SeenAfter(Visitor writer, Visitor reader, string text)
    {
        await writer.Say.FillAsync(text);
        var seen = reader.Page.EvaluateAsync<double>(SeenAt, text);
        var clicked = writer.Page.EvaluateAsync<double>(ClickedAt);
        await writer.Send.ClickAsync();
        var bound = TimeSpan.FromMilliseconds(House.PatienceMs);
        return await seen.WaitAsync(bound) - await clicked.WaitAsync(bound);
    }
}
