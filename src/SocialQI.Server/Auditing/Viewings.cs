using SocialQI.Server.Gateway;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>
/// What one client is being shown. To open a topic and to follow it from there is one act: it is recorded when it begins, and when it ends, with the last
/// number that was written to the client. Its calls may overlap.
/// </summary>
public sealed class Viewings(Actor actor, Closings closings)
{
    /// <summary>The result of what ended because the client may see it no more.</summary>
    public const string Closed = "closed";

    // Topics that were opened and never followed are forgotten when there are so many: a later follow is then an act of its own.
    private const int KnownMax = 2 * Rounds.OpenTopicsMax;

    private readonly Lock gate = new();
    private readonly Dictionary<TopicId, Viewing> viewings = [];

    public Actor Actor => actor;

    /// <summary>A topic was shown as of this number, and that is recorded.</summary>
    internal void Opened(TopicId topic, AuditRef record, long number)
    {
        lock (gate)
        {
            if (viewings.TryGetValue(topic, out var before) && before.IsFollowed)
            {
                return;
            }
            if (viewings.Count >= KnownMax)
            {
                foreach (var forgotten in viewings.Where(v => !v.Value.IsFollowed).Select(v => v.Key).ToList())
                {
                    viewings.Remove(forgotten);
                }
            }
            viewings[topic] = new(record, number);
        }
    }

    /// <summary>Whether following from here goes on with what is recorded already.</summary>
    internal bool GoesOn(TopicId topic, long after)
    {
        lock (gate)
        {
            return viewings.TryGetValue(topic, out var viewing) && after >= viewing.From && (viewing.IsFollowed = true);
        }
    }

    /// <summary>A topic is followed from this number, and that is recorded.</summary>
    internal void Followed(TopicId topic, AuditRef record, long after)
    {
        lock (gate)
        {
            End(topic, AuditEntry.Done);
            viewings[topic] = new(record, after) { IsFollowed = true };
        }
    }

    /// <summary>Events up to this number are being written to the client.</summary>
    internal void Written(TopicId topic, long number)
    {
        lock (gate)
        {
            if (viewings.TryGetValue(topic, out var viewing))
            {
                viewing.Last = Math.Max(viewing.Last, number);
            }
        }
    }

    /// <summary>It is followed no more.</summary>
    internal void End(TopicId topic, string result)
    {
        lock (gate)
        {
            if (viewings.Remove(topic, out var viewing) && viewing.IsFollowed)
            {
                closings.Add(actor, new(Acts.Follow, result) { Topic = topic, First = viewing.From, Last = viewing.Last, Closes = viewing.Record });
            }
        }
    }

    /// <summary>The client has gone.</summary>
    internal void EndAll()
    {
        lock (gate)
        {
            foreach (var topic in viewings.Keys.ToList())
            {
                End(topic, AuditEntry.Done);
            }
        }
    }

    private sealed class Viewing(AuditRef record, long from)
    {
        public AuditRef Record { get; } = record;

        public long From { get; } = from;

        public long Last { get; set; } = from;

        public bool IsFollowed { get; set; }
    }
}
