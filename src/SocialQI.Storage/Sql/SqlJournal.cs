using System.Data.Common;

namespace SocialQI.Storage.Sql;

/// <summary>The journal: appended through the one writer, read on connections of their own.</summary>
internal sealed class SqlJournal(IDatabase database, GroupCommit commits, string epoch) : IJournal
{
    // What is hidden leaves without its payload, as if it were redacted.
    private const string Columns = "e.number, e.kind, e.version, e.at, e.actor, e.acting_for, e.re, case when e.hidden = 0 then e.payload end, e.hash";
    private const string Contributions = "('contribution-posted', 'fact-added')";
    private const string AboutContributions =
        "('contribution-edited', 'contribution-withdrawn', 'reaction-added', 'reaction-taken-back', 'text-redacted', 'contribution-hidden', 'contribution-restored')";

    public string Epoch => epoch;

    public ValueTask<AppendOutcome> Append(Append append) => commits.Append(append);

    public async ValueTask<IReadOnlyList<StoredEvent>> Read(TopicId topic, long from, int max, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"select {Columns} from event e where topic = @topic and number >= @first order by number limit @max",
                row => EventAt(row, 0), stop, ("topic", topic.ToString()), ("first", from), ("max", max)),
            stop);

    public ValueTask<PageEvents> ReadPage(TopicId topic, long before, int contributions, CancellationToken stop) =>
        database.Read(
            async connection =>
            {
                // First how far it goes: the second question then leaves out what comes between the two.
                var through = (await HeadOf(connection, topic, stop))?.Number ?? 0;
                var numbers = await connection.All(
                    $"""
                    select number from event where topic = @topic and number < @before and number <= @through and kind in {Contributions}
                    order by number desc limit @max
                    """,
                    row => row.GetInt64(0), stop, ("topic", topic.ToString()), ("before", before), ("through", through), ("max", contributions + 1));
                var page = numbers.Take(contributions).ToList();
                return page.Count == 0
                    ? new PageEvents([], 0, false, through)
                    : new PageEvents(await PageFrom(connection, topic, page[^1], before, through, stop), page[^1], numbers.Count > contributions, through);
            },
            stop);

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadHidden(TopicId topic, long number, CancellationToken stop)
    {
        var events = await database.Read(
            c => c.All(
                """
                select e.number, e.kind, e.version, e.at, e.actor, e.acting_for, e.re, e.payload, e.hash from event e
                where e.topic = @topic and e.hidden = 1 and (e.number = @number or (e.re = @number and e.kind = 'contribution-edited'))
                """,
                row => EventAt(row, 0), stop, ("topic", topic.ToString()), ("number", number)),
            stop);
        return [.. events.OrderBy(e => e.Number)];
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadBy(TopicId topic, ClinicianId actor, string kind, int max, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"select {Columns} from event e where topic = @topic and actor = @actor and kind = @kind order by number desc limit @max",
                row => EventAt(row, 0), stop, ("topic", topic.ToString()), ("actor", database.Id(actor.Value)), ("kind", kind), ("max", max)),
            stop);

    public ValueTask<TopicHeadRow?> Head(TopicId topic, CancellationToken stop) => database.Read(c => HeadOf(c, topic, stop), stop);

    public ValueTask<DoneCommand?> Done(TopicId topic, Guid command, CancellationToken stop) =>
        database.Read(
            c => c.First(
                "select id, first, last, digest from command where topic = @topic and id = @id", CommandOf, stop,
                ("topic", topic.ToString()), ("id", database.Id(command))),
            stop);

    // Walks the events backwards and stops: sorting all commands of a long topic would cost more with every one.
    public async ValueTask<IReadOnlyList<DoneCommand>> DoneLately(TopicId topic, int max, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                """
                select c.id, c.first, c.last, c.digest from event e
                join command c on c.topic = e.topic and c.id = e.command and c.last = e.number
                where e.topic = @topic order by e.number desc limit @max
                """,
                CommandOf, stop, ("topic", topic.ToString()), ("max", max)),
            stop);

    public async ValueTask<IReadOnlyList<TailEvent>> Tail(long after, int max, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"""
                select e.position, e.topic, h.contributions, {Columns} from event e join head h on h.topic = e.topic
                where e.position > @after order by e.position limit @max
                """,
                row => new TailEvent(row.GetInt64(0), row.TopicAt(1), row.GetInt64(2), EventAt(row, 3)), stop, ("after", after), ("max", max)),
            stop);

    public ValueTask<long> Position(CancellationToken stop) =>
        database.Read(c => c.First("select position from store", row => row.GetInt64(0), stop), stop);

    public async ValueTask DisposeAsync()
    {
        await commits.DisposeAsync();
        await database.DisposeAsync();
    }

    // Sorted here: asked to do it, SQLite would walk the whole topic in that order instead of looking for what a page needs.
    private async Task<IReadOnlyList<StoredEvent>> PageFrom(
        DbConnection connection, TopicId topic, long first, long before, long through, CancellationToken stop)
    {
        var events = await connection.All(
            $"""
            select {Columns} from event e
            where topic = @topic and number >= @first and number < @before and number <= @through and kind in {Contributions}
            union all
            select {Columns} from event e
            where topic = @topic and re >= @first and re < @before and number <= @through and kind in {AboutContributions}
            """,
            row => EventAt(row, 0), stop, ("topic", topic.ToString()), ("first", first), ("before", before), ("through", through));
        return [.. events.OrderBy(e => e.Number)];
    }

    private static Task<TopicHeadRow?> HeadOf(DbConnection connection, TopicId topic, CancellationToken stop) =>
        connection.First(
            "select number, hash, contributions from head where topic = @topic",
            row => new TopicHeadRow(row.GetInt64(0), row.BytesAt(1)!, row.GetInt64(2)), stop, ("topic", topic.ToString()));

    private DoneCommand CommandOf(DbDataReader row) => new(database.IdAt(row, 0), row.GetInt64(1), row.GetInt64(2), row.BytesAt(3));

    private StoredEvent EventAt(DbDataReader row, int first) => new(
        row.GetInt64(first),
        row.GetString(first + 1),
        row.GetInt32(first + 2),
        row.MomentAt(first + 3),
        new ClinicianId(database.IdAt(row, first + 4)),
        row.TextAt(first + 5) is { } institution ? InstitutionId.Parse(institution) : null,
        row.NumberAt(first + 6),
        row.BytesAt(first + 7),
        row.BytesAt(first + 8)!);
}
