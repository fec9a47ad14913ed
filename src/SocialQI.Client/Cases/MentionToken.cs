using System.Text.RegularExpressions;

namespace SocialQI.Client.Cases;

/// <summary>A mention that is being typed: an @ and the beginning of a name before the caret.</summary>
/// <param name="From">Where the @ stands.</param>
/// <param name="To">Where the caret is.</param>
/// <param name="Query">What stands between.</param>
public sealed partial record MentionToken(int From, int To, string Query)
{
    /// <returns>Null when the caret is in no mention.</returns>
    public static MentionToken? At(string text, int caret) =>
        caret > 0 && caret <= text.Length && Begun().Match(text[..caret]) is { Success: true } begun
            ? new(begun.Groups[1].Index, caret, begun.Groups[1].Value[1..])
            : null;

    [GeneratedRegex(@"(?:^|[\s(])(@(?:[\p{L}\p{M}'’.-]+ ?){0,2}[\p{L}\p{M}'’.-]*)$")]
    private static partial Regex Begun();
}
