using System.Globalization;
using System.Text;
using SocialQI.Wire;

namespace SocialQI.Server.Auditing;

/// <summary>
/// Acts as a table, as RFC 4180 has it. A spreadsheet runs what begins like a formula, and names are what people chose to be called: such a cell begins with an
/// apostrophe, which says that it is text.
/// </summary>
internal static class AuditCsv
{
    private const string Harmful = "=+-@\t\r\n";

    private static readonly string[] Columns =
        ["at", "ended", "who", "name", "role", "for", "act", "what", "topic", "first", "last", "count", "purpose", "from", "result", "flag", "record"];

    public static byte[] Of(IReadOnlyList<AuditLine> lines, IReadOnlyDictionary<string, string> names)
    {
        var table = new StringBuilder();
        Add(table, Columns);
        foreach (var line in lines)
        {
            Add(
                table, Time(line.At), line.Ended is { } ended ? Time(ended) : null, line.Who, names.GetValueOrDefault(line.Who), line.Role, line.For?.ToString(), line.Act, line.What,
                line.Topic?.ToString(), Number(line.First), Number(line.Last), Number(line.Count), line.Purpose, line.Origin, line.Result, line.Flag, line.IsWriting ? "event" : "act");
        }
        return Encoding.UTF8.GetBytes(table.ToString());
    }

    /// <summary>A cell that no spreadsheet runs.</summary>
    internal static string Cell(string? text)
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

    private static void Add(StringBuilder table, params string?[] cells) => table.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Time(Moment at) => at.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
