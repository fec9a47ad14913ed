using System.Data.Common;
using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>The list of cases, and what the search asks of it.</summary>
internal sealed class CaseList(IDatabase database)
{
    private const string Columns =
        """
        l.topic, l.title, l.question, l.condition_code, l.condition_text, l.stage, l.hallway, l.author, l.number, l.contributions, l.moved,
        l.last_number, l.last_kind, l.last_by, l.last_at,
        (select string_agg(k.key, ' ' order by k.key) from audience k where k.topic = l.topic and k.key like 'c:%')
        """;

    public async Task<Listed<CaseLine>> Read(DbConnection connection, Reader reader, CaseFilter filter, PageAsked page, Moment now, CancellationToken stop)
    {
        var conditions = Of(reader, filter, now);
        if (page.After is not null)
        {
            if (Place.NumberAndText(page.After) is not (var moved, var topic) || !TopicId.TryParse(topic, out _))
            {
                return new([], null, Place.Unknown);
            }
            // The first half alone says where in the index to begin.
            conditions.Where("l.moved <= @moved and (l.moved < @moved or l.topic > @topic)", ("moved", moved), ("topic", topic));
        }
        var lines = await Lines(connection, conditions, page.Take + 1, page.Skip, stop);
        return lines.Count <= page.Take
            ? new([.. lines])
            : new([.. lines.Take(page.Take)], Place.Of(lines[page.Take - 1].Moved.Micros, lines[page.Take - 1].Topic));
    }

    /// <summary>By words of the title, last moved first.</summary>
    public Task<List<CaseLine>> Titled(DbConnection connection, Reader reader, string text, int take, CancellationToken stop) =>
        Lines(connection, Visible(reader).Like("word", "' ' || l.folded", Folding.Beginnings(text)), take, 0, stop);

    /// <summary>Cases of which the reader is to say the outcome, or of which they are the author; the first that is due first.</summary>
    public async Task<Listed<OutcomeLine>> Outcomes(DbConnection connection, Reader reader, PageAsked page, CancellationToken stop)
    {
        var conditions = Visible(reader).Where("(o.who = @me or l.author = @me)", ("me", reader.Person.ToString()));
        if (page.After is not null)
        {
            if (Place.NumberAndText(page.After) is not (var due, var topic) || !TopicId.TryParse(topic, out _))
            {
                return new([], null, Place.Unknown);
            }
            conditions.Where("o.due >= @due and (o.due > @due or o.topic > @topic)", ("due", due), ("topic", topic));
        }
        var lines = await connection.All(
            $"""
            select l.topic, l.title, o.due, o.who from outcome_list o join {database.Cases} on l.topic = o.topic
            where {conditions}
            order by o.due, o.topic limit @take
            """,
            row => new OutcomeLine(row.TopicAt(0), row.TextAt(1) ?? "", row.MomentAt(2), ClinicianId.Parse(row.GetString(3))),
            stop, conditions.With(("take", page.Take + 1)));
        return lines.Count <= page.Take
            ? new([.. lines])
            : new([.. lines.Take(page.Take)], Place.Of(lines[page.Take - 1].Due.Micros, lines[page.Take - 1].Case));
    }

    /// <summary>That a case <c>l</c> is about a condition: its code begins so, or its name has these words.</summary>
    public static string About(string condition, out IEnumerable<(string Name, object? Value)> parameters)
    {
        var names = new Conditions().Like("condition", "l.condition_name", Folding.Patterns(condition));
        var code = Flat(condition);
        // A single letter begins every code of a chapter, and many words.
        parameters = names.With(("code", code is [_, >= '0' and <= '9', ..] ? code + "%" : ""));
        return $"(l.condition_flat like @code or (l.condition_name like '%' and {names}))";
    }

    /// <summary>A code as it is compared: without its dot.</summary>
    public static string Flat(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);

    private Conditions Of(Reader reader, CaseFilter filter, Moment now)
    {
        var conditions = Visible(reader);
        if (filter.Community is { } community)
        {
            conditions.Where("exists (select 1 from audience o where o.topic = l.topic and o.key = @community)", ("community", Audience.Community(community)));
        }
        if (filter.Topics is { } topics)
        {
            conditions.Where($"l.topic {database.In("@topics")}", ("topics", database.List(topics.Select(t => t.ToString()))));
        }
        if (filter.Stage is { } stage)
        {
            conditions.Where("l.stage = @stage", ("stage", stage.ToString("G")));
        }
        if (filter.Hallway is { } hallway)
        {
            conditions.Where("l.hallway = @hallway", ("hallway", hallway));
        }
        if (filter.Mine)
        {
            conditions.Where("l.author = @me", ("me", reader.Person.ToString()));
        }
        if (filter.Followed)
        {
            conditions.Where("exists (select 1 from followed f where f.person = @follower and f.topic = l.topic)", ("follower", reader.Person.ToString()));
        }
        if (filter.Live)
        {
            conditions.Where("l.moved > @live", ("live", (now + -TimeSpan.FromMinutes(CaseFilter.LiveMinutes)).Micros));
        }
        return string.IsNullOrWhiteSpace(filter.Condition) ? conditions : conditions.Where(About(filter.Condition, out var about), about);
    }

    // The follow rule: one of the keys that the person holds is one of those that open the topic.
    private Conditions Visible(Reader reader) => new Conditions()
        .Where("l.author is not null")
        .Where($"exists (select 1 from audience a where a.topic = l.topic and a.key {database.In("@keys")})", ("keys", database.List(reader.Keys)));

    private Task<List<CaseLine>> Lines(DbConnection connection, Conditions conditions, int take, int skip, CancellationToken stop) =>
        connection.All(
            $"""
            select {Columns} from {database.Cases}
            where {conditions}
            order by l.moved desc, l.topic limit @take offset @skip
            """,
            LineAt, stop, conditions.With(("take", take), ("skip", skip)));

    private static CaseLine LineAt(DbDataReader row) => new(
        row.TopicAt(0),
        row.TextAt(1) ?? "",
        row.TextAt(2) ?? "",
        row.TextAt(4) is { } condition ? new Condition(row.TextAt(3), condition) : null,
        row.TextAt(5) is { } stage ? Enum.Parse<CaseStage>(stage, ignoreCase: true) : CaseStage.None,
        row.GetBoolean(6),
        ClinicianId.Parse(row.GetString(7)),
        row.GetInt64(8),
        row.GetInt64(9),
        row.MomentAt(10),
        [.. row.KeysAt(15).Select(CommunityId.Parse)],
        row.NumberAt(11) is { } number
            ? new(number, Enum.Parse<ContributionKind>(row.GetString(12), ignoreCase: true), ClinicianId.Parse(row.GetString(13)), row.MomentAt(14))
            : null);
}
