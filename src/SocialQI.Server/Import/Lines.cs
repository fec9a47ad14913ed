using System.Globalization;

namespace SocialQI.Server.Import;

/// <summary>Text of a limited length, cut between lines.</summary>
internal static class Lines
{
    private const int LastLineLengthMax = 40;

    /// <summary>One line of at most so many characters; an ellipsis tells that it was longer.</summary>
    public static string Shortened(string line, int lengthMax)
    {
        var cut = lengthMax - 1;
        // Half of a surrogate pair cannot be encoded.
        return line.Length <= lengthMax ? line : line[..(char.IsHighSurrogate(line[cut - 1]) ? cut - 1 : cut)].TrimEnd() + '…';
    }

    /// <summary>As many different lines as fit; when some do not, a last line says how many.</summary>
    public static string Bounded(IEnumerable<string> lines, int lengthMax)
    {
        var all = lines.Distinct().ToList();
        var whole = string.Join('\n', all);
        if (whole.Length <= lengthMax)
        {
            return whole;
        }

        var shown = 0;
        for (var length = LastLineLengthMax; shown < all.Count && (length += all[shown].Length + 1) <= lengthMax; shown++)
        {
        }

        var more = string.Create(CultureInfo.InvariantCulture, $"({all.Count - shown} more lines left out)");
        return string.Join('\n', all.Take(shown).Append(more));
    }
}
