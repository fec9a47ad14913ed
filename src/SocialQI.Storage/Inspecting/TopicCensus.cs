using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Inspecting;

/// <summary>How large a topic is, and how much of what happened lately happened in it.</summary>
/// <param name="Topic">Which; nothing else is told of it.</param>
/// <param name="Events">All its events.</param>
/// <param name="Lately">Those among the store's last.</param>
public sealed record TopicSize(string Topic, long Events, long Lately);

/// <summary>Which topics of a store are the largest, and which the hottest. Ballots are left out: of their numbers nobody learns.</summary>
public sealed class TopicCensus
{
    /// <summary>So many of the store's last events count as lately.</summary>
    public const int LatelyEvents = 10_000;

    /// <summary>So many topics are told at most.</summary>
    public const int TopicsMax = 1_000;

    private readonly Func<CancellationToken, Task<DbConnection>> connect;

    internal TopicCensus(Func<CancellationToken, Task<DbConnection>> connect) => this.connect = connect;

    public Task<IReadOnlyList<TopicSize>> Largest(int max, CancellationToken stop) => Read("events desc, topic", max, stop);

    public Task<IReadOnlyList<TopicSize>> Hottest(int max, CancellationToken stop) => Read("lately desc, topic", max, stop);

    private async Task<IReadOnlyList<TopicSize>> Read(string order, int max, CancellationToken stop)
    {
        await using var connection = await connect(stop);
        return await connection.All(
            $"""
            select topic, events, lately from
            (
                select h.topic, h.number as events, coalesce(l.count, 0) as lately
                from head h left join
                (
                    select topic, count(*) as count from event where position > (select position from store) - {LatelyEvents} group by topic
                ) l on l.topic = h.topic
                where h.topic not like 'ballot.%'
            ) sizes
            order by {order} limit @max
            """,
            row => new TopicSize(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), stop, ("max", Math.Clamp(max, 1, TopicsMax)));
    }
}
