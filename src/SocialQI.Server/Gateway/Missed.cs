using SocialQI.Storage;

namespace SocialQI.Server.Gateway;

/// <summary>Events that lie behind the ring, and the message that brings them.</summary>
/// <param name="Events">Their bytes, in order; empty when there are none.</param>
/// <param name="Message">What is sent of them.</param>
internal sealed record MissedEvents(byte[][] Events, HubRecord Message);

/// <summary>
/// What clients of a topic have missed. When a gateway is new, thousands come back to it from the same number at once: the journal is asked for all of them together, and the
/// message is made once. Nobody is given what was read before they asked: a text may have been redacted since.
/// </summary>
internal sealed class Missed(TopicId topic, Func<IJournal> journal, TaskScheduler scheduler)
{
    public const int EventsAtOnce = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Reading> readings = [];

    /// <summary>The first events after a number, as the journal has them from now on.</summary>
    public async Task<MissedEvents> After(long number, CancellationToken stop)
    {
        Reading? reading;
        lock (gate)
        {
            if (!readings.TryGetValue(number, out reading))
            {
                readings[number] = reading = new(new(() => Read(number), scheduler));
            }
            reading.Askers++;
        }
        try
        {
            return await reading.Shared.Run().WaitAsync(stop);
        }
        finally
        {
            lock (gate)
            {
                if (--reading.Askers == 0)
                {
                    readings.Remove(number);
                }
            }
        }
    }

    private async Task<MissedEvents> Read(long number)
    {
        var events = await journal().Read(topic, number + 1, EventsAtOnce, CancellationToken.None);
        byte[][] missed = [.. events.Select(e => e.HandedOut())];
        return new(missed, HubMessages.Events(topic, missed));
    }

    private sealed class Reading(OneAtATime<MissedEvents> shared)
    {
        public OneAtATime<MissedEvents> Shared => shared;

        public int Askers { get; set; }
    }
}
