using System.Data.Common;
using SocialQI.GrandRounds;

namespace SocialQI.Storage.Sql;

/// <summary>Keeps the lines of sessions, event by event; one that was kept before changes nothing.</summary>
internal static class RoundsKeeping
{
    public static Task<int> Keep(DbConnection connection, RoundsRow row, CancellationToken stop) =>
        row.Plan is { } plan ? Planned(connection, row, plan, stop)
        : connection.Run(
            """
            update rounds_list set number = @number, stage = @stage, sequence = sequence + @changes, changed = case when @changes > 0 then @at else changed end
            where topic = @topic and number < @number
            """,
            stop, ("topic", row.Topic.ToString()), ("number", row.Number), ("stage", row.Stage?.ToString("G")), ("changes", row.ChangesPlan ? 1 : 0), ("at", row.At.Micros));

    // Planned anew, it stays where it is in its life, and whose it is.
    private static Task<int> Planned(DbConnection connection, RoundsRow row, PlannedRow plan, CancellationToken stop) =>
        connection.Run(
            """
            insert into rounds_list (topic, number, stage, code, title, at, minutes, local, zone, series, planner, people, sequence, changed)
            values (@topic, @number, @stage, @code, @title, @begins, @minutes, @local, @zone, @series, @planner, @people, 0, @at)
            on conflict (topic) do update set
                number = excluded.number, title = excluded.title, at = excluded.at, minutes = excluded.minutes, local = excluded.local, zone = excluded.zone,
                people = excluded.people, sequence = rounds_list.sequence + 1, changed = excluded.changed
            where rounds_list.number < excluded.number
            """,
            stop, ("topic", row.Topic.ToString()), ("number", row.Number), ("stage", nameof(RoundsStage.Planned)), ("code", ShortCode.Of(row.Topic)), ("title", plan.Plan.Title),
            ("begins", plan.Begins.Micros), ("minutes", plan.Plan.Minutes), ("local", plan.Plan.Local), ("zone", plan.Plan.Zone), ("series", plan.Series?.ToString()),
            ("planner", plan.Planner.ToString()), ("people", PeopleOf(plan.Plan)), ("at", row.At.Micros));

    private static string PeopleOf(RoundsPlan plan) =>
        string.Concat(plan.Moderators.OrEmpty().Concat(plan.Agenda.OrEmpty().Select(a => a.Presenter)).Distinct().Select(p => $" {p} "));
}
