using System.Globalization;
using System.Text;

namespace SocialQI.Server.Api;

/// <summary>
/// Tables as RFC 4180 has them. A spreadsheet runs what begins like a formula, and names are what people chose to be called: such a cell begins with an
/// apostrophe, which says that it is text.
/// </summary>
internal static class Csv
{
    public const string Type = "text/csv; charset=utf-8";

    private const string Harmful = "=+-@\t\r\n";

    /// <summary>A cell that no spreadsheet runs.</summary>
    public static string Cell(string? text)
    {
        var cell = text ?? "";
        // Spreadsheets look past spaces.
        if (cell.TrimStart(' ') is [var first, ..] && (Harmful.Contains(first, StringComparison.Ordinal) || IsWide(first)))
        {
            cell = "'" + cell;
        }
        return cell.AsSpan().ContainsAny(',', '"', '\n') || cell.Contains('\r', StringComparison.Ordinal) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    // Some read the full-width forms of =, +, - and @ like these.
    private static bool IsWide(char first) => first is '＝' or '＋' or '－' or '＠';

    public static void Add(StringBuilder table, params string?[] cells) => table.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    public static string Time(Moment at) => at.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
