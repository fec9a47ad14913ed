using System.Globalization;
using Microsoft.Playwright;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Pages;

/// <summary>
/// What a person waits for, in Chromium on the published output over loopback: the first and the second visit, a long case, a burst, scrolling back,
/// typing while others write, and the first page of every list of a large network. Each is the median of several rounds.
/// </summary>
internal static class PagesBenchmark
{
    private const string User = "imani.cole";
    private const string List = "[data-testid=followed], [data-testid=cases]";

    public static async Task<int> Run(int rounds)
    {
        await using var published = await Published.Make();
        await using var server = await ServerProcess.StartNew(published.Program);
        var table = new List<Measured>();
        var findings = await Findings(published, server);
        await Visits(published, server, rounds, table);
        await Cases.Measure(published, server, rounds, table);
        await LargeNetwork.Measure(published.Program, rounds, table);
        foreach (var line in table)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Says,-64} {line.Values.Median(),10:0.#} {line.Unit,-3} ({line.Values.Spread("0.#")})"));
        }
        Array.ForEach(findings, Console.WriteLine);
        Console.WriteLine();
        table.ForEach(line => Figures.Print(line.Name, line.Values.Median(), line.Unit));
        Figures.Print("pages.axe", findings.Length, "findings");
        return 0;
    }

    private static async Task Visits(Published published, ServerProcess server, int rounds, List<Measured> table)
    {
        List<double> door = [], cold = [], warm = [], weight = [];
        for (var round = 0; round < rounds; round++)
        {
            await using (var stranger = await Reader.Arrive(published, server, null))
            {
                door.Add(await stranger.Open("sign-in", "[data-testid=sign-in]", isProgram: false));
            }
            await using var reader = await Reader.Arrive(published, server, User);
            cold.Add(await reader.Open("", List));
            weight.Add(reader.Received / 1024.0);
            warm.Add(await reader.Open("", List));
        }
        table.Add(new("pages.sign-in", "sign-in page", door, "ms"));
        table.Add(new("pages.first.kb", "first load, over the wire", weight, "KiB"));
        table.Add(new("pages.cold", "home, first visit", cold, "ms"));
        table.Add(new("pages.warm", "home, second visit", warm, "ms"));
    }

    private static async Task<string[]> Findings(Published published, ServerProcess server)
    {
        using var administrator = await server.SignIn("hester.lowe", Reader.Password);
        var pages = await EveryPage.Of(administrator);
        var found = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var stranger = await Reader.Arrive(published, server, null, scheme);
            await stranger.Open("sign-in", "[data-testid=sign-in]", isProgram: false);
            found.AddRange((await Axe.Findings(stranger.Page)).Select(f => $"sign-in, {scheme}: {f}"));
            await using var reader = await Reader.Arrive(published, server, "hester.lowe", scheme);
            foreach (var page in pages)
            {
                await reader.Open(page.Path, page.Shows);
                found.AddRange((await Axe.Findings(reader.Page)).Select(f => $"{page.Name}, {scheme}: {f}"));
            }
        }
        return [.. found];
    }
}

/// <summary>What was measured.</summary>
internal sealed record Measured(string Name, string Says, IReadOnlyList<double> Values, string Unit);
