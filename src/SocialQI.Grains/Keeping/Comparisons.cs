using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>Compares what is kept beside the journal with what the journal says, a few topics at a time, in the order of their names. Changes nothing.</summary>
internal sealed class Comparisons(Store store, IReadOnlyList<ICompared> kept)
{
    public async Task<ComparedSome> Go(string name, string after, int max)
    {
        var what = kept.Single(k => k.Name == name);
        // Before the topics: those that begin meanwhile are another time's.
        var position = await store.Tables.TailPosition(what.Reader, CancellationToken.None);
        var through = await store.Journal.Position(CancellationToken.None);
        var topics = await store.Tables.TopicsAfter(after, through, Math.Clamp(max, 1, Comparable.TopicsMax), CancellationToken.None);
        if (topics.Count == 0)
        {
            return new(after, 0, [], await what.Strays(), false, true);
        }
        var compared = await what.Compare(topics, position);
        return compared.IsLate
            ? new(topics[^1].ToString(), 0, [], 0, true, false)
            : new(topics[^1].ToString(), topics.Count, [.. compared.Others.Select(Named)], 0, false, false);
    }

    // While a ballot is open no message is to tell that there is one.
    private static string Named(TopicId topic) => topic.Kind is TopicKind.Ballot ? "a ballot" : topic.ToString();
}

/// <summary>Something that is kept and could be made from the journal.</summary>
internal interface ICompared
{
    /// <summary>What an operator calls it.</summary>
    string Name { get; }

    /// <summary>Which reader of the tail keeps it.</summary>
    string Reader => Name;

    /// <summary>Tells which of these topics it would be another for.</summary>
    Task<Replaced> Compare(IReadOnlyList<TopicId> topics, long position);

    /// <summary>How much of it is of no topic.</summary>
    Task<long> Strays();
}
