using System.Text;

namespace SocialQI;

/// <summary>What a text may hold: something, not too much of it, and no character that hides or reorders what is read.</summary>
public static class PlainText
{
    /// <summary>Checks a text of several lines.</summary>
    /// <returns>The refusal, or null when the text is fine.</returns>
    public static Refusal? RefuseProse(string what, string? text, int lengthMax) => Refuse(what, text, lengthMax, c => c is '\n' or '\r' or '\t');

    /// <summary>Checks a text of one line, a name or a title.</summary>
    /// <returns>The refusal, or null when the text is fine.</returns>
    public static Refusal? RefuseLine(string what, string? text, int lengthMax) => Refuse(what, text, lengthMax, _ => false);

    private static Refusal? Refuse(string what, string? text, int lengthMax, Func<char, bool> allowed) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Empty(what)
        : text.Length > lengthMax ? Refusal.TooLong(what, lengthMax)
        : text.Any(c => char.IsControl(c) && !allowed(c)) || text.EnumerateRunes().Any(Hides) ? Refusal.BadCharacters(what)
        : null;

    // Embeddings, overrides and isolates reorder what stands around them; a lone surrogate cannot be encoded (EnumerateRunes gives U+FFFD for it);
    // the byte order mark and the interlinear marks are invisible. The plain marks U+200E and U+200F stay: right-to-left languages need them.
    private static bool Hides(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0xFFFD or (>= 0xFFF9 and <= 0xFFFB);
}
