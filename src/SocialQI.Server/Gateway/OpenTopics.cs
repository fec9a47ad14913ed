namespace SocialQI.Server.Gateway;

/// <summary>What one client has open, at most <see cref="Rounds.OpenTopicsMax"/>. Its calls may overlap.</summary>
public sealed class OpenTopics
{
    private readonly Lock gate = new();
    private readonly HashSet<TopicId> open = [];

    /// <summary>Keeps that a topic is open; false when it would be one too many.</summary>
    public bool TryAdd(TopicId topic)
    {
        lock (gate)
        {
            return open.Contains(topic) || (open.Count < Rounds.OpenTopicsMax && open.Add(topic));
        }
    }

    public void Remove(TopicId topic)
    {
        lock (gate)
        {
            open.Remove(topic);
        }
    }

    public bool Has(TopicId topic)
    {
        lock (gate)
        {
            return open.Contains(topic);
        }
    }
}
