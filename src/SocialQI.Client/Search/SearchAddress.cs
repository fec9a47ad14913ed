namespace SocialQI.Client.Search;

/// <summary>The address of a search. What is looked for stands behind the #, which a browser sends to nobody: addresses end up in logs.</summary>
public static class SearchAddress
{
    private const string Page = "search", Words = "q=", Kind = "kind=";

    public static string Of(string words, string? kind = null) =>
        $"{Page}#{Words}{Uri.EscapeDataString(words)}{(kind is null ? "" : $"&{Kind}{Uri.EscapeDataString(kind)}")}";

    /// <summary>What an address looks for, and the kind of results it is narrowed to; of any other address nothing.</summary>
    public static (string Words, string? Kind) Read(string address)
    {
        var parts = address.Split('#', 2) is [_, var kept] ? kept.Split('&') : [];
        return (Part(parts, Words) ?? "", Part(parts, Kind));
    }

    private static string? Part(string[] parts, string name) =>
        parts.FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal)) is { } part ? Uri.UnescapeDataString(part[name.Length..]) : null;
}
