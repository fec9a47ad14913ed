using SocialQI.Storage;

namespace SocialQI.Benchmarks.Journal;

/// <summary>Topics written straight into a journal, as their grains would have: for what is there before a measurement begins.</summary>
internal static class Written
{
    private const int AtOnce = 500;

    /// <summary>A new topic with these events.</summary>
    public static Append By(ClinicianId author, InstitutionId home, TopicId topic, params TopicEvent[] all)
    {
        var (hash, at, command) = (Sealing.Start, Moment.Of(DateTimeOffset.UtcNow), Guid.CreateVersion7());
        var events = new List<NewEvent>();
        foreach (var happened in all)
        {
            var (n, kind, payload) = (events.Count + 1, EventCodec.KindOf(happened), EventCodec.EncodePayload(happened));
            var seal = Sealing.Make(hash, topic, n, kind, EventCodec.Version, at, author, home, null, payload);
            hash = seal.Hash;
            events.Add(new(n, kind, EventCodec.Version, at, author, home, command, null, payload, seal, StoreRows.Of(topic, new(n, at, author, home, happened))));
        }
        return new(topic, 0, [new(command, 1, events.Count, events[0].Seal.Digest)], events);
    }

    public static async Task Commit(this IJournal journal, IEnumerable<Append> all)
    {
        foreach (var some in all.Chunk(AtOnce))
        {
            foreach (var outcome in await Task.WhenAll(some.Select(a => journal.Append(a).AsTask())))
            {
                if (outcome != AppendOutcome.Committed)
                {
                    throw new InvalidOperationException($"The journal said {outcome}.");
                }
            }
        }
    }
}
