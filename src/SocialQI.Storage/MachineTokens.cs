using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>A token by which a machine asks.</summary>
/// <param name="Id">The token itself begins with it.</param>
/// <param name="Institution">Whose administrators answer for it.</param>
/// <param name="Service">Who the machine acts as.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Scopes">What it may ask: names with commas between.</param>
/// <param name="MadeBy">Who made it.</param>
/// <param name="Made">When.</param>
/// <param name="Expires">Until when it lasts.</param>
/// <param name="Used">When it was last used, or a little before.</param>
/// <param name="Ended">When somebody ended it.</param>
public sealed record MachineToken(
    Guid Id, InstitutionId Institution, ClinicianId Service, string Purpose, string Scopes, ClinicianId MadeBy, Moment Made, Moment Expires,
    Moment? Used = null, Moment? Ended = null);

/// <summary>The tokens of machines. Of what a machine sends only the digest is kept.</summary>
public sealed class MachineTokens
{
    /// <summary>How many of an institution can last at a time.</summary>
    public const int LastingMax = 50;

    private const int ListedMax = 200;
    private const string Columns = "id, institution, service, purpose, scopes, made_by, made, expires, used, ended";

    private readonly IDatabase database;
    private readonly TimeProvider clock;

    internal MachineTokens(IDatabase database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    private Moment Now => Moment.Of(clock.GetUtcNow());

    /// <summary>Keeps a new one; false when the institution has as many as it may.</summary>
    public async ValueTask<bool> Keep(MachineToken token, byte[] digest, CancellationToken stop)
    {
        var kept = 0;
        await database.Write(
            async c => kept = await c.Run(
                """
                insert into machine_token (id, digest, institution, service, purpose, scopes, made_by, made, expires)
                select @id, @digest, @institution, @service, @purpose, @scopes, @by, @made, @expires
                where (select count(*) from machine_token where institution = @institution and ended is null and expires > @made) < @max
                """,
                stop, ("id", database.Id(token.Id)), ("digest", digest), ("institution", token.Institution.ToString()), ("service", token.Service.ToString()),
                ("purpose", token.Purpose), ("scopes", token.Scopes), ("by", token.MadeBy.ToString()), ("made", token.Made.Micros),
                ("expires", token.Expires.Micros), ("max", (long)LastingMax)),
            stop);
        return kept > 0;
    }

    /// <summary>A token, whether or not it lasts, with the digest of what its machine sends; null when there is none.</summary>
    public ValueTask<(MachineToken Token, byte[] Digest)?> Find(Guid id, CancellationToken stop) =>
        database.Read(
            c => c.First(
                $"select {Columns}, digest from machine_token where id = @id", row => ((MachineToken, byte[])?)(At(row), row.BytesAt(10)!), stop, ("id", database.Id(id))),
            stop);

    /// <summary>The tokens of an institution, the newest first.</summary>
    public async ValueTask<IReadOnlyList<MachineToken>> Of(InstitutionId institution, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"select {Columns} from machine_token where institution = @institution order by made desc, id limit @max", At, stop,
                ("institution", institution.ToString()), ("max", (long)ListedMax)),
            stop);

    /// <summary>It was used.</summary>
    public ValueTask Used(Guid id, CancellationToken stop) =>
        database.Write(c => c.Run("update machine_token set used = @now where id = @id", stop, ("id", database.Id(id)), ("now", Now.Micros)), stop);

    /// <summary>Ends one of an institution's; false when there is none that lasts.</summary>
    public async ValueTask<bool> End(Guid id, InstitutionId institution, CancellationToken stop)
    {
        var ended = 0;
        await database.Write(
            async c => ended = await c.Run(
                "update machine_token set ended = @now where id = @id and institution = @institution and ended is null and expires > @now", stop,
                ("id", database.Id(id)), ("institution", institution.ToString()), ("now", Now.Micros)),
            stop);
        return ended > 0;
    }

    private MachineToken At(DbDataReader row) => new(
        database.IdAt(row, 0), InstitutionId.Parse(row.GetString(1)), ClinicianId.Parse(row.GetString(2)), row.GetString(3), row.GetString(4),
        ClinicianId.Parse(row.GetString(5)), row.MomentAt(6), row.MomentAt(7), row.NumberAt(8) is { } used ? new Moment(used) : null,
        row.NumberAt(9) is { } ended ? new Moment(ended) : null);
}
