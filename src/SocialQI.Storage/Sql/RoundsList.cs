using System.Data.Common;
using SocialQI.GrandRounds;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>The list of sessions, and what calendars ask of it.</summary>
internal sealed class RoundsList(IDatabase database)
{
    /// <summary>A session whose lobby nobody has opened is still to come for so long after its end.</summary>
    private static readonly TimeSpan LateFor = TimeSpan.FromDays(1);

    private const string Columns = "l.topic, l.title, l.stage, l.at, l.minutes, l.local, l.zone, l.series, l.planner = @me or l.people like @mine, l.sequence, l.changed";

    private static readonly string[] on = [nameof(RoundsStage.Lobby), nameof(RoundsStage.Live), nameof(RoundsStage.Discussion)];

    private static readonly string[] over = [nameof(RoundsStage.Closed), nameof(RoundsStage.Cancelled)];

    public async Task<Listed<RoundsLine>> Read(DbConnection connection, Reader reader, RoundsWhen when, PageAsked page, Moment now, CancellationToken stop)
    {
        var conditions = Of(reader, when, now);
        var isPast = when == RoundsWhen.Past;
        if (page.After is not null)
        {
            if (Place.NumberAndText(page.After) is not (var at, var topic) || !TopicId.TryParse(topic, out _))
            {
                return new([], null, Place.Unknown);
            }
            // The first half alone says where in the index to begin.
            conditions.Where(isPast ? "l.at <= @at and (l.at < @at or l.topic < @topic)" : "l.at >= @at and (l.at > @at or l.topic > @topic)", ("at", at), ("topic", topic));
        }
        var order = isPast ? "l.at desc, l.topic desc" : "l.at, l.topic";
        var lines = (await Entries(connection, reader, conditions, order, page.Take + 1, stop)).ConvertAll(e => e.Line);
        return lines.Count <= page.Take
            ? new([.. lines])
            : new([.. lines.Take(page.Take)], Place.Of(lines[page.Take - 1].At.Micros, lines[page.Take - 1].Rounds));
    }

    /// <summary>Those that begin within a time, the nearest to now first.</summary>
    public Task<List<RoundsEntry>> Between(DbConnection connection, Reader reader, Moment from, Moment until, Moment now, int take, CancellationToken stop) =>
        Entries(
            connection, reader,
            Visible(reader).Where("l.at >= @from and l.at <= @until", ("from", from.Micros), ("until", until.Micros), ("now", now.Micros)),
            "abs(l.at - @now), l.topic", take, stop);

    /// <summary>The one that is on and has this code; of several the first.</summary>
    public async Task<TopicId?> Coded(DbConnection connection, Reader reader, string code, CancellationToken stop)
    {
        var conditions = Visible(reader).Where($"l.stage {database.In("@stages")}", ("stages", database.List(on))).Where("l.code = @code", ("code", code));
        return (await Entries(connection, reader, conditions, "l.at, l.topic", 1, stop)) is [var found] ? found.Line.Rounds : null;
    }

    private Conditions Of(Reader reader, RoundsWhen when, Moment now)
    {
        var conditions = Visible(reader);
        (string, object?)[] late = [("planned", nameof(RoundsStage.Planned)), ("minute", TimeSpan.FromMinutes(1).Ticks / TimeSpan.TicksPerMicrosecond), ("late", (now + -LateFor).Micros)];
        return when switch
        {
            RoundsWhen.On => conditions.Where($"l.stage {database.In("@stages")}", ("stages", database.List(on))),
            RoundsWhen.Coming => conditions.Where("l.stage = @planned and l.at + l.minutes * @minute > @late", late),
            _ => conditions.Where(
                $"(l.stage {database.In("@stages")} or l.stage = @planned and l.at + l.minutes * @minute <= @late)", [.. late, ("stages", database.List(over))]),
        };
    }

    // The follow rule, as for cases.
    private Conditions Visible(Reader reader) => new Conditions()
        .Where($"exists (select 1 from audience a where a.topic = l.topic and a.key {database.In("@keys")})", ("keys", database.List(reader.Keys)));

    private static Task<List<RoundsEntry>> Entries(DbConnection connection, Reader reader, Conditions conditions, string order, int take, CancellationToken stop) =>
        connection.All(
            $"select {Columns} from rounds_list l where {conditions} order by {order} limit @take", EntryAt, stop,
            conditions.With(("me", reader.Person.ToString()), ("mine", $"% {reader.Person} %"), ("take", take)));

    private static RoundsEntry EntryAt(DbDataReader row) => new(
        new(
            row.TopicAt(0), row.GetString(1), Enum.Parse<RoundsStage>(row.GetString(2)), row.MomentAt(3), row.GetInt32(4), row.GetString(5), row.GetString(6),
            row.TextAt(7) is { } series ? TopicId.Parse(series) : null, row.GetBoolean(8)),
        row.GetInt32(9),
        row.MomentAt(10));
}
