using System.Data.Common;
using SocialQI.Storage.Search;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>Finds texts by their words, for whoever holds one of the keys that open their case.</summary>
internal sealed class Searching(IDatabase database)
{
    /// <summary>Nobody reads further than so many.</summary>
    private const int FoundMax = 1_000;

    private sealed record Line(Found Found, string Body);

    public async Task<Listed<Found>> Read(DbConnection connection, Reader reader, SearchAsked asked, PageAsked page, CancellationToken stop)
    {
        // Counted, for a rank names no place: it shifts with every text that is added.
        var skip = 0L;
        if (page.After is not null)
        {
            if (Place.NumberAndText(page.After) is not ( >= 0 and <= FoundMax, "") place)
            {
                return new([], null, Place.Unknown);
            }
            skip = place.Number;
        }
        var phrases = Phrases(asked.Terms);
        var lines = await Lines(connection, reader, asked, phrases, page.Take + 1, skip, stop);
        var stems = phrases.SelectMany(p => p).ToHashSet();
        var shown = lines.Take(page.Take).Select(l => l.Found with { Snippet = Snippet.Of(l.Body, stems) });
        return new([.. shown], lines.Count > page.Take && skip + page.Take < FoundMax ? Place.Of(skip + page.Take, "") : null);
    }

    private Task<List<Line>> Lines(
        DbConnection connection, Reader reader, SearchAsked asked, List<IReadOnlyList<string>> phrases, int take, long skip, CancellationToken stop)
    {
        var conditions = Of(reader, asked);
        if (phrases.Count > 0)
        {
            conditions.Where(database.Words.Has("@query"), ("query", database.Words.All(phrases)));
        }
        return connection.All(
            $"""
            select t.topic, t.number, t.kind, t.author, t.at, l.title, t.body, {(phrases.Count > 0 ? database.Words.Rank("@query") : "0")} as rank
            from {(phrases.Count > 0 ? database.Words.Texts : "search_text t")} join case_list l on l.topic = t.topic
            where {conditions}
            order by rank, t.at desc, t.topic, t.part limit @take offset @skip
            """,
            LineAt, stop, conditions.With(("take", take), ("skip", skip)));
    }

    private Conditions Of(Reader reader, SearchAsked asked)
    {
        var conditions = new Conditions().Where(
            $"exists (select 1 from audience a where a.topic = t.topic and a.key {database.In("@keys")})", ("keys", database.List(reader.Keys)));
        if (Phrases(asked.Without) is { Count: > 0 } without)
        {
            conditions.Where(database.Words.Lacks("@without"), ("without", database.Words.Any(without)));
        }
        if (asked.From is { } people)
        {
            conditions.Where($"t.author {database.In("@people")}", ("people", database.List(people.Select(p => p.ToString()))));
        }
        if (asked.In is { } communities)
        {
            conditions.Where(
                $"exists (select 1 from audience o where o.topic = t.topic and o.key {database.In("@communities")})",
                ("communities", database.List(communities.Select(Audience.Community))));
        }
        if (asked.Before is { } before)
        {
            conditions.Where("t.at < @before", ("before", before.Micros));
        }
        return asked.Condition is { } condition ? CaseList.About(conditions, condition) : conditions;
    }

    private static List<IReadOnlyList<string>> Phrases(IReadOnlyList<string> terms) =>
        [.. terms.Select(t => (IReadOnlyList<string>)[.. Words.Of(t).Select(w => w.Stem)]).Where(p => p.Count > 0)];

    private static Line LineAt(DbDataReader row) => new(
        new(
            row.TopicAt(0), row.NumberAt(1), Enum.Parse<FoundKind>(row.GetString(2)), ClinicianId.Parse(row.GetString(3)), row.MomentAt(4), row.TextAt(5) ?? "", ""),
        row.GetString(6));
}
