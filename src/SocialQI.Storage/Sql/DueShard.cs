namespace SocialQI.Storage.Sql;

/// <summary>Spreads what is due over shards. The number is on disk with every plan: another hash or count needs a step of the schema.</summary>
internal static class DueShard
{
    public const int Count = 16;

    /// <summary>FNV-1a: .NET's own hash of a text is another in every process.</summary>
    public static int Of(TopicId topic) => (int)(topic.ToString().Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % Count);

    /// <summary>The stored shards that fall to one of so many who ask.</summary>
    public static string Share(int shard, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, shards);
        // With more who ask than shards, some have none; an empty list is no SQL.
        return shard < Count ? string.Join(", ", Enumerable.Range(0, Count).Where(s => s % shards == shard)) : "-1";
    }
}
