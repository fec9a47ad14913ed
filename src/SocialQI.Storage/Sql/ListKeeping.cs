using System.Data.Common;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>Keeps the lines of the lists, as a reader of the tail brings them.</summary>
internal static class ListKeeping
{
    public static async Task Keep(DbConnection connection, string reader, long position, ListRows rows, CancellationToken stop)
    {
        var isAhead = await connection.Run(
            """
            insert into tail_reader (name, position) values (@name, @position)
            on conflict (name) do update set position = excluded.position where tail_reader.position <= excluded.position
            """,
            stop, ("name", reader), ("position", position)) > 0;
        if (!isAhead)
        {
            return;
        }
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
    }

    private static Task<int> Keep(DbConnection connection, CaseRow row, CancellationToken stop) =>
        connection.Run(
            """
            insert into case_list (topic, moved, author, title, question, condition_code, condition_text, stage, hallway)
            values (@topic, @moved, @author, @title, @question, @code, @condition, @stage, coalesce(@hallway, false))
            on conflict (topic) do update set
                moved = excluded.moved,
                author = coalesce(excluded.author, case_list.author),
                title = coalesce(excluded.title, case_list.title),
                question = coalesce(excluded.question, case_list.question),
                condition_code = case when excluded.title is null then case_list.condition_code else excluded.condition_code end,
                condition_text = case when excluded.title is null then case_list.condition_text else excluded.condition_text end,
                stage = coalesce(excluded.stage, case_list.stage),
                hallway = coalesce(@hallway, case_list.hallway)
            """,
            stop,
            ("topic", row.Topic.ToString()), ("moved", row.Moved.Micros), ("author", row.Author?.ToString()), ("title", row.Words?.Title),
            ("question", row.Words?.Question), ("code", row.Words?.Condition?.Code), ("condition", row.Words?.Condition?.Text), ("stage", row.Stage?.ToString("G")),
            ("hallway", row.IsHallway));

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
            insert into person_list (person, name, folded, specialty, grade, version) values (@person, @name, @folded, @specialty, @grade, @version)
            on conflict (person) do update set
                name = excluded.name, folded = excluded.folded, specialty = excluded.specialty, grade = excluded.grade, version = excluded.version
            """,
            stop, ("person", row.Person.ToString()), ("name", row.Name), ("folded", Folding.Fold(row.Name)), ("specialty", row.Specialty),
            ("grade", row.Grade.ToString("G")), ("version", row.Version));
}
