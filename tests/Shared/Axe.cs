using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SocialQI.Tests;

/// <summary>What axe finds on a page that keeps somebody from using it.</summary>
public static class Axe
{
    /// <summary>A line for each finding of serious or critical impact, with the first place where it is so.</summary>
    public static async Task<string[]> Findings(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Impact} {v.Id}: {v.Help}; {Place(v.Nodes[0])} and {v.Nodes.Length - 1} more")];
    }

    private static string Place(AxeResultNode node) => $"{string.Join(' ', node.Target.Selector)} {node.Html[..Math.Min(node.Html.Length, 160)]}";
}
