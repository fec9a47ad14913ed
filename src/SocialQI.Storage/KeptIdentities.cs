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

    /// <summary>Forgets one of a person's, unless it is their only way in.</summary>
    public async ValueTask<Forgotten> Forget(ClinicianId person, Guid id, CancellationToken stop)
    {
        var done = Forgotten.NotThere;
        await database.Write(async c => done = await WaysIn.Forget(c, person, id.ToString("N"), "identity where id = @id and person = @person", id.ToString("N"), stop), stop);
        return done;
    }

    /// <summary>Whether somebody comes in by this provider and in no other way.</summary>
    public async ValueTask<bool> HasNoOther(ClinicianId person, Guid provider, CancellationToken stop)
    {
        var ways = await database.Read(async c => await WaysIn.Of(c, person, stop), stop);
        return ways.Count > 0 && WaysIn.AreLast(ways, w => w.Provider == provider.ToString("N"));
    }

    private static (string, object?)[] Named(Subject subject) =>
        [("institution", subject.Institution.ToString()), ("issuer", subject.Issuer), ("subject", subject.Name)];

    private static Identity At(DbDataReader row) => new(
        Guid.ParseExact(row.GetString(0), "N"), new(InstitutionId.Parse(row.GetString(1)), row.GetString(2), row.GetString(3)), ClinicianId.Parse(row.GetString(4)), row.MomentAt(5));
}
