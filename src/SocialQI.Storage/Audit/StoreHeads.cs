using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Audit;

/// <summary>How far the chains of a store are, for whoever keeps a witness of them.</summary>
public sealed class StoreHeads
{
    private readonly IDatabase database;

    internal StoreHeads(IDatabase database) => this.database = database;

    /// <summary>The store's epoch and the position of its last event.</summary>
    public ValueTask<(string Epoch, long Position)> Now(CancellationToken stop) =>
        database.Read(c => c.First("select epoch, position from store", row => (row.GetString(0), row.GetInt64(1)), stop), stop);

    /// <summary>The last number and hash of each topic that moved after a position, by at most so many events; and up to which position that is true.</summary>
    public async ValueTask<(IReadOnlyList<TopicWitness> Topics, long Through)> Topics(long after, int max, CancellationToken stop)
    {
        var heads = new Dictionary<string, TopicWitness>();
        var through = after;
        foreach (var (position, head) in await database.Read(
            c => c.All(
                "select position, topic, number, hash from event where position > @after order by position limit @max",
                row => (row.GetInt64(0), new TopicWitness(row.GetString(1), row.GetInt64(2), Convert.ToHexString(row.BytesAt(3)!))), stop,
                ("after", after), ("max", max)),
            stop))
        {
            (heads[head.Topic], through) = (head, position);
        }
        return ([.. heads.Values], through);
    }

    /// <summary>The same of the audit's chains, after a row's id.</summary>
    public async ValueTask<(IReadOnlyList<ChainWitness> Chains, long Through)> Chains(long after, int max, CancellationToken stop)
    {
        var heads = new Dictionary<(string, string), ChainWitness>();
        var through = after;
        foreach (var (id, head) in await database.Read(
            c => c.All(
                "select id, home, writer, number, hash from audit where id > @after order by id limit @max",
                row => (row.GetInt64(0), new ChainWitness(row.GetString(1), row.GetString(2), row.GetInt64(3), Convert.ToHexString(row.BytesAt(4)!))), stop,
                ("after", after), ("max", max)),
            stop))
        {
            (heads[(head.Home, head.Writer)], through) = (head, id);
        }
        return ([.. heads.Values], through);
    }
}

/// <summary>How far a topic was.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Number">Its last event.</param>
/// <param name="Hash">The link of that.</param>
public sealed record TopicWitness(string Topic, long Number, string Hash);

/// <summary>How far a chain of the audit was.</summary>
/// <param name="Home">Whose.</param>
/// <param name="Writer">Which of theirs.</param>
/// <param name="Number">Its last row.</param>
/// <param name="Hash">The link of that.</param>
public sealed record ChainWitness(string Home, string Writer, long Number, string Hash);

/// <summary>What somebody outside saw of a store: all that had moved since the witness before.</summary>
/// <param name="N">1, 2, 3 … without gaps.</param>
/// <param name="Epoch">The store's epoch.</param>
/// <param name="Position">The position it was at.</param>
/// <param name="Rows">The id of the last row of the audit that was there.</param>
/// <param name="Topics">Every topic that moved up to this position.</param>
/// <param name="Chains">Every chain of the audit that moved.</param>
public sealed record Witness(long N, string Epoch, long Position, long Rows, IReadOnlyList<TopicWitness> Topics, IReadOnlyList<ChainWitness> Chains);
