using System.Data.Common;
using System.Globalization;
using SocialQI.Storage.Sql;
using SocialQI.Wire;

namespace SocialQI.Storage.Audit;

/// <summary>
/// Who did what, for an institution: acts in its name or about its topics, and what was written in its name or into its topics; the newest first. A page reads
/// a bounded part of the tables, however seldom what is asked for.
/// </summary>
public sealed class AuditReading
{
    private const int RowsAtOnce = 2_000;
    private const int WindowsMax = 10;

    private readonly IDatabase database;
    private readonly WrittenActs written;

    internal AuditReading(IDatabase database) => (this.database, written) = (database, new(database));

    /// <summary>A page of it, to who keeps privacy there. It may be short, or empty, and go on all the same.</summary>
    public async ValueTask<Listed<AuditLine>> Read(ClinicianId reader, InstitutionId home, AuditFilter filter, PageAsked page, CancellationToken stop)
    {
        if (page.After is not null && !AuditPlace.TryParse(page.After, out _))
        {
            return new([], null, Place.Unknown);
        }
        var from = AuditPlace.TryParse(page.After, out var place) ? place : AuditPlace.Before(filter.Until);
        var lines = new List<AuditLine>();
        for (var i = 0; i < WindowsMax && lines.Count <= page.Take; i++)
        {
            var reach = await written.Reach(filter, from, stop);
            var windows = await database.ReadFor(reader, c => Windows(c, home, filter, from, reach, stop), stop);
            var floor = windows.Max(w => w.Floor);
            lines.AddRange(windows.SelectMany(w => w.Lines).Where(l => l.At.Micros >= floor && filter.Fits(l)).OrderByDescending(l => l.At));
            if (floor == AuditPlace.End)
            {
                return Paged(lines, page.Take, null);
            }
            from = floor;
        }
        return Paged(lines, page.Take, from);
    }

    private async Task<AuditWindow[]> Windows(DbConnection connection, InstitutionId home, AuditFilter filter, long from, long? reach, CancellationToken stop) =>
    [
        await Acts(connection, "a.home = @home", home, filter, from, stop),
        await Acts(connection, "a.topic_home = @home and a.home <> @home", home, filter, from, stop),
        await written.Window(connection, home, filter, from, reach, RowsAtOnce, stop),
    ];

    private static async Task<AuditWindow> Acts(DbConnection connection, string whose, InstitutionId home, AuditFilter filter, long from, CancellationToken stop)
    {
        var lines = await connection.All(
            $"""
            select a.id, a.at, a.who, a.role, a.acting_for, a.act, a.what, a.topic, a.first, coalesce(c.last, a.last), a.count, a.purpose, a.origin,
                coalesce(c.result, a.result), a.flag, c.at
            from (
                select a.* from audit a
                where {whose} and a.closes is null and a.at < @before and a.at >= @from and {NotSilent("a")}
                    {(filter.Person is null ? "" : "and a.who = @person")} {(filter.Topic is null ? "" : "and a.topic = @topic")}
                order by a.at desc, a.id desc limit {RowsAtOnce}) a
            left join audit c on c.home = a.home and c.closes = a.writer || '.' || a.number
            order by a.at desc, a.id desc
            """,
            LineAt, stop, ("home", home.ToString()), ("before", from), ("from", filter.From?.Micros ?? 0), ("person", filter.Person?.ToString() ?? ""),
            ("topic", filter.Topic?.ToString() ?? ""));
        return AuditWindow.Of(lines, RowsAtOnce);
    }

    /// <summary>The condition that a row is about no ballot that is open: of those nothing is told, not even that there is one.</summary>
    internal static string NotSilent(string row) => $"({row}.topic is null or {row}.topic not like 'ballot.%' or exists (select 1 from closed_ballot b where b.topic = {row}.topic))";

    private static AuditLine LineAt(DbDataReader row) => new(
        row.MomentAt(1), row.GetString(2), row.TextAt(3), row.TextAt(4) is { } acting ? InstitutionId.Parse(acting) : null, row.GetString(5), row.TextAt(6),
        TopicId.TryParse(row.TextAt(7), out var topic) ? topic : null, row.NumberAt(8), row.NumberAt(9), row.NumberAt(10), row.GetString(11), row.TextAt(12),
        row.GetString(13), row.TextAt(14), row.NumberAt(15) is { } ended ? new Moment(ended) : null, false, "");

    private static Listed<AuditLine> Paged(List<AuditLine> lines, int take, long? rest)
    {
        var page = lines.TakeWhile((line, i) => i < take || line.At == lines[i - 1].At).ToList();
        var keyed = page.Select((line, i) => line with { Key = string.Create(CultureInfo.InvariantCulture, $"{line.At.Micros}.{i - page.FindIndex(l => l.At == line.At)}") });
        return new([.. keyed], (page.Count < lines.Count ? page[^1].At.Micros : rest)?.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>
/// Where a page goes on: before a time, in microseconds. Not a place in a table, for its numbers would tell how much was written in between that is not shown.
/// What happened at the same time stands on one page.
/// </summary>
internal static class AuditPlace
{
    /// <summary>There is nothing before it.</summary>
    public const long End = long.MinValue;

    public static long Before(Moment? until) => until?.Micros ?? long.MaxValue;

    public static bool TryParse(string? text, out long place) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out place);
}

/// <summary>A part of a table, all before a time, and down to which time it is whole.</summary>
internal sealed record AuditWindow(IReadOnlyList<AuditLine> Lines, long Floor)
{
    public static AuditWindow Of(List<AuditLine> lines, int full) => new(lines, lines.Count < full ? AuditPlace.End : lines[^1].At.Micros + 1);
}
