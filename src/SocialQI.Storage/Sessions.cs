using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>Who is signed in. Ends are numbered in commit order, so that every gateway hears of each by asking what came after the last it knows.</summary>
public sealed class Sessions
{
    /// <summary>How many a person can have; beginning one more ends the one that was longest not used.</summary>
    public const int PerPersonMax = 20;

    private const string Columns = "s.id, s.person, s.institution, s.way, s.begun, s.seen, s.agent, s.origin, s.ended, s.reason";

    private readonly IDatabase database;
    private readonly TimeProvider clock;

    internal Sessions(IDatabase database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    private Moment Now => Moment.Of(clock.GetUtcNow());

    /// <summary>Somebody signs in; false when they may not by this institution's accounts.</summary>
    public async ValueTask<bool> Begin(Session session, CancellationToken stop)
    {
        var begun = 0;
        await database.Write(
            async c =>
            {
                // In the order of the ends: what closes an account meanwhile also ends this one, or keeps it from beginning.
                var change = await NextChange(c, stop);
                begun = await c.Run(
                    """
                    insert into session (id, person, institution, way, begun, seen, agent, origin)
                    select @id, @person, @institution, @way, @begun, @begun, @agent, @origin
                    where not exists (select 1 from sign_in_closed x where x.person = @person and x.institution = @institution)
                    """,
                    stop, ("id", database.Id(session.Id)), ("person", session.Person.ToString()), ("institution", session.Institution?.ToString() ?? ""),
                    ("way", session.Way), ("begun", session.Begun.Micros), ("agent", session.Agent), ("origin", session.Origin));
                await c.Run(
                    """
                    update session set ended = @now, reason = @reason, change = @change
                    where ended is null and person = @person and id not in
                    (select id from session where ended is null and person = @person order by seen desc, id limit @max)
                    """,
                    stop, ("now", Now.Micros), ("reason", nameof(SessionEnd.GaveWay)), ("change", change), ("person", session.Person.ToString()), ("max", PerPersonMax));
            },
            stop);
        return begun > 0;
    }

    /// <summary>A session, also one that has ended.</summary>
    public async ValueTask<SessionRead> Find(Guid id, CancellationToken stop)
    {
        var change = 0L;
        // One statement, so that session and number are of one moment.
        var session = await database.Read(
            c => c.First(
                $"select {Columns}, n.number from session_change n left join session s on s.id = @id",
                row =>
                {
                    change = row.GetInt64(10);
                    return row.IsDBNull(0) ? null : At(row);
                },
                stop, ("id", database.Id(id))),
            stop);
        return new(session, change);
    }

    /// <summary>The sessions of a person that last, the one last used first.</summary>
    public async ValueTask<IReadOnlyList<Session>> Of(ClinicianId person, CancellationToken stop) =>
        await database.ReadFor(
            person,
            c => c.All($"select {Columns} from session s where s.person = @person and s.ended is null order by s.seen desc, s.id", At, stop, ("person", person.ToString())),
            stop);

    /// <summary>The person did something in a session; a moment before one that is kept changes nothing.</summary>
    public ValueTask Seen(Guid id, Moment at, CancellationToken stop) =>
        database.Write(
            c => c.Run("update session set seen = @at where id = @id and ended is null and seen < @at", stop, ("id", database.Id(id)), ("at", at.Micros)), stop);

    /// <summary>Ends sessions of a person, or one by its id.</summary>
    /// <returns>How many.</returns>
    public async ValueTask<int> End(SessionsEnding which, SessionEnd reason, CancellationToken stop)
    {
        var ended = 0;
        await database.Write(async c => ended = await End(c, which, reason, stop), stop);
        return ended;
    }

    /// <summary>Closes or opens a person's way in by an institution's accounts. Closing ends the sessions that came by them.</summary>
    /// <returns>False when it was so already.</returns>
    public async ValueTask<bool> SetSignIn(ClinicianId person, InstitutionId institution, bool isClosed, ClinicianId by, CancellationToken stop)
    {
        var changed = 0;
        (string, object?)[] both = [("person", person.ToString()), ("institution", institution.ToString())];
        await database.Write(
            async c =>
            {
                if (!isClosed)
                {
                    changed = await c.Run("delete from sign_in_closed where person = @person and institution = @institution", stop, both);
                    return;
                }
                // First, for it makes those wait who begin a session at the same time.
                await End(c, new(person, Institution: institution), SessionEnd.Closed, stop);
                changed = await c.Run(
                    "insert into sign_in_closed (person, institution, closed_by, at) values (@person, @institution, @by, @now) on conflict (person, institution) do nothing",
                    stop, [.. both, ("by", by.ToString()), ("now", Now.Micros)]);
            },
            stop);
        return changed > 0;
    }

    /// <summary>Of these people, those who may not sign in by an institution's accounts.</summary>
    public async ValueTask<IReadOnlySet<ClinicianId>> ClosedFor(InstitutionId institution, IReadOnlyCollection<ClinicianId> people, CancellationToken stop) =>
        (await database.Read(
            c => c.All(
                $"select person from sign_in_closed where institution = @institution and person {database.In("@people")}", row => ClinicianId.Parse(row.GetString(0)), stop,
                ("institution", institution.ToString()), ("people", database.List(people.Select(p => p.ToString())))),
            stop)).ToHashSet();

    /// <summary>What ended after a number.</summary>
    public async ValueTask<SessionsEnded> EndedAfter(long change, CancellationToken stop)
    {
        var through = change;
        var ids = await database.Read(
            c => c.All(
                "select n.number, s.id from session_change n left join session s on s.change > @change",
                row =>
                {
                    through = row.GetInt64(0);
                    return row.IsDBNull(1) ? (Guid?)null : database.IdAt(row, 1);
                },
                stop, ("change", change)),
            stop);
        return new([.. ids.OfType<Guid>()], through);
    }

    /// <summary>Forgets sessions that began before a moment: none of them lasts.</summary>
    public ValueTask Forget(Moment before, CancellationToken stop) =>
        database.Write(c => c.Run("delete from session where begun < @before", stop, ("before", before.Micros)), stop);

    private async Task<int> End(DbConnection connection, SessionsEnding which, SessionEnd reason, CancellationToken stop)
    {
        if (which is { Person: null, Id: null })
        {
            throw new ArgumentException("It says neither whose nor which.", nameof(which));
        }
        var change = await NextChange(connection, stop);
        var conditions = new List<string> { "ended is null" };
        var values = new List<(string, object?)> { ("now", Now.Micros), ("reason", reason.ToString()), ("change", change) };
        Add("person = @person", "person", which.Person?.ToString());
        Add("id = @id", "id", which.Id is { } id ? database.Id(id) : null);
        Add("id <> @but", "but", which.But is { } but ? database.Id(but) : null);
        Add("institution = @institution", "institution", which.Institution?.ToString());
        Add("seen <= @until", "until", which.SeenUntil?.Micros);
        return await connection.Run(
            $"update session set ended = @now, reason = @reason, change = @change where {string.Join(" and ", conditions)}", stop, [.. values]);

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                values.Add((name, value));
            }
        }
    }

    // Whoever ends or begins sessions waits here for who does so at the same time, until their commit.
    private static async Task<long> NextChange(DbConnection connection, CancellationToken stop) =>
        await connection.First("update session_change set number = number + 1 returning number", row => row.GetInt64(0), stop);

    private Session At(DbDataReader row) => new(
        database.IdAt(row, 0), ClinicianId.Parse(row.GetString(1)), row.TextAt(2) is { Length: > 0 } institution ? InstitutionId.Parse(institution) : null,
        row.GetString(3), row.MomentAt(4), row.MomentAt(5), row.GetString(6), row.GetString(7),
        row.NumberAt(8) is { } ended ? new Moment(ended) : null, row.TextAt(9) is { } reason ? Enum.Parse<SessionEnd>(reason) : null);
}
