using System.Diagnostics;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>Publishes at a rate or as fast as it is delivered, and accounts for every delivery: lost, twice, out of order.</summary>
internal sealed class Load
{
    private const int CommandBytesMax = 8_192;
    private static readonly TimeSpan DrainsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MovesWithin = TimeSpan.FromSeconds(5);

    private readonly Order order;
    private readonly Protocol protocol;
    private readonly Lines lines;
    private readonly Line[] followers;
    private readonly Line[] publishers;
    private readonly uint[] topicIndex;
    private readonly int[] topicFollowers;
    private readonly Histogram delivery = new();
    private readonly Histogram acknowledgement = new();
    private readonly byte[] command = new byte[CommandBytesMax];
    private readonly byte[] marker = new byte[Marker.Length];
    private Counts counts;
    private int turn;

    public Load(Order order)
    {
        this.order = order;
        protocol = order.Cookies.Length > 0 ? new ProductProtocol("127.0.0.1", order.Cookies, order.After) : new PeerProtocol();
        lines = new(protocol, Hear);
        lines.AcknowledgedBy += Acknowledged;
        topicIndex = new uint[order.Topics.Length];
        topicFollowers = new int[order.Topics.Length];
        followers = [.. Enumerable.Range(0, order.Followers).Select(i => Make(i, i % order.Topics.Length, order.FollowerPorts, false))];
        publishers = [.. Enumerable.Range(0, order.Publishers).Select(i => Make(order.Followers + i, i % order.Topics.Length, order.PublisherPorts, true))];
        foreach (var line in followers)
        {
            (line.IsStalled, line.LastOf) = (line.Id < order.Stalled, new uint[order.Publishers]);
            topicFollowers[line.Topic] += line.IsStalled ? 0 : 1;
        }
    }

    public Lines Lines => lines;

    /// <summary>How often followers were told to catch up.</summary>
    public int CaughtUp => followers.Sum(f => f.CaughtUp);

    public void Connect() => lines.Connect([.. followers, .. publishers]);

    public void Idle(TimeSpan lasts)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < lasts;)
        {
            lines.Poll(20);
        }
    }

    /// <summary>Publishes for so long, and waits until everything has come, or nothing comes any more.</summary>
    public Window Run(TimeSpan lasts)
    {
        delivery.Clear();
        acknowledgement.Clear();
        counts = default;
        var (before, begun) = (Processes.Of(order.Pids), Stopwatch.GetTimestamp());
        var own = Process.GetCurrentProcess().TotalProcessorTime;
        counts.LastAt = begun;
        Publish(begun, lasts);
        var published = Stopwatch.GetTimestamp();
        Drain();
        var (after, all) = (Processes.Of(order.Pids), Stopwatch.GetElapsedTime(begun));
        return new()
        {
            Seconds = Stopwatch.GetElapsedTime(begun, Math.Max(counts.LastAt, published)).TotalSeconds,
            Published = counts.Published,
            Acknowledged = counts.Acknowledged,
            Expected = counts.Expected,
            Delivered = counts.Delivered,
            Twice = counts.Twice,
            OutOfOrder = counts.OutOfOrder,
            Cpu = after.Cpu - before.Cpu,
            CpuSeconds = all.TotalSeconds,
            DeliveryP50 = delivery.Percentile(0.5),
            DeliveryP99 = delivery.Percentile(0.99),
            AcknowledgedP50 = acknowledgement.Percentile(0.5),
            AcknowledgedP99 = acknowledgement.Percentile(0.99),
            ProportionalMb = after.Proportional,
            ResidentMb = after.Resident,
            GeneratorCore = (Process.GetCurrentProcess().TotalProcessorTime - own) / all,
            CaughtUp = CaughtUp,
            Failures = lines.Failures,
            FirstFailure = lines.FirstFailure,
        };
    }

    private Line Make(int id, int topic, int[] ports, bool isPublisher) => new(id, ports[id % ports.Length], topic, order.Topics[topic], isPublisher);

    private void Publish(long begun, TimeSpan lasts)
    {
        var gap = order.Rate > 0 ? Stopwatch.Frequency / order.Rate : 0;
        for (var (k, now) = (0L, begun); Stopwatch.GetElapsedTime(begun, now) < lasts; now = Stopwatch.GetTimestamp())
        {
            var wait = 1;
            if (order.Rate > 0)
            {
                for (; begun + (long)(k * gap) <= now; k++)
                {
                    PublishOne(publishers[turn++ % publishers.Length], begun + (long)(k * gap));
                }
                var ahead = (begun + (k * gap) - now) * 1000 / Stopwatch.Frequency;
                wait = ahead > 2 ? (int)Math.Min(ahead - 1, 50) : 0;
            }
            else
            {
                PublishWhatIsLet();
            }
            lines.Poll(wait);
        }
    }

    // Each publisher has so many unacknowledged at most, all together so many, and no more is under way than so many messages to everybody.
    private void PublishWhatIsLet()
    {
        var undelivered = (long)order.InFlight * Math.Max(1, order.Followers / order.Topics.Length);
        for (var passed = 0; passed < publishers.Length && counts.Unacknowledged < order.Unacknowledged && counts.Expected - counts.Delivered < undelivered;)
        {
            var line = publishers[turn++ % publishers.Length];
            if (line.Stage == Stage.Ready && line.Unacknowledged.Count < order.OfEach)
            {
                PublishOne(line, Stopwatch.GetTimestamp());
                passed = 0;
            }
            else
            {
                passed++;
            }
        }
    }

    private void PublishOne(Line line, long dueAt)
    {
        var topic = line.NextTopic;
        line.NextTopic = (topic + publishers.Length) % order.Topics.Length;
        Marker.Write(marker, line.Id - order.Followers, topic, topicIndex[topic]++, dueAt);
        lines.Say(line, command.AsSpan(0, protocol.Publish(command, order.Topics[topic], marker, ++line.Sent)));
        line.Unacknowledged.Enqueue(dueAt);
        counts.Unacknowledged++;
        counts.Published++;
        counts.Expected += topicFollowers[topic];
    }

    private void Drain()
    {
        var (since, movedAt, moved) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), -1L);
        while ((counts.Delivered < counts.Expected || counts.Unacknowledged > 0) && Stopwatch.GetElapsedTime(movedAt) < MovesWithin && Stopwatch.GetElapsedTime(since) < DrainsWithin)
        {
            lines.Poll(5);
            if (counts.Delivered + counts.Acknowledged != moved)
            {
                (moved, movedAt) = (counts.Delivered + counts.Acknowledged, Stopwatch.GetTimestamp());
            }
        }
    }

    private void Acknowledged(Line line, int count)
    {
        var now = Stopwatch.GetTimestamp();
        for (; count > 0 && line.Unacknowledged.TryDequeue(out var dueAt); count--)
        {
            counts.Acknowledged++;
            counts.Unacknowledged--;
            acknowledgement.Add((long)Stopwatch.GetElapsedTime(dueAt, now).TotalMicroseconds);
        }
    }

    private void Hear(Line line, ReadOnlySpan<byte> message, long now)
    {
        var at = line.IsPublisher || line.Stage != Stage.Ready ? -1 : message.IndexOf(Marker.Begin);
        if (at < 0)
        {
            protocol.Hear(lines, line, message);
            return;
        }
        protocol.Heard(lines, line, message);
        for (; at >= 0 && message.Length - at >= Marker.Length; at = message.IndexOf(Marker.Begin))
        {
            Deliver(line, message.Slice(at, Marker.Length), now);
            message = message[(at + Marker.Length)..];
        }
    }

    private void Deliver(Line line, ReadOnlySpan<byte> at, long now)
    {
        var (publisher, index, dueAt) = Marker.Read(at);
        if (!line.TrySee(index))
        {
            counts.Twice++;
            return;
        }
        counts.OutOfOrder += line.LastOf[publisher] > index ? 1 : 0;
        line.LastOf[publisher] = Math.Max(line.LastOf[publisher], index);
        counts.Delivered++;
        counts.LastAt = now;
        delivery.Add((long)Stopwatch.GetElapsedTime(dueAt, now).TotalMicroseconds);
    }

    private struct Counts
    {
        public long Published, Acknowledged, Unacknowledged, Expected, Delivered, Twice, OutOfOrder, LastAt;
    }
}
