using System.Data.Common;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>The lists of institutions and communities.</summary>
internal sealed class Places(IDatabase database)
{
    private const string Communities =
        """
        select l.community, l.name, l.purpose, h.number,
            exists (select 1 from passport p where p.holder = @holder and p.holds = 'c:' || l.community) as is_member
        from community_list l join head h on h.topic = l.topic
        """;

    public async ValueTask<IReadOnlyList<CommunityLine>> CommunitiesByName(ClinicianId reader, int skip, int take, CancellationToken stop) =>
        await database.ReadFor(
            reader,
            c => c.All(
                $"{Communities} order by l.folded, l.community limit @take offset @skip",
                CommunityAt, stop, ("holder", Audience.Person(reader)), ("skip", skip), ("take", take)),
            stop);

    /// <summary>By beginnings of words of the name, one's own first; without any, one's own only.</summary>
    public static async Task<IReadOnlyList<CommunityLine>> CommunitiesNamed(DbConnection connection, ClinicianId reader, string text, int take, CancellationToken stop)
    {
        var conditions = new Conditions().Like("word", "' ' || l.folded", Folding.Beginnings(text));
        var mine = string.IsNullOrWhiteSpace(text) ? "where is_member" : "";
        return await connection.All(
            $"select * from ({Communities} where {conditions} order by is_member desc, l.folded, l.community) as found {mine} limit @take",
            CommunityAt, stop, conditions.With(("holder", Audience.Person(reader)), ("take", take)));
    }

    /// <summary>All whose name has these words somewhere.</summary>
    public async ValueTask<IReadOnlyList<CommunityId>> CommunitiesCalled(ClinicianId reader, string text, int take, CancellationToken stop)
    {
        var conditions = new Conditions().Like("word", "folded", Folding.Patterns(text));
        return await database.ReadFor(
            reader,
            c => c.All(
                $"select community from community_list where {conditions} order by folded, community limit @take",
                row => CommunityId.Parse(row.GetString(0)), stop, conditions.With(("take", take))),
            stop);
    }

    public async ValueTask<IReadOnlyList<InstitutionLine>> Institutions(int skip, int take, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                "select institution, name from institution_list order by folded, institution limit @take offset @skip",
                row => new InstitutionLine(InstitutionId.Parse(row.GetString(0)), row.GetString(1)), stop, ("skip", skip), ("take", take)),
            stop);

    public async ValueTask<IReadOnlyDictionary<InstitutionId, string>> NamesOf(IReadOnlyCollection<InstitutionId> institutions, CancellationToken stop)
    {
        var named = await database.Read(
            c => c.All(
                $"select institution, name from institution_list where institution {database.In("@institutions")}",
                row => (Id: InstitutionId.Parse(row.GetString(0)), Name: row.GetString(1)), stop,
                ("institutions", database.List(institutions.Select(i => i.ToString())))),
            stop);
        return named.ToDictionary(n => n.Id, n => n.Name);
    }

    private static CommunityLine CommunityAt(DbDataReader row) =>
        new(CommunityId.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetBoolean(4));
}
