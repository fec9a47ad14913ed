using System.Data.Common;
using SocialQI.Clinicians;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>The directory of people, and of a community's members.</summary>
internal sealed class People(IDatabase database)
{
    // Institutions are gathered last, of the lines of the page only.
    private readonly string columns =
        $"""
        l.person, l.name, l.specialty, l.grade, l.version,
            (select string_agg(p.holds, ' ' order by p.since, p.holds) from {database.Seen("passport")} p
             where p.holder = 'p:' || l.person and p.holds like 'i:%' and p.since <= @now and (p.until is null or p.until > @now))
        """;

    public async Task<IReadOnlyList<DirectoryEntry>> Known(DbConnection connection, IReadOnlyCollection<ClinicianId> people, Moment now, CancellationToken stop) =>
        await connection.All(
            $"select {columns} from {database.Seen("person_list")} l where l.person {database.In("@people")} order by l.person",
            row => EntryAt(row, 0), stop, ("people", database.List(people.Select(p => p.ToString()))), ("now", now.Micros));

    /// <summary>By the beginnings of words of the name.</summary>
    public async Task<IReadOnlyList<DirectoryEntry>> Named(DbConnection connection, string text, int take, Moment now, CancellationToken stop) =>
        await Lines(connection, new Conditions().Like("word", "' ' || l.folded", Folding.Beginnings(text)), take, now, stop);

    public async Task<Listed<DirectoryEntry>> Read(DbConnection connection, PeopleFilter filter, PageAsked page, Moment now, CancellationToken stop)
    {
        var conditions = Of(filter);
        if (page.After is not null)
        {
            if (Place.RankAndPerson(page.After) is not (_, var person))
            {
                return new([], null, Place.Unknown);
            }
            conditions.Where($"(l.folded, l.person) > ({NameOf("@person")}, @person)", ("person", person));
        }
        var lines = await Lines(connection, conditions, page.Take + 1, now, stop, page.Skip);
        return lines.Count <= page.Take
            ? new([.. lines])
            : new([.. lines.Take(page.Take)], Place.Of(0, lines[page.Take - 1].Id));
    }

    /// <summary>Moderators first, then by name. Who is not in the directory yet stands where the nameless do.</summary>
    public async Task<Listed<MemberLine>> Members(
        DbConnection connection, CommunityId community, PeopleFilter filter, PageAsked page, Moment now, CancellationToken stop)
    {
        var conditions = Of(filter).Where("m.holds = @holds", ("holds", Audience.Community(community)));
        if (page.After is not null)
        {
            if (Place.RankAndPerson(page.After) is not (var rank, var person))
            {
                return new([], null, Place.Unknown);
            }
            conditions.Where($"(m.rank, coalesce(l.folded, ''), m.holder) > (@rank, {NameOf("@person")}, 'p:' || @person)", ("rank", rank), ("person", person));
        }
        var lines = await connection.All(
            $"""
            select m.holder, m.held_as, {columns} from
            (
                select m.holder, m.held_as, m.rank, l.folded from
                (select holder, holds, held_as, case held_as when 'moderator' then 0 else 1 end as rank from {database.Seen("passport")}) m
                left join {database.Seen("person_list")} l on l.person = substr(m.holder, 3)
                where {conditions}
                order by m.rank, coalesce(l.folded, ''), m.holder limit @take offset @skip
            ) m
            left join {database.Seen("person_list")} l on l.person = substr(m.holder, 3)
            order by m.rank, coalesce(m.folded, ''), m.holder
            """,
            MemberAt, stop, conditions.With(("take", page.Take + 1), ("skip", page.Skip), ("now", now.Micros)));
        return lines.Count <= page.Take ? new([.. lines]) : new([.. lines.Take(page.Take)], PlaceOf(lines[page.Take - 1]));
    }

    private Task<List<DirectoryEntry>> Lines(
        DbConnection connection, Conditions conditions, int take, Moment now, CancellationToken stop, int skip = 0) =>
        connection.All(
            $"select {columns} from {database.Seen("person_list")} l where {conditions} order by l.folded, l.person limit @take offset @skip",
            row => EntryAt(row, 0), stop, conditions.With(("take", take), ("skip", skip), ("now", now.Micros)));

    private Conditions Of(PeopleFilter filter)
    {
        var conditions = new Conditions().Like("word", "l.folded", Folding.Patterns(filter.Name ?? "")).Like("field", "l.field", Folding.Patterns(filter.Specialty ?? ""));
        if (filter.Grade is { } grade)
        {
            conditions.Where("l.grade = @grade", ("grade", grade.ToString("G")));
        }
        return filter.Institution is not { } institution
            ? conditions
            : conditions.Where(
                $"""
                exists (select 1 from {database.Seen("passport")} i where i.holder = 'p:' || l.person and i.holds = @institution
                        and i.since <= @now and (i.until is null or i.until > @now))
                """,
                ("institution", Audience.Institution(institution)));
    }

    private static string PlaceOf(MemberLine line) => Place.Of(line.Role == CommunityRole.Moderator ? 0 : 1, line.Who);

    private string NameOf(string person) => $"coalesce((select q.folded from {database.Seen("person_list")} q where q.person = {person}), '')";

    private static MemberLine MemberAt(DbDataReader row) => new(
        ClinicianId.Parse(row.GetString(0)["p:".Length..]),
        Enum.Parse<CommunityRole>(row.GetString(1), ignoreCase: true),
        row.IsDBNull(2) ? null : EntryAt(row, 2));

    private static DirectoryEntry EntryAt(DbDataReader row, int first) => new(
        ClinicianId.Parse(row.GetString(first)),
        row.GetString(first + 1),
        row.GetString(first + 2),
        Enum.Parse<Grade>(row.GetString(first + 3), ignoreCase: true),
        [.. row.KeysAt(first + 5).Select(InstitutionId.Parse)],
        row.GetInt64(first + 4));
}
