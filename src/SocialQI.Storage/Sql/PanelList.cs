using System.Data.Common;
using SocialQI.Panels;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>The list of panels: kept event by event, and read by who may see them, what moved last first.</summary>
internal sealed class PanelList(IDatabase database)
{
    /// <summary>One that was kept before changes nothing.</summary>
    public static Task<int> Keep(DbConnection connection, PanelRow row, CancellationToken stop) =>
        row.Planned is { } planned
            ? connection.Run(
                """
                insert into panel_list (topic, number, stage, title, moved, rounds, people)
                values (@topic, @number, @stage, @title, @at, 0, @people) on conflict (topic) do nothing
                """,
                stop, ("topic", row.Topic.ToString()), ("number", row.Number), ("stage", row.Stage.ToString("G")), ("title", planned.Plan.Title), ("at", row.At.Micros),
                ("people", string.Concat(planned.Plan.Seats.OrEmpty().Append(planned.Convener).Distinct().Select(p => $" {p} "))))
            : connection.Run(
                "update panel_list set number = @number, stage = @stage, moved = @at, rounds = rounds + @begun where topic = @topic and number < @number",
                stop, ("topic", row.Topic.ToString()), ("number", row.Number), ("stage", row.Stage.ToString("G")), ("at", row.At.Micros), ("begun", row.BeginsRound ? 1 : 0));

    public async Task<Listed<PanelLine>> Read(DbConnection connection, Reader reader, PageAsked page, CancellationToken stop)
    {
        // The follow rule, as for cases.
        var conditions = new Conditions()
            .Where($"exists (select 1 from audience a where a.topic = l.topic and a.key {database.In("@keys")})", ("keys", database.List(reader.Keys)));
        if (page.After is not null)
        {
            if (Place.NumberAndText(page.After) is not (var at, var topic) || !TopicId.TryParse(topic, out _))
            {
                return new([], null, Place.Unknown);
            }
            // The first half alone says where in the index to begin.
            conditions.Where("l.moved <= @at and (l.moved < @at or l.topic < @topic)", ("at", at), ("topic", topic));
        }
        var lines = await connection.All(
            $"select l.topic, l.title, l.stage, l.moved, l.rounds, l.people like @mine from panel_list l where {conditions} order by l.moved desc, l.topic desc limit @take",
            LineAt, stop, conditions.With(("mine", $"% {reader.Person} %"), ("take", page.Take + 1)));
        return lines.Count <= page.Take
            ? new([.. lines])
            : new([.. lines.Take(page.Take)], Place.Of(lines[page.Take - 1].Moved.Micros, lines[page.Take - 1].Panel));
    }

    private static PanelLine LineAt(DbDataReader row) =>
        new(row.TopicAt(0), row.GetString(1), Enum.Parse<PanelStage>(row.GetString(2)), row.MomentAt(3), row.GetInt32(4), row.GetBoolean(5));
}
