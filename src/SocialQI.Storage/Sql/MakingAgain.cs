using System.Data.Common;

namespace SocialQI.Storage.Sql;

/// <summary>
/// Lists made again from the journal, topic by topic, while they are read. Each topic's lines are put in place of the old ones in one transaction, so
/// that a reader sees the old or the new, never none and never what was in between.
/// </summary>
internal sealed class MakingAgain(IDatabase database)
{
    // Lines of topics that do not exist.
    private static readonly Dictionary<string, string[]> Stray = new()
    {
        [ListNames.Lists] =
        [
            "case_list where topic not in (select topic from head)",
            "outcome_list where topic not in (select topic from head)",
            "rounds_list where topic not in (select topic from head)",
            "panel_list where topic not in (select topic from head)",
            "community_list where topic not in (select topic from head)",
            "institution_list where 'institution.' || institution || '.open.' || institution not in (select topic from head)",
            "person_list where 'clinician.network.open.' || person not in (select topic from head)",
            "followed where 'clinician.network.open.' || person not in (select topic from head)",
        ],
        [ListNames.Search] = ["search_text where topic not in (select topic from head)"],
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
                    await c.Run("delete from " + stray, stop);
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

    public async ValueTask<long> Strays(string list, CancellationToken stop) =>
        await database.Read(
            c => c.First($"select {string.Join(" + ", Stray[list].Select(s => $"(select count(*) from {s})"))}", row => row.GetInt64(0), stop), stop);

    /// <summary>Puts lines in place of others, or tells whose would be others.</summary>
    public async ValueTask<Replaced> Replace(
        Replacing asked, Func<DbConnection, Task> replace, Func<DbConnection, TopicId, Task<List<string>>> lines, CancellationToken stop)
    {
        var replaced = Replaced.Late;
        await database.Write(
            async c =>
            {
                if (!await IsAt(c, asked, stop))
                {
                    return;
                }
                if (asked.Keep)
                {
                    await replace(c);
                    replaced = Replaced.Done;
                }
                else if (!await HaveMoved(c, asked, stop))
                {
                    replaced = new(false, await Others(c, asked, replace, lines, stop));
                }
            },
            stop);
        return replaced;
    }

    // Not when the reader of the tail has gone on from this position since: what is to be written may be older.
    private static async Task<bool> IsAt(DbConnection connection, Replacing asked, CancellationToken stop) =>
        await connection.Run(
            """
            insert into tail_reader (name, position) values (@name, @position)
            on conflict (name) do update set position = excluded.position where tail_reader.position = excluded.position
            """,
            stop, ("name", asked.Reader), ("position", asked.Position)) > 0;

    // What the reader of the tail has yet to read is in the journal already.
    private async Task<bool> HaveMoved(DbConnection connection, Replacing asked, CancellationToken stop) =>
        await connection.First(
            $"""
            select count(*) from head h join event e on e.topic = h.topic and e.number = h.number
            where h.topic {database.In("@topics")} and e.position > @position
            """,
            row => row.GetInt64(0), stop, ("topics", database.List(asked.Topics.Select(t => t.ToString()))), ("position", asked.Position)) > 0;

    private static async Task<IReadOnlyList<TopicId>> Others(
        DbConnection connection, Replacing asked, Func<DbConnection, Task> replace, Func<DbConnection, TopicId, Task<List<string>>> lines, CancellationToken stop)
    {
        var before = await LinesOf(connection, asked.Topics, lines);
        await connection.Run("savepoint compared", stop);
        await replace(connection);
        var after = await LinesOf(connection, asked.Topics, lines);
        await connection.Run("rollback to savepoint compared", stop);
        await connection.Run("release savepoint compared", stop);
        return [.. asked.Topics.Where((_, i) => !before[i].SequenceEqual(after[i]))];
    }

    private static async Task<List<List<string>>> LinesOf(DbConnection connection, IReadOnlyList<TopicId> topics, Func<DbConnection, TopicId, Task<List<string>>> lines)
    {
        var all = new List<List<string>>();
        foreach (var topic in topics)
        {
            all.Add(await lines(connection, topic));
        }
        return all;
    }

    /// <summary>The lines of a topic, each as a text that is another when the line is.</summary>
    public static async Task<List<string>> Lines(DbConnection connection, TopicId topic, CancellationToken stop)
    {
        var all = new List<string>();
        foreach (var (table, key) in LinesOf(topic))
        {
            all.AddRange(await connection.All($"select * from {table} where {key} = @key", row => row.Whole(), stop, ("key", KeyOf(topic, key))));
        }
        return [.. all.Order(StringComparer.Ordinal)];
    }

    public static async Task Forget(DbConnection connection, IReadOnlyList<TopicId> topics, CancellationToken stop)
    {
        foreach (var topic in topics)
        {
            foreach (var (table, key) in LinesOf(topic))
            {
                await connection.Run($"delete from {table} where {key} = @key", stop, ("key", KeyOf(topic, key)));
            }
        }
    }

    private static string KeyOf(TopicId topic, string column) => column == "topic" ? topic.ToString() : topic.Key;

    // Where a topic has lines, and by what they are found there. Ballots and attendances have none.
    private static (string Table, string Key)[] LinesOf(TopicId topic) => topic.Kind switch
    {
        TopicKind.Case => [("case_list", "topic"), ("outcome_list", "topic")],
        TopicKind.Rounds => [("rounds_list", "topic")],
        TopicKind.Panel => [("panel_list", "topic")],
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
