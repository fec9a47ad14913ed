using System.Text.RegularExpressions;

namespace SocialQI.Client.Cases.Marking;

/// <summary>Tells a text in which something is marked up from one that is only words: most are, and those need nothing but a place to stand.</summary>
public static partial class Marks
{
    /// <summary>Whether a text could show otherwise than it was typed. Says yes too often rather than once too seldom.</summary>
    public static bool In(string text) => Signs().IsMatch(text);

    /// <summary>
    /// Takes out of a text what a ward writes and Markdown would take for a mark: "&gt;40 °C since" is no quotation, and a line "[1]: …" is a reference
    /// that is to be seen.
    /// </summary>
    internal static string Spared(string text) => Reference().Replace(Bound().Replace(text, @"$1\>"), @"$1\[");

    [GeneratedRegex(@"[*_`\[\\|]|://|www\.|mailto:|<\S+@|^\s{0,3}(?:>|[-+]\s|\d{1,9}[.)]\s)", RegexOptions.Multiline)]
    private static partial Regex Signs();

    [GeneratedRegex(@"^([ ]{0,3})>(?=\s?[\d.,=])", RegexOptions.Multiline)]
    private static partial Regex Bound();

    [GeneratedRegex(@"^([ ]{0,3}(?:>\s?)*)\[(?=[^\]\n]+\]:)", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
