using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>Every one as all that lists show of a case and of a hallway thread.</summary>
public sealed class WritingHostileTextsIntoLists(House house) : WritingEveryHostileText(house)
{
    private const int PageLength = 50;

    [Fact]
    public async Task Runs_nothing_and_asks_nothing_elsewhere()
    {
        var imani = await (await Arrive()).SignedIn(Imani);
        var lines = 0;
        foreach (var texts in HostileText.All.Chunk(PerCase))
        {
            var (community, begun) = (Guid.CreateVersion7().ToString("N"), 0);
            Assert.True(await Try(Imani, $"community.network.open.{community}", new { k = "found-community", name = "Titles that bite", purpose = "None" }));
            await House.Finds(Imani, "api/me", community, Service);
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
        Assert.True(lines >= TextsMin, $"Only {lines} are in lists, {Refused} were refused.");
        Figures.Tell("browser.hostile.lines", lines, "lines");
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
}
