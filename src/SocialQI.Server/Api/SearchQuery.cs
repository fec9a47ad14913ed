using System.Collections.Frozen;

namespace SocialQI.Server.Api;

/// <summary>
/// A search as somebody typed it. <c>"words in quotes"</c> stand together, <c>-word</c> leaves out, and <c>from:</c>, <c>in:</c>, <c>before:</c> and
/// <c>condition:</c> narrow, with quotes where a value has spaces. Everything else is words to look for: there is nothing that cannot be read.
/// </summary>
/// <param name="Terms">What must be there.</param>
/// <param name="Without">What must not.</param>
/// <param name="From">Names or sign-in names, of which one must be the author's.</param>
/// <param name="In">Names of communities.</param>
/// <param name="Before">A day.</param>
/// <param name="Condition">A code or words.</param>
internal sealed record SearchQuery(
    IReadOnlyList<string> Terms, IReadOnlyList<string> Without, IReadOnlyList<string> From, IReadOnlyList<string> In, string? Before, string? Condition)
{
    // They stand in every text, and nobody means them.
    private static readonly FrozenSet<string> Idle = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "is", "it", "its", "no", "not", "of", "on",
        "or", "she", "that", "the", "their", "there", "they", "this", "to", "was", "were", "what", "when", "which", "who", "why", "will", "with");

    /// <summary>Whether it asks for anything.</summary>
    public bool IsEmpty => Terms.Count == 0 && From.Count == 0 && In.Count == 0 && Before is null && Condition is null;

    public static SearchQuery Of(string text)
    {
        var parts = Parts(text).ToList();
        var words = parts.Where(p => p is { IsOut: false, Filter: null }).ToList();
        var meant = words.Where(w => w.IsQuoted || !Idle.Contains(w.Value)).ToList();
        string[] Values(string filter) => [.. parts.Where(p => p.Filter == filter).Select(p => p.Value)];
        return new(
            [.. (meant.Count > 0 ? meant : words).Select(w => w.Value)], [.. parts.Where(p => p.IsOut).Select(p => p.Value)],
            Values("from"), Values("in"), Values("before").LastOrDefault(), Values("condition").LastOrDefault());
    }

    private static IEnumerable<Part> Parts(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var part = Next(text, ref at);
            if (part.Value.Length > 0)
            {
                yield return part;
            }
        }
    }

    private static Part Next(string text, ref int at)
    {
        var isOut = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        at += isOut ? 1 : 0;
        var filter = isOut ? null : FilterAt(text, at);
        at += filter is null ? 0 : filter.Length + 1;
        var isQuoted = text[at] == '"';
        var start = isQuoted ? at + 1 : at;
        var end = start;
        // A quote that nobody closes reaches to the end.
        while (end < text.Length && (isQuoted ? text[end] != '"' : !char.IsWhiteSpace(text[end])))
        {
            end++;
        }
        at = isQuoted ? end + 1 : end;
        return new(text[start..end], isQuoted, isOut, filter);
    }

    // With something after the colon: without, it is a word like others.
    private static string? FilterAt(string text, int at) =>
        Array.Find<string>(
            ["from", "in", "before", "condition"],
            f => at + f.Length + 1 < text.Length && string.Compare(text, at, f + ":", 0, f.Length + 1, StringComparison.OrdinalIgnoreCase) == 0
                && !char.IsWhiteSpace(text[at + f.Length + 1]));

    private readonly record struct Part(string Value, bool IsQuoted, bool IsOut, string? Filter);
}
