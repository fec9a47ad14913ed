using System.Data.Common;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>The lists people read, a page at a time.</summary>
internal sealed class Lists(IDatabase database)
{
    private const string Person =
        """
        select l.person, l.name, l.specialty, l.grade, l.version,
            (select string_agg(p.holds, ' ' order by p.since, p.holds) from passport p
             where p.holder = 'p:' || l.person and p.holds like 'i:%' and p.since <= @now and (p.until is null or p.until > @now))
        from person_list l
        """;

    public async ValueTask<IReadOnlyList<CaseLine>> Cases(IReadOnlyCollection<string> keys, int skip, int take, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"""
                select l.topic, l.title, l.question, l.condition_code, l.condition_text, l.stage, l.hallway, l.author, h.number, h.contributions, l.moved,
                    (select string_agg(k.key, ' ' order by k.key) from audience k where k.topic = l.topic and k.key like 'c:%')
                from case_list l join head h on h.topic = l.topic
                where l.author is not null and exists (select 1 from audience a where a.topic = l.topic and a.key {database.In("@keys")})
                order by l.moved desc, l.topic limit @take offset @skip
                """,
                CaseAt, stop, ("keys", database.List(keys)), ("skip", skip), ("take", take)),
            stop);

    public async ValueTask<IReadOnlyList<CommunityLine>> Communities(ClinicianId reader, int skip, int take, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                """
                select l.community, l.name, l.purpose, h.number,
                    exists (select 1 from passport p where p.holder = @holder and p.holds = 'c:' || l.community)
                from community_list l join head h on h.topic = l.topic
                order by l.folded, l.community limit @take offset @skip
                """,
                row => new CommunityLine(
                    CommunityId.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetBoolean(4)),
                stop, ("holder", Audience.Person(reader)), ("skip", skip), ("take", take)),
            stop);

    public async ValueTask<IReadOnlyList<MemberLine>> Members(CommunityId community, int skip, int take, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                """
                select holder, held_as from passport where holds = @holds
                order by case held_as when 'moderator' then 0 else 1 end, since, holder limit @take offset @skip
                """,
                row => new MemberLine(
                    ClinicianId.Parse(row.GetString(0)["p:".Length..]), Enum.Parse<CommunityRole>(row.GetString(1), ignoreCase: true)),
                stop, ("holds", Audience.Community(community)), ("skip", skip), ("take", take)),
            stop);

    public async ValueTask<IReadOnlyList<InstitutionLine>> Institutions(int skip, int take, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                "select institution, name from institution_list order by folded, institution limit @take offset @skip",
                row => new InstitutionLine(InstitutionId.Parse(row.GetString(0)), row.GetString(1)), stop, ("skip", skip), ("take", take)),
            stop);

    public async ValueTask<IReadOnlyList<DirectoryEntry>> People(IReadOnlyCollection<ClinicianId> people, Moment now, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"{Person} where l.person {database.In("@people")} order by l.person",
                PersonAt, stop, ("people", database.List(people.Select(p => p.ToString()))), ("now", now.Micros)),
            stop);

    public async ValueTask<IReadOnlyList<DirectoryEntry>> PeopleNamed(string text, int take, Moment now, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $@"{Person} where l.folded like @pattern escape '\' order by l.folded, l.person limit @take",
                PersonAt, stop, ("pattern", Folding.Pattern(text)), ("take", take), ("now", now.Micros)),
            stop);

    private static CaseLine CaseAt(DbDataReader row) => new(
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
        [.. Keys(row, 11).Select(CommunityId.Parse)]);

    private static DirectoryEntry PersonAt(DbDataReader row) => new(
        ClinicianId.Parse(row.GetString(0)),
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<Grade>(row.GetString(3), ignoreCase: true),
        [.. Keys(row, 5).Select(InstitutionId.Parse)],
        row.GetInt64(4));

    // Keys joined by spaces, which no key holds; without the letter that says what they are.
    private static IEnumerable<string> Keys(DbDataReader row, int column) => (row.TextAt(column)?.Split(' ') ?? []).Select(key => key[2..]);
}
