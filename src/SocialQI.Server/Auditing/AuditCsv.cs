using System.Globalization;
using System.Text;
using SocialQI.Server.Api;
using SocialQI.Wire;

namespace SocialQI.Server.Auditing;

/// <summary>Acts as a table.</summary>
internal static class AuditCsv
{
    private static readonly string[] Columns =
        ["at", "ended", "who", "name", "role", "for", "act", "what", "topic", "first", "last", "count", "purpose", "from", "result", "flag", "record"];

    public static byte[] Of(IReadOnlyList<AuditLine> lines, IReadOnlyDictionary<string, string> names)
    {
        var table = new StringBuilder();
        Csv.Add(table, Columns);
        foreach (var line in lines)
        {
            Csv.Add(
                table, Csv.Time(line.At), line.Ended is { } ended ? Csv.Time(ended) : null, line.Who, names.GetValueOrDefault(line.Who), line.Role, line.For?.ToString(), line.Act, line.What,
                line.Topic?.ToString(), Number(line.First), Number(line.Last), Number(line.Count), line.Purpose, line.Origin, line.Result, line.Flag, line.IsWriting ? "event" : "act");
        }
        return Encoding.UTF8.GetBytes(table.ToString());
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
