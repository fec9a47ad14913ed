using System.Data.Common;

namespace SocialQI.Storage.Sql;

/// <summary>
/// Lists made again from the journal, topic by topic, while they are read. Each topic's lines are put in place of the old ones in one transaction, so
/// that a reader sees the old or the new, never none and never what was in between.
/// </summary>
internal sealed class MakingAgain(IDatabase database)
{
    private static readonly Dictionary<string, string[]> Stray = new()
    {
        [ListNames.Lists] =
        [
            "delete from case_list where topic not in (select topic from head)",
            "delete from rounds_list where topic not in (select topic from head)",
            "delete from community_list where topic not in (select topic from head)",
            "delete from institution_list where 'institution.' || institution || '.open.' || institution not in (select topic from head)",
            "delete from person_list where 'clinician.network.open.' || person not in (select topic from head)",
            "delete from followed where 'clinician.network.open.' || person not in (select topic from head)",
        ],
        [ListNames.Search] = ["delete from search_text where topic not in (select topic from head)"],
    };

    public ValueTask<Remaking?> Progress(string list, CancellationToken stop) =>
        database.Read(
            async c => await c.First(
                "select after_topic, done, total, through from rebuild where name = @name",
                row => new Remaking(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), stop, ("name", list)),
            stop);

    public ValueTask Keep(string list, Remaking progress, CancellationToken stop) => database.Write(c => Keep(c, list, progress, stop), stop);

    public async ValueTask<Remaking> Begin(string list, CancellationToken stop)
    {
        var progress = new Remaking("", 0, 0, 0);
        await database.Write(
            async c =>
            {
                if (list == ListNames.Search && database.Words.MadeAgain is { } index)
                {
                    await c.Run(index, stop);
                }
                progress = await c.First(
                    "select (select count(*) from head), position from store", row => new Remaking("", 0, row.GetInt64(0), row.GetInt64(1)), stop) ?? progress;
                await Keep(c, list, progress, stop);
            },
            stop);
        return progress;
    }

    public ValueTask End(string list, CancellationToken stop) =>
        database.Write(
            async c =>
            {
                foreach (var stray in Stray[list])
                {
                    await c.Run(stray, stop);
                }
                await c.Run("delete from rebuild where name = @name", stop, ("name", list));
            },
            stop);

    public async ValueTask<IReadOnlyList<TopicId>> Topics(string after, long through, int max, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                """
                select topic from head
                where topic > @after and exists (select 1 from event where event.topic = head.topic and event.number = 1 and event.position <= @through)
                order by topic limit @max
                """,
                row => row.TopicAt(0), stop, ("after", after), ("through", through), ("max", max)),
            stop);

    /// <summary>False, with nothing written, when the reader of the tail has gone on from this position since: what is to be written may be older.</summary>
    public async ValueTask<bool> Replace(string reader, long position, Func<DbConnection, Task> replace, CancellationToken stop)
    {
        var isSo = false;
        await database.Write(
            async c =>
            {
                isSo = await c.Run(
                    """
                    insert into tail_reader (name, position) values (@name, @position)
                    on conflict (name) do update set position = excluded.position where tail_reader.position = excluded.position
                    """,
                    stop, ("name", reader), ("position", position)) > 0;
                if (isSo)
                {
                    await replace(c);
                }
            },
            stop);
        return isSo;
    }

    public static async Task Forget(DbConnection connection, IReadOnlyList<TopicId> topics, CancellationToken stop)
    {
        foreach (var topic in topics)
        {
            foreach (var (table, key) in LinesOf(topic))
            {
                await connection.Run($"delete from {table} where {key} = @key", stop, ("key", key == "topic" ? topic.ToString() : topic.Key));
            }
        }
    }

    // Where a topic has lines, and by what they are found there. Ballots and attendances have none.
    private static (string Table, string Key)[] LinesOf(TopicId topic) => topic.Kind switch
    {
        TopicKind.Case => [("case_list", "topic")],
        TopicKind.Rounds => [("rounds_list", "topic")],
        TopicKind.Community => [("community_list", "topic")],
        TopicKind.Institution => [("institution_list", "institution")],
        TopicKind.Clinician => [("person_list", "person"), ("followed", "person")],
        _ => [],
    };

    private static Task<int> Keep(DbConnection connection, string list, Remaking progress, CancellationToken stop) =>
        connection.Run(
            """
            insert into rebuild (name, after_topic, done, total, through) values (@name, @after, @done, @total, @through)
            on conflict (name) do update
            set after_topic = excluded.after_topic, done = excluded.done, total = excluded.total, through = excluded.through
            """,
            stop, ("name", list), ("after", progress.After), ("done", progress.Done), ("total", progress.Total), ("through", progress.Through));
}
