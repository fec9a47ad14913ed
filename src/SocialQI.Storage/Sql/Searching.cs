using System.Data.Common;
using SocialQI.Storage.Search;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>Finds texts by their words, for whoever holds one of the keys that open their case.</summary>
internal sealed class Searching(IDatabase database)
{
    /// <summary>Nobody reads further than so many.</summary>
    private const int FoundMax = 1_000;

    /// <summary>Of what stands nearly everywhere the newest so many are ranked.</summary>
    private const int RankedMax = 2_000;

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

    // Ranking costs more than finding, so the newest are found first; and long texts are not carried through either.
    private Task<List<Line>> Lines(
        DbConnection connection, Reader reader, SearchAsked asked, List<IReadOnlyList<string>> phrases, int take, long skip, CancellationToken stop)
    {
        var conditions = Of(reader, asked);
        if (phrases.Count > 0)
        {
            conditions.Where(database.Words.Has("@query"), ("query", database.Words.All(phrases)));
        }
        var (texts, fit, newest, rank) = phrases.Count == 0
            ? ("search_text t", "0", "t.at desc", "n.fit")
            : (database.Words.Texts, database.Words.Fit, database.Words.Newest, database.Words.Rank("n.fit", "@query"));
        return connection.All(
            $"""
            with newest as (select t.topic, t.part, t.at, {fit} as fit from {texts} where {conditions} order by {newest} limit {RankedMax}),
                best as (select n.topic, n.part, n.at, {rank} as rank from newest n order by rank, n.at desc, n.topic, n.part limit @take offset @skip)
            select t.topic, t.number, t.kind, t.author, t.at, l.title, t.body
            from best b join search_text t on t.topic = b.topic and t.part = b.part join case_list l on l.topic = b.topic
            order by b.rank, b.at desc, b.topic, b.part
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
        return asked.Condition is not { } condition ? conditions
            : conditions.Where($"exists (select 1 from case_list l where l.topic = t.topic and {CaseList.About(condition, out var about)})", about);
    }

    private static List<IReadOnlyList<string>> Phrases(IReadOnlyList<string> terms) =>
        [.. terms.Select(t => (IReadOnlyList<string>)[.. Words.Of(t).Select(w => w.Stem)]).Where(p => p.Count > 0)];

    private static Line LineAt(DbDataReader row) => new(
        new(
            row.TopicAt(0), row.NumberAt(1), Enum.Parse<FoundKind>(row.GetString(2)), ClinicianId.Parse(row.GetString(3)), row.MomentAt(4), row.TextAt(5) ?? "", ""),
        row.GetString(6));
}
