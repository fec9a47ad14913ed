using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>Who comes in by an institution's provider. Which person a subject is, is decided here, once, however many ask at the same time.</summary>
public sealed class KeptIdentities
{
    private const string Columns = "id, institution, issuer, subject, person, joined";

    private readonly IDatabase database;
    private readonly TimeProvider clock;

    internal KeptIdentities(IDatabase database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    /// <summary>Who a subject is; null while nobody.</summary>
    public ValueTask<Identity?> Find(Subject subject, CancellationToken stop) =>
        database.Read(
            c => c.First($"select {Columns} from identity where institution = @institution and issuer = @issuer and subject = @subject", At, stop, Named(subject)), stop);

    /// <summary>From now on the subject is this person, unless it is somebody already. Who it is.</summary>
    public async ValueTask<ClinicianId> Keep(Subject subject, ClinicianId person, CancellationToken stop)
    {
        var kept = person;
        await database.Write(
            async c => kept = await c.First(
                // The row is written in either case, so that it is read back as whoever was first has left it.
                """
                insert into identity (institution, issuer, subject, id, person, joined) values (@institution, @issuer, @subject, @id, @person, @now)
                on conflict (institution, issuer, subject) do update set person = identity.person returning person
                """,
                row => ClinicianId.Parse(row.GetString(0)), stop,
                [.. Named(subject), ("id", Guid.NewGuid().ToString("N")), ("person", person.ToString()), ("now", Moment.Of(clock.GetUtcNow()).Micros)]),
            stop);
        return kept;
    }

    /// <summary>Who leads to a person, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<Identity>> Of(ClinicianId person, CancellationToken stop) =>
        await database.Read(c => c.All($"select {Columns} from identity where person = @person order by joined, id", At, stop, ("person", person.ToString())), stop);

    /// <summary>Forgets one of a person's. False, and nothing is forgotten, where it is none of theirs, or their only way in.</summary>
    public async ValueTask<bool> Forget(ClinicianId person, Guid id, CancellationToken stop)
    {
        var gone = 0;
        (string, object?)[] whose = [("person", person.ToString())];
        await database.Write(
            async c =>
            {
                // Of two who each forget the last but one, the second waits here and then sees that it is the last.
                await c.Run("update identity set joined = joined where person = @person", stop, whose);
                gone = await c.Run(
                    """
                    delete from identity where id = @id and person = @person and (
                        (select count(*) from identity x where x.person = @person) > 1
                        or exists (select 1 from account a where a.person = @person and (a.password_hash <> '' or exists (select 1 from passkey k where k.account = a.name))))
                    """,
                    stop, [.. whose, ("id", id.ToString("N"))]);
            },
            stop);
        return gone > 0;
    }

    private static (string, object?)[] Named(Subject subject) =>
        [("institution", subject.Institution.ToString()), ("issuer", subject.Issuer), ("subject", subject.Name)];

    private static Identity At(DbDataReader row) => new(
        Guid.ParseExact(row.GetString(0), "N"), new(InstitutionId.Parse(row.GetString(1)), row.GetString(2), row.GetString(3)), ClinicianId.Parse(row.GetString(4)), row.MomentAt(5));
}
