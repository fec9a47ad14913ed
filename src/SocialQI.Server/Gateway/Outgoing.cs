namespace SocialQI.Server.Gateway;

/// <summary>What waits for a client: events of a topic, or, without envelopes, something else that is said of it.</summary>
/// <param name="Topic">Of which topic.</param>
/// <param name="Record">As the hub's message.</param>
/// <param name="Envelopes">The events in it.</param>
/// <param name="IsControl">Whether it must arrive.</param>
internal readonly record struct Outgoing(TopicId Topic, byte[]? Record, byte[][] Envelopes, bool IsControl)
{
    /// <summary>What gathered while the socket was busy goes out as one message for each run of the same topic.</summary>
    public static IEnumerable<byte[]> Merged(List<Outgoing> batch)
    {
        for (var i = 0; i < batch.Count;)
        {
            var end = i + 1;
            while (end < batch.Count && batch[end].Topic == batch[i].Topic && batch[i].Envelopes.Length > 0 && batch[end].Envelopes.Length > 0)
            {
                end++;
            }
            yield return end == i + 1
                ? batch[i].Record!
                : HubMessages.Events(batch[i].Topic, [.. batch.Skip(i).Take(end - i).SelectMany(o => o.Envelopes)]);
            i = end;
        }
    }
}
