using System.Globalization;
using System.Text;

namespace SocialQI.Storage.Sql;

/// <summary>
/// Names as they are compared: without case and accents, so that "muller" finds "Müller". Done here, because SQLite and a PostgreSQL
/// without a locale fold ASCII only, and two databases must find the same.
/// </summary>
internal static class Folding
{
    public static string Fold(string name) =>
        new string([.. name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)])
            .ToLowerInvariant();

    /// <summary>What LIKE looks for to find names that contain a text, with <c>\</c> as its escape.</summary>
    public static string Pattern(string text) =>
        "%"
        + Fold(text)
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal)
        + "%";
}
