using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>Secret addresses of people's own calendars, one each. Of an address only the digest is kept.</summary>
public sealed class KeptCalendars
{
    private readonly IDatabase database;
    private readonly TimeProvider clock;

    internal KeptCalendars(IDatabase database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    /// <summary>Keeps a person's; the one they had leads nowhere any more.</summary>
    public ValueTask Keep(ClinicianId person, byte[] digest, CancellationToken stop) =>
        database.Write(
            c => c.Run(
                """
                insert into calendar_feed (person, digest, made) values (@person, @digest, @now)
                on conflict (person) do update set digest = excluded.digest, made = excluded.made
                """,
                stop, ("person", person.ToString()), ("digest", digest), ("now", Moment.Of(clock.GetUtcNow()).Micros)),
            stop);

    /// <summary>Whose it is; null: nobody's.</summary>
    public ValueTask<ClinicianId?> Find(byte[] digest, CancellationToken stop) =>
        database.Read(
            c => c.First("select person from calendar_feed where digest = @digest", row => (ClinicianId?)ClinicianId.Parse(row.GetString(0)), stop, ("digest", digest)), stop);

    /// <summary>A person's leads nowhere any more; harmless when there is none.</summary>
    public ValueTask End(ClinicianId person, CancellationToken stop) =>
        database.Write(c => c.Run("delete from calendar_feed where person = @person", stop, ("person", person.ToString())), stop);
}
