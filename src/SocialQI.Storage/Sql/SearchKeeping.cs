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

    /// <summary>Forgets a topic's own texts, or those of its contributions from a number on and before another.</summary>
    public static Task<int> Forget(DbConnection connection, TopicId topic, SearchSpan span, CancellationToken stop) =>
        connection.Run(
            span.IsOwn ? "delete from search_text where topic = @topic and number is null"
                : "delete from search_text where topic = @topic and number >= @first and number < @before",
            stop, ("topic", topic.ToString()), ("first", span.First), ("before", span.Before));

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
