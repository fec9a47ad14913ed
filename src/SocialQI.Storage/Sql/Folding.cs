using System.Globalization;
using System.Text;

namespace SocialQI.Storage.Sql;

/// <summary>
/// Names as they are compared: without case and accents, so that "muller" finds "Müller". Done here, because SQLite and a PostgreSQL
/// without a locale fold ASCII only, and two databases must find the same.
/// </summary>
internal static class Folding
{
    /// <summary>Of a text typed into a field only so many words are looked for.</summary>
    private const int PatternsMax = 8;

    public static string Fold(string name) =>
        new string([.. name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)])
            .ToLowerInvariant();

    /// <summary>What LIKE looks for, with <c>\</c> as its escape, to find names that contain each part of a text somewhere.</summary>
    public static IReadOnlyList<string> Patterns(string text) => [.. Parts(text).Select(part => $"%{Escaped(part)}%")];

    /// <summary>The same for words that begin so; a space is put before the name.</summary>
    public static IReadOnlyList<string> Beginnings(string text) => [.. Parts(text).Select(part => $"% {Escaped(part)}%")];

    private static IEnumerable<string> Parts(string text) =>
        // No half characters, which are not Unicode, and nothing that no database takes.
        Fold(string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) ? " " : r.ToString())))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(PatternsMax);

    private static string Escaped(string part) =>
        part.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
