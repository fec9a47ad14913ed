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
        var lines = new List<(AuditPlace Place, AuditLine Line)>();
        for (var i = 0; i < WindowsMax && lines.Count <= page.Take; i++)
        {
            var reach = await written.Reach(filter, from, stop);
            var windows = await database.ReadFor(reader, c => Windows(c, home, filter, from, reach, stop), stop);
            var floor = windows.Max(w => w.Floor);
            lines.AddRange(windows.SelectMany(w => w.Lines).Where(l => l.Place >= floor && filter.Fits(l.Line)).OrderByDescending(l => l.Place));
            if (floor == AuditPlace.End)
            {
                return Paged(lines, page.Take, null);
            }
            from = floor;
        }
        return Paged(lines, page.Take, from);
    }

    private async Task<AuditWindow[]> Windows(DbConnection connection, InstitutionId home, AuditFilter filter, AuditPlace from, AuditPlace? reach, CancellationToken stop) =>
    [
        await Acts(connection, "a.home = @home", home, filter, from, stop),
        await Acts(connection, "a.topic_home = @home and a.home <> @home", home, filter, from, stop),
        await written.Window(connection, home, filter, from, reach, RowsAtOnce, stop),
    ];

    private async Task<AuditWindow> Acts(DbConnection connection, string whose, InstitutionId home, AuditFilter filter, AuditPlace from, CancellationToken stop)
    {
        var lines = await connection.All(
            $"""
            select a.id, a.at, a.who, a.role, a.acting_for, a.act, a.what, a.topic, a.first, coalesce(c.last, a.last), a.count, a.purpose, a.origin,
                coalesce(c.result, a.result), a.flag, c.at
            from (
                select a.* from audit a
                where {whose} and a.closes is null and a.at <= @before and (a.at < @before or a.id < @id) and a.at >= @from and {NotSilent(database, "a")}
                    {(filter.Person is null ? "" : "and a.who = @person")} {(filter.Topic is null ? "" : "and a.topic = @topic")}
                order by a.at desc, a.id desc limit {RowsAtOnce}) a
            left join audit c on c.home = a.home and c.closes = a.writer || '.' || a.number
            order by a.at desc, a.id desc
            """,
            LineAt, stop, ("home", home.ToString()), ("before", from.At), ("id", from.IdIn(0)), ("from", filter.From?.Micros ?? 0), ("person", filter.Person?.ToString() ?? ""),
            ("topic", filter.Topic?.ToString() ?? ""));
        return AuditWindow.Of(lines, RowsAtOnce);
    }

    /// <summary>The condition that a row is about no ballot that is open: of those nothing is told, not even that there is one.</summary>
    internal static string NotSilent(IDatabase database, string row) => $"({row}.topic is null or {row}.topic not like 'ballot.%' or exists (select 1 from {database.ClosedBallots} b where b.topic = {row}.topic))";

    private static (AuditPlace, AuditLine) LineAt(DbDataReader row)
    {
        var place = new AuditPlace(row.GetInt64(1), 0, row.GetInt64(0));
        return (place, new(
            row.MomentAt(1), row.GetString(2), row.TextAt(3), row.TextAt(4) is { } acting ? InstitutionId.Parse(acting) : null, row.GetString(5), row.TextAt(6),
            TopicId.TryParse(row.TextAt(7), out var topic) ? topic : null, row.NumberAt(8), row.NumberAt(9), row.NumberAt(10), row.GetString(11), row.TextAt(12),
            row.GetString(13), row.TextAt(14), row.NumberAt(15) is { } ended ? new Moment(ended) : null, false, place.ToString()));
    }

    private static Listed<AuditLine> Paged(List<(AuditPlace Place, AuditLine Line)> lines, int take, AuditPlace? rest) => lines.Count > take
        ? new([.. lines.Take(take).Select(l => l.Line)], lines[take - 1].Place.ToString())
        : new([.. lines.Select(l => l.Line)], rest?.ToString());
}

/// <summary>Where an act stands among all others: by time, then by where it is recorded.</summary>
internal readonly record struct AuditPlace(long At, int Source, long Id) : IComparable<AuditPlace>
{
    /// <summary>There is nothing before it.</summary>
    public static readonly AuditPlace End = new(long.MinValue, 0, 0);

    public static AuditPlace Before(Moment? until) => new(until?.Micros ?? long.MaxValue, 0, 0);

    public static bool TryParse(string? text, out AuditPlace place)
    {
        place = default;
        var parts = (text ?? "").Split('.');
        if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var source)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }
        place = new(at, source, id);
        return true;
    }

    public static bool operator <(AuditPlace one, AuditPlace other) => one.CompareTo(other) < 0;

    public static bool operator >(AuditPlace one, AuditPlace other) => one.CompareTo(other) > 0;

    public static bool operator <=(AuditPlace one, AuditPlace other) => one.CompareTo(other) <= 0;

    public static bool operator >=(AuditPlace one, AuditPlace other) => one.CompareTo(other) >= 0;

    /// <summary>What stands in this source at the same time and before this place has a smaller id than that.</summary>
    public long IdIn(int source) => source == Source ? Id : source < Source ? long.MaxValue : long.MinValue;

    public int CompareTo(AuditPlace other) => (At, Source, Id).CompareTo((other.At, other.Source, other.Id));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}.{Source}.{Id}");
}

/// <summary>A part of a table from a place downwards, and how far down it goes.</summary>
internal sealed record AuditWindow(IReadOnlyList<(AuditPlace Place, AuditLine Line)> Lines, AuditPlace Floor)
{
    public static AuditWindow Of(List<(AuditPlace Place, AuditLine Line)> lines, int full) => new(lines, lines.Count < full ? AuditPlace.End : lines[^1].Place);
}
