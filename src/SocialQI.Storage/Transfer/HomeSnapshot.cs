using System.Data.Common;
using System.Text.Json.Nodes;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Transfer;

/// <summary>All that a store holds of one home, at one moment, whoever writes meanwhile.</summary>
public sealed class HomeSnapshot : IAsyncDisposable
{
    private readonly DbConnection connection;
    private readonly Func<DbDataReader, int, Guid> idAt;
    private readonly string home;

    internal HomeSnapshot(DbConnection connection, Func<DbDataReader, int, Guid> idAt, InstitutionId home) =>
        (this.connection, this.idAt, this.home) = (connection, idAt, home.ToString());

    /// <summary>The store's epoch and position.</summary>
    public async Task<(string Epoch, long Position)> Place(CancellationToken stop) =>
        await connection.First("select epoch, position from store", row => (row.GetString(0), row.GetInt64(1)), stop);

    /// <summary>Its topics, in the order of their names.</summary>
    public async Task<IReadOnlyList<CarriedTopic>> Topics(CancellationToken stop) =>
        await connection.All(
            "select topic, number from head where topic like @like order by topic",
            row => new CarriedTopic(row.TopicAt(0), row.GetInt64(1)), stop, ("like", $"%.{home}.open.%"));

    /// <summary>Events of a topic after a number, in order.</summary>
    public async Task<IReadOnlyList<CarriedEvent>> Events(TopicId topic, long after, int max, CancellationToken stop) =>
        await connection.All(
            """
            select number, kind, version, at, actor, acting_for, command, re, digest, hash, salt, payload from event
            where topic = @topic and number > @after order by number limit @max
            """,
            row => new CarriedEvent(
                row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), idAt(row, 4), row.TextAt(5), idAt(row, 6), row.NumberAt(7),
                row.BytesAt(8)!, row.BytesAt(9)!, row.BytesAt(10), row.BytesAt(11)),
            stop, ("topic", topic.ToString()), ("after", after), ("max", max));

    /// <summary>The commands whose first event has a number from one up to another.</summary>
    public async Task<IReadOnlyList<DoneCommand>> Commands(TopicId topic, long first, long last, CancellationToken stop) =>
        await connection.All(
            """
            select c.id, c.first, c.last, c.digest from event e join command c on c.topic = e.topic and c.id = e.command and c.first = e.number
            where e.topic = @topic and e.number >= @first and e.number <= @last order by c.first
            """,
            row => new DoneCommand(idAt(row, 0), row.GetInt64(1), row.GetInt64(2), row.BytesAt(3)), stop,
            ("topic", topic.ToString()), ("first", first), ("last", last));

    /// <summary>The hashes of the images that a topic's contributions show or showed.</summary>
    public async Task<IReadOnlyList<string>> Images(TopicId topic, CancellationToken stop) =>
        await connection.All(
            "select hash from image where topic = @topic and waiting_since is null order by hash", row => row.GetString(0), stop, ("topic", topic.ToString()));

    /// <summary>One of them.</summary>
    public async Task<CarriedImage> Image(TopicId topic, string hash, CancellationToken stop) =>
        (await connection.First(
            "select hash, type, width, height, sent_by, thumbnail, bytes from image where topic = @topic and hash = @hash",
            row => new CarriedImage(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), ClinicianId.Parse(row.GetString(4)).Value, row.BytesAt(5)!, row.BytesAt(6)!),
            stop, ("topic", topic.ToString()), ("hash", hash)))!;

    /// <summary>Who belongs to it, or wrote in its topics, as the directory has them.</summary>
    public async Task<IReadOnlyList<CarriedPerson>> People(CancellationToken stop)
    {
        var held = (await connection.All(
            "select holder, held_as, until from passport where holds = @home",
            row => (Holder: row.GetString(0), Role: row.GetString(1), Until: row.NumberAt(2)), stop, ("home", Audience.Institution(InstitutionId.Parse(home)))))
            .ToDictionary(h => h.Holder);
        var wrote = (await connection.All("select distinct actor from event where topic like @like", row => new ClinicianId(idAt(row, 0)), stop, ("like", $"%.{home}.open.%"))).ToHashSet();
        var known = await connection.All(
            "select p.person, p.name, p.specialty, p.grade, a.name from person_list p left join account a on a.person = p.person and a.institution = @home order by p.person, a.name",
            row => (Id: ClinicianId.Parse(row.GetString(0)), Name: row.GetString(1), Specialty: row.GetString(2), Grade: row.GetString(3), User: row.TextAt(4)), stop, ("home", home));
        return
        [
            .. from person in known
               let mine = held.TryGetValue(Audience.Person(person.Id), out var role) ? role : default
               where mine.Role is not null || wrote.Contains(person.Id)
               select new CarriedPerson(person.Id.Value, person.Name, person.Specialty, person.Grade, person.User, mine.Role, mine.Until),
        ];
    }

    /// <summary>Its rows of the audit after one, as they stand; none when there are no more.</summary>
    public async Task<IReadOnlyList<(long Id, JsonObject Row)>> Acts(long after, int max, CancellationToken stop) =>
        await connection.All(
            "select * from audit where home = @home and id > @after order by id limit @max",
            row => (row.GetInt64(0), AsJson(row)), stop, ("home", home), ("after", after), ("max", max));

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static JsonObject AsJson(DbDataReader row)
    {
        var columns = new JsonObject();
        for (var column = 0; column < row.FieldCount; column++)
        {
            columns[row.GetName(column)] = row.IsDBNull(column) ? null : row.GetValue(column) switch
            {
                byte[] bytes => Convert.ToBase64String(bytes),
                long number => number,
                int number => number,
                var other => other.ToString(),
            };
        }
        return columns;
    }
}
