using System.Globalization;
using System.Text;

namespace SocialQI.Storage.Search;

/// <summary>A word in a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is as it stands there.</param>
/// <param name="Stem">What it is looked for by.</param>
internal readonly record struct Word(int Start, int Length, string Stem);

/// <summary>
/// The words of a text: runs of letters and digits, without case, accents and endings. Made here and not by the databases, so that both find the same
/// and what is marked in a snippet is what was found.
/// </summary>
internal static class Words
{
    /// <summary>Of a longer word only the beginning counts.</summary>
    private const int LengthMax = 64;

    public static IEnumerable<Word> Of(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && IsInWord(text, i, out var length))
            {
                i += length;
            }
            if (i > start && Stemmed(text.AsSpan(start, i - start)) is { Length: > 0 } stem)
            {
                yield return new(start, i - start, stem);
            }
            i += i > start ? 0 : 1;
        }
    }

    private static bool IsInWord(string text, int at, out int length)
    {
        // What is no whole character, half of a pair, is in no word.
        var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
        length = isWhole ? rune.Utf16SequenceLength : 1;
        return isWhole && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
    }

    private static string Stemmed(ReadOnlySpan<char> word)
    {
        var plain = new StringBuilder();
        foreach (var rune in word[..Math.Min(word.Length, LengthMax)].ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                plain.Append(Rune.ToLowerInvariant(rune));
            }
        }
        return Stem.Of(plain.ToString());
    }
}
