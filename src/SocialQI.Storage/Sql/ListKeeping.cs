using System.Data.Common;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>Keeps the lines of the lists, as a reader of the tail brings them.</summary>
internal static class ListKeeping
{
    /// <summary>Does it only where nobody of this reader's name is further: an older one would put back what was.</summary>
    public static async Task Keep(DbConnection connection, string reader, long position, Func<Task> keep, CancellationToken stop)
    {
        var isAhead = await connection.Run(
            """
            insert into tail_reader (name, position) values (@name, @position)
            on conflict (name) do update set position = excluded.position where tail_reader.position <= excluded.position
            """,
            stop, ("name", reader), ("position", position)) > 0;
        if (isAhead)
        {
            await keep();
        }
    }

    public static async Task Keep(DbConnection connection, ListRows rows, CancellationToken stop)
    {
        foreach (var row in rows.Institutions)
        {
            await Keep(connection, row, stop);
        }
        foreach (var row in rows.People)
        {
            await Keep(connection, row, stop);
        }
        foreach (var row in rows.Communities)
        {
            await Keep(connection, row, stop);
        }
        foreach (var row in rows.Cases)
        {
            await Keep(connection, row, stop);
        }
        foreach (var row in rows.Outcomes)
        {
            await Keep(connection, row, stop);
        }
        foreach (var row in rows.Rounds)
        {
            await RoundsKeeping.Keep(connection, row, stop);
        }
        foreach (var row in rows.Panels)
        {
            await PanelList.Keep(connection, row, stop);
        }
        foreach (var row in rows.Follows)
        {
            await Keep(connection, row, stop);
        }
    }

    private static Task<int> Keep(DbConnection connection, CaseRow row, CancellationToken stop) =>
        connection.Run(
            """
            insert into case_list (topic, moved, author, title, folded, question, condition_code, condition_text, condition_flat, condition_name,
                stage, hallway, last_number, last_kind, last_by, last_at)
            values (@topic, @moved, @author, @title, @folded, @question, @code, @condition, @flat, @condition_name,
                @stage, coalesce(@hallway, false), @last_number, @last_kind, @last_by, @last_at)
            on conflict (topic) do update set
                moved = excluded.moved,
                author = coalesce(excluded.author, case_list.author),
                title = coalesce(excluded.title, case_list.title),
                folded = coalesce(excluded.folded, case_list.folded),
                question = coalesce(excluded.question, case_list.question),
                condition_code = case when excluded.title is null then case_list.condition_code else excluded.condition_code end,
                condition_text = case when excluded.title is null then case_list.condition_text else excluded.condition_text end,
                condition_flat = case when excluded.title is null then case_list.condition_flat else excluded.condition_flat end,
                condition_name = case when excluded.title is null then case_list.condition_name else excluded.condition_name end,
                stage = coalesce(excluded.stage, case_list.stage),
                hallway = coalesce(@hallway, case_list.hallway),
                last_number = coalesce(excluded.last_number, case_list.last_number),
                last_kind = coalesce(excluded.last_kind, case_list.last_kind),
                last_by = coalesce(excluded.last_by, case_list.last_by),
                last_at = coalesce(excluded.last_at, case_list.last_at)
            """,
            stop,
            [
                ("topic", row.Topic.ToString()), ("moved", row.Moved.Micros), ("author", row.Author?.ToString()), .. Words(row.Words),
                ("stage", row.Stage?.ToString("G")), ("hallway", row.IsHallway), ("last_number", row.Last?.Number), ("last_kind", row.Last?.Kind.ToString("G")),
                ("last_by", row.Last?.By.ToString()), ("last_at", row.Last?.At.Micros),
            ]);

    private static Task<int> Keep(DbConnection connection, OutcomeRow row, CancellationToken stop) =>
        row.Due is { } due
            ? connection.Run(
                "insert into outcome_list (topic, due, who) values (@topic, @due, @who) on conflict (topic) do update set due = excluded.due, who = excluded.who",
                stop, ("topic", row.Topic.ToString()), ("due", due.Micros), ("who", row.Who.ToString()))
            : connection.Run("delete from outcome_list where topic = @topic", stop, ("topic", row.Topic.ToString()));

    private static (string, object?)[] Words(CaseWords? words) =>
    [
        ("title", words?.Title), ("folded", words is null ? null : Folding.Fold(words.Title)), ("question", words?.Question),
        ("code", words?.Condition?.Code), ("condition", words?.Condition?.Text),
        ("flat", words?.Condition?.Code is { } code ? CaseList.Flat(code) : null), ("condition_name", words?.Condition is { } about ? Folding.Fold(about.Text) : null),
    ];

    private static Task<int> Keep(DbConnection connection, FollowRow row, CancellationToken stop) =>
        connection.Run(
            row.On ? "insert into followed (person, topic) values (@person, @topic) on conflict do nothing" : "delete from followed where person = @person and topic = @topic",
            stop, ("person", row.Person.ToString()), ("topic", row.Topic.ToString()));

    private static Task<int> Keep(DbConnection connection, CommunityRow row, CancellationToken stop) =>
        connection.Run(
            """
            insert into community_list (community, topic, name, folded, purpose) values (@community, @topic, @name, @folded, @purpose)
            on conflict (community) do update set name = excluded.name, folded = excluded.folded, purpose = excluded.purpose
            """,
            stop, ("community", row.Community.ToString()), ("topic", row.Community.Topic.ToString()), ("name", row.Name),
            ("folded", Folding.Fold(row.Name)), ("purpose", row.Purpose));

    private static Task<int> Keep(DbConnection connection, InstitutionLine row, CancellationToken stop) =>
        connection.Run(
            """
            insert into institution_list (institution, name, folded) values (@institution, @name, @folded)
            on conflict (institution) do update set name = excluded.name, folded = excluded.folded
            """,
            stop, ("institution", row.Institution.ToString()), ("name", row.Name), ("folded", Folding.Fold(row.Name)));

    private static Task<int> Keep(DbConnection connection, PersonRow row, CancellationToken stop) =>
        connection.Run(
            """
            insert into person_list (person, name, folded, specialty, field, grade, version)
            values (@person, @name, @folded, @specialty, @field, @grade, @version)
            on conflict (person) do update set name = excluded.name, folded = excluded.folded, specialty = excluded.specialty, field = excluded.field,
                grade = excluded.grade, version = excluded.version
            """,
            stop, ("person", row.Person.ToString()), ("name", row.Name), ("folded", Folding.Fold(row.Name)), ("specialty", row.Specialty),
            ("field", Folding.Fold(row.Specialty)), ("grade", row.Grade.ToString("G")), ("version", row.Version));
}
