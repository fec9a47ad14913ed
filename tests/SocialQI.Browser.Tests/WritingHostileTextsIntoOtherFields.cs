using System.Net.Http.Json;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>Some of each family into every other field.</summary>
public sealed class WritingHostileTextsIntoOtherFields(House house) : WritingEveryHostileText(house)
{
    private const int CasesDescribed = 16;

    [Fact]
    public async Task Runs_nothing_and_asks_nothing_elsewhere()
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
        Assert.True(Taken >= 100, $"Only {Taken} were taken, {Refused} refused.");
        Figures.Tell("browser.hostile.fields", Taken, "commands");
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
            var me = await (await House.Client(user, Service)).GetFromJsonAsync<MeShown>("api/me", TestContext.Current.CancellationToken);
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

    private sealed record MeShown(string Id);
}
