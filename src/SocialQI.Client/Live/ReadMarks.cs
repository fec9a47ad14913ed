using System.Net;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>How far this person has read each topic, in contributions. Written at most once per 5 seconds and topic.</summary>
public sealed class ReadMarks(Api api, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Dictionary<TopicId, long> read = [];
    private readonly HashSet<TopicId> writing = [], asked = [];

    public event Action? Changed;

    /// <summary>Reads the marks of topics that are not known yet.</summary>
    public async Task Load(IEnumerable<TopicId> topics)
    {
        foreach (var unknown in topics.Where(t => !read.ContainsKey(t) && !asked.Contains(t)).Chunk(Api.Take))
        {
            foreach (var (topic, contributions) in await api.ReadPositions(unknown))
            {
                Raise(TopicId.Parse(topic), contributions);
            }
            // A topic never read has no mark, however often it is asked for.
            asked.UnionWith(unknown);
        }
    }

    /// <summary>How many contributions were read; null when the topic never was.</summary>
    public long? Of(TopicId topic) => read.TryGetValue(topic, out var contributions) ? contributions : null;

    /// <summary>How many are unread.</summary>
    public long Unread(TopicHead head) => Math.Max(0, head.Contributions - (Of(head.Topic) ?? 0));

    public void Read(TopicId topic, long contributions)
    {
        if (Of(topic) is not { } before || before < contributions)
        {
            Raise(topic, contributions);
            Changed?.Invoke();
            _ = Write(topic);
        }
    }

    /// <summary>
    /// Says that only so many were read: here, until more is read. The service keeps the highest mark of all places where the person reads, and is not told.
    /// </summary>
    public void MarkUnread(TopicId topic, long contributions)
    {
        read[topic] = contributions;
        Changed?.Invoke();
    }

    private void Raise(TopicId topic, long contributions) => read[topic] = Math.Max(Of(topic) ?? 0, contributions);

    private async Task Write(TopicId topic)
    {
        if (!writing.Add(topic))
        {
            return;
        }
        long written = -1;
        while (written < read[topic])
        {
            var now = read[topic];
            try
            {
                await api.Read(topic, now);
                written = now;
            }
            catch (HttpRequestException e) when (e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            {
                // Not open to this person any more: there is nothing left to mark.
                break;
            }
            catch (HttpRequestException)
            {
                // A read mark is worth another try, not a word to the reader.
            }
            await Task.Delay(Between, time);
        }
        writing.Remove(topic);
    }
}
