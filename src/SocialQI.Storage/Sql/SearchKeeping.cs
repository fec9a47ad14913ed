using System.Data.Common;
using SocialQI.Storage.Search;

namespace SocialQI.Storage.Sql;

/// <summary>Keeps the texts that can be found.</summary>
internal sealed class SearchKeeping(IDatabase database)
{
    public async Task Keep(DbConnection connection, IReadOnlyList<SearchRow> rows, CancellationToken stop)
    {
        foreach (var row in rows)
        {
            await (row.Body.Length == 0 ? Forget(connection, row, stop) : Keep(connection, row, stop));
        }
    }

    /// <summary>Forgets topics' own texts, or those of their contributions from a number on and before another.</summary>
    public static async Task Forget(DbConnection connection, IReadOnlyList<TopicId> topics, SearchSpan span, CancellationToken stop)
    {
        foreach (var topic in topics)
        {
            await connection.Run("delete from search_text where " + Within(span), stop, Asked(topic, span));
        }
    }

    /// <summary>Those texts, each with its words as one text that is another when it is.</summary>
    public static Task<List<string>> Lines(DbConnection connection, TopicId topic, SearchSpan span, CancellationToken stop) =>
        connection.All(
            $"select part, number, kind, author, at, body, words from search_text where {Within(span)} order by part", row => row.Whole(), stop, Asked(topic, span));

    private static string Within(SearchSpan span) =>
        span.IsOwn ? "topic = @topic and number is null" : "topic = @topic and number >= @first and number < @before";

    private static (string, object?)[] Asked(TopicId topic, SearchSpan span) => [("topic", topic.ToString()), ("first", span.First), ("before", span.Before)];

    private static Task<int> Forget(DbConnection connection, SearchRow row, CancellationToken stop) =>
        connection.Run("delete from search_text where topic = @topic and part = @part", stop, ("topic", row.Topic.ToString()), ("part", row.Part));

    private Task<int> Keep(DbConnection connection, SearchRow row, CancellationToken stop) =>
        connection.Run(
            $"""
            insert into search_text (topic, part, number, kind, author, at, body, words)
            values (@topic, @part, @number, @kind, @author, @at, @body, {database.Words.Kept("@words")})
            on conflict (topic, part) do update set
                number = excluded.number, kind = excluded.kind, author = excluded.author, at = excluded.at, body = excluded.body, words = excluded.words
            """,
            stop, ("topic", row.Topic.ToString()), ("part", row.Part), ("number", row.Number), ("kind", row.Kind.ToString("G")), ("author", row.Author.ToString()),
            ("at", row.At.Micros), ("body", row.Body), ("words", database.Words.Words(Words.Of(row.Body).Select(w => w.Stem))));
}
