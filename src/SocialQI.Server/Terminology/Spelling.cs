using System.Globalization;
using System.Text;

namespace SocialQI.Server.Terminology;

/// <summary>
/// Words as they are compared: without case, accents and apostrophes, British and American alike (haem and hem, oedema and edema, tumour and tumor).
/// The spellings made alike need not be words; both sides of a comparison are made so.
/// </summary>
internal static class Spelling
{
    // Words that change no meaning: who types "cancer of the lung" means what "lung cancer" says. Not "a", which tells hepatitis A from B.
    private static readonly HashSet<string> Fillers = ["of", "the", "and", "with", "in", "to", "due", "by", "for", "on", "or", "an", "from"];

    private static readonly (string British, string American)[] Endings =
        [("our", "or"), ("ours", "ors"), ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("tre", "ter"), ("bre", "ber")];

    /// <summary>The words of a text, fillers left out unless there is nothing else.</summary>
    public static List<string> Words(string text)
    {
        var words = Split(text);
        return words.FindAll(w => !Fillers.Contains(w)) is { Count: > 0 } telling ? telling.ConvertAll(Fold) : words.ConvertAll(Fold);
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (c is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                End();
            }
        }
        End();
        return words;

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    // Only what cannot stand in the way of a word that is half typed: "dis" must still begin "disease".
    private static string Fold(string word)
    {
        var alike = word
            .Replace("æ", "e", StringComparison.Ordinal).Replace("œ", "e", StringComparison.Ordinal)
            .Replace("ø", "o", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal)
            .Replace("ae", "e", StringComparison.Ordinal).Replace("oe", "e", StringComparison.Ordinal)
            .Replace("sulph", "sulf", StringComparison.Ordinal).Replace("leuco", "leuko", StringComparison.Ordinal);
        foreach (var (british, american) in Endings)
        {
            if (alike.Length > british.Length + 1 && alike.EndsWith(british, StringComparison.Ordinal))
            {
                return string.Concat(alike.AsSpan(0, alike.Length - british.Length), american);
            }
        }
        return alike;
    }
}
