using System.Data.Common;
using SocialQI.Storage.Sql;
using SocialQI.Wire;

namespace SocialQI.Storage.Audit;

/// <summary>What was written, as acts: the headers of events, never what they say.</summary>
internal sealed class WrittenActs(IDatabase database)
{
    // Of a large network most events are others': so many are looked at for a page.
    private const int EventsMax = 50_000;

    private const string Emergency = "glass-broken";

    private static readonly TopicKind[] Kinds = Enum.GetValues<TopicKind>();

    /// <summary>How far down a page looks; null: to the end. A topic's own events are few.</summary>
    public async ValueTask<AuditPlace?> Reach(AuditFilter filter, AuditPlace from, CancellationToken stop) => filter.Topic is not null ? null : await database.Read(
        c => c.First<AuditPlace?>(
            $"select at, position from event where at <= @before and (at < @before or position < @position) and at >= @from order by at desc, position desc limit 1 offset {EventsMax - 1}",
            row => new AuditPlace(row.GetInt64(0), 1, row.GetInt64(1)), stop, ("before", from.At), ("position", from.IdIn(1)), ("from", filter.From?.Micros ?? 0)),
        stop);

    public async Task<AuditWindow> Window(
        DbConnection connection, InstitutionId home, AuditFilter filter, AuditPlace from, AuditPlace? reach, int rows, CancellationToken stop)
    {
        var lines = await connection.All(
            $"""
            select w.position, w.at, w.actor, w.acting_for, w.kind, w.topic, w.number from {database.WrittenActs} w
            where at <= @before and (at < @before or position < @position) and at >= @from and {AuditReading.NotSilent(database, "w")} and (acting_for = @home or {string.Join(" or ", Kinds.Select((_, i) => $"substr(topic, 1, length(@kind{i})) = @kind{i}"))})
                {(filter.Topic is null ? "" : "and topic = @topic")} {(filter.Person is null ? "" : "and actor = @actor")}
            order by at desc, position desc limit {rows}
            """,
            LineAt, stop,
            [
                ("before", from.At), ("position", from.IdIn(1)), ("from", reach?.At ?? filter.From?.Micros ?? 0), ("home", home.ToString()), ("topic", filter.Topic?.ToString() ?? ""),
                ("actor", database.Id(filter.Person?.Value ?? Guid.Empty)), .. Kinds.Select((kind, i) => ($"kind{i}", (object?)TopicId.PrefixOf(kind, home))),
            ]);
        var window = AuditWindow.Of(lines, rows);
        return reach is { } reached && window.Floor < reached ? window with { Floor = reached } : window;
    }

    private (AuditPlace, AuditLine) LineAt(DbDataReader row)
    {
        var (place, topic, number) = (new AuditPlace(row.GetInt64(1), 1, row.GetInt64(0)), row.TopicAt(5), row.GetInt64(6));
        var (who, kind) = (new ClinicianId(database.IdAt(row, 2)), row.GetString(4));
        return (place, new(
            row.MomentAt(1), who == ClinicianId.Operator ? AuditEntry.Operator : who.ToString(), null, row.TextAt(3) is { } acting ? InstitutionId.Parse(acting) : null,
            kind, null, topic, number, number, null, AuditRow.NameOf(AuditEntry.UsualPurpose(topic)), null, AuditEntry.Done, kind == Emergency ? AuditEntry.BreakGlass : null, null, true, place.ToString()));
    }
}
