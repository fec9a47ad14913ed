namespace SocialQI.Server.Gateway;

/// <summary>What waits for a client: events of a topic, or, without envelopes, something else that is said of it.</summary>
/// <param name="Topic">Of which topic.</param>
/// <param name="Record">As the hub's message.</param>
/// <param name="Envelopes">The events in it.</param>
/// <param name="IsControl">Whether it must arrive.</param>
internal readonly record struct Outgoing(TopicId Topic, HubRecord? Record, byte[][] Envelopes, bool IsControl)
{
    /// <summary>What gathered while the socket was busy goes out as one message for each run of the same topic.</summary>
    public static IEnumerable<HubRecord> Merged(List<Outgoing> batch)
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

    /// <summary>The same as frames, one after the other.</summary>
    public static ReadOnlyMemory<byte> Joined(List<Outgoing> batch)
    {
        HubRecord[] all = [.. Merged(batch)];
        if (all is [var only])
        {
            return only.Framed;
        }
        var (frames, end) = (new byte[all.Sum(r => r.Framed.Length)], 0);
        foreach (var record in all)
        {
            record.Framed.CopyTo(frames.AsMemory(end));
            end += record.Framed.Length;
        }
        return frames;
    }
}
