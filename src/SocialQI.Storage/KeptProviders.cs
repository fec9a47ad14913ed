using System.Data.Common;
using System.Text;
using SocialQI.Institutions;
using SocialQI.Storage.Sql;
using SocialQI.Wire;

namespace SocialQI.Storage;

/// <summary>Sign-in providers of institutions.</summary>
public sealed class KeptProviders
{
    private const string Columns = "id, institution, name, issuer, client, secret, enabled, mapping, changed, changed_by";

    private readonly IDatabase database;

    internal KeptProviders(IDatabase database) => this.database = database;

    /// <summary>A provider; null when there is none.</summary>
    public ValueTask<Provider?> Find(Guid id, CancellationToken stop) =>
        database.Read(c => c.First($"select {Columns} from provider where id = @id", At, stop, ("id", Key(id))), stop);

    /// <summary>The providers of an institution, by name.</summary>
    public async ValueTask<IReadOnlyList<Provider>> Of(InstitutionId institution, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"select {Columns} from provider where institution = @institution order by name, id limit @max", At, stop,
                ("institution", institution.ToString()), ("max", (long)ProviderSet.Max)),
            stop);

    /// <summary>Providers that people come in by, the first so many by institution and name.</summary>
    public async ValueTask<IReadOnlyList<Provider>> On(int max, CancellationToken stop) =>
        await database.Read(
            c => c.All($"select {Columns} from provider where enabled = 1 order by institution, name, id limit @max", At, stop, ("max", (long)max)), stop);

    /// <summary>Keeps a provider as it is now. False, and nothing is kept, where its institution would have too many, or it is another's.</summary>
    public async ValueTask<bool> Keep(Provider provider, CancellationToken stop)
    {
        var kept = 0;
        await database.Write(
            async c => kept = await c.Run(
                """
                insert into provider (id, institution, name, issuer, client, secret, enabled, mapping, changed, changed_by)
                select @id, @institution, @name, @issuer, @client, @secret, @enabled, @mapping, @changed, @by
                where exists (select 1 from provider where id = @id) or (select count(*) from provider where institution = @institution) < @max
                on conflict (id) do update set name = excluded.name, issuer = excluded.issuer, client = excluded.client, secret = excluded.secret,
                enabled = excluded.enabled, mapping = excluded.mapping, changed = excluded.changed, changed_by = excluded.changed_by
                where provider.institution = excluded.institution
                """,
                stop, ("id", Key(provider.Id)), ("institution", provider.Institution.ToString()), ("name", provider.Name), ("issuer", provider.Issuer),
                ("client", provider.Client), ("secret", provider.Secret), ("enabled", provider.IsOn ? 1L : 0L),
                ("mapping", Encoding.UTF8.GetString(Json.Encode(provider.Mapping))), ("changed", provider.Changed.Micros), ("by", provider.By.ToString()),
                ("max", (long)ProviderSet.Max)),
            stop);
        return kept > 0;
    }

    private static string Key(Guid id) => id.ToString("N");

    private static Provider At(DbDataReader row) => new(
        Guid.ParseExact(row.GetString(0), "N"), InstitutionId.Parse(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.TextAt(5),
        row.GetInt64(6) > 0, Json.Decode<ClaimMapping>(Encoding.UTF8.GetBytes(row.GetString(7))), row.MomentAt(8), ClinicianId.Parse(row.GetString(9)));
}
