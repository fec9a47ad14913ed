using System.Diagnostics;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>All seats of a session, and when each of them heard each event.</summary>
internal sealed class Audience : IAsyncDisposable
{
    private const int EventsMax = 8_192;
    private const int ComeAtOnce = 64;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly int[][] heard;
    private readonly int[] counts = new int[EventsMax];
    private readonly Timer pinging;
    private int caughtUp;
    private int wrong;
    private int pinged;

    public Audience(IReadOnlyList<Uri> gateways, IReadOnlyList<Attendee> people)
    {
        Gateways = gateways;
        heard = [.. people.Select(_ => Array.Empty<int>())];
        Seats = [.. people.Select((p, i) => new Seat(i, p, this))];
        pinging = new(_ => PingSome(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public IReadOnlyList<Uri> Gateways { get; }

    public HttpMessageInvoker Http { get; } = new(new SocketsHttpHandler { UseCookies = false });

    public IReadOnlyList<Seat> Seats { get; }

    /// <summary>How often events were dropped for a seat, which then asked for them.</summary>
    public int CaughtUpTimes => caughtUp;

    /// <summary>How many events came twice, out of order or with a gap, and how often a seat was shut out.</summary>
    public int WrongTimes => wrong;

    /// <summary>Everybody connects, by turns at each gateway, and joins.</summary>
    public Task Come(TopicId topic) => Parallel.ForEachAsync(Enumerable.Range(0, Seats.Count), new ParallelOptions { MaxDegreeOfParallelism = ComeAtOnce }, async (i, _) =>
    {
        await Seats[i].Come(i % Gateways.Count);
        await Seats[i].Join(topic);
    });

    public void Hear(int seat, long number, long at)
    {
        if (number >= EventsMax)
        {
            return;
        }
        if (heard[seat].Length <= number)
        {
            Array.Resize(ref heard[seat], (int)Math.Min(EventsMax, Math.Max(256, number * 2)));
        }
        heard[seat][number] = (int)Stopwatch.GetElapsedTime(begun, at).TotalMicroseconds / 100;
        Interlocked.Increment(ref counts[number]);
    }

    public void CaughtUp() => Interlocked.Increment(ref caughtUp);

    public void Wrong() => Interlocked.Increment(ref wrong);

    /// <summary>When everybody has heard this event; false when that takes longer.</summary>
    public async Task<bool> Heard(long number, TimeSpan within)
    {
        var since = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref counts[number]) < Seats.Count)
        {
            if (Stopwatch.GetElapsedTime(since) > within)
            {
                return false;
            }
            await Task.Delay(10);
        }
        return true;
    }

    /// <summary>How long after a moment each seat heard an event, in milliseconds; infinitely for who did not.</summary>
    public IEnumerable<double> Delays(long number, long since)
    {
        var from = Stopwatch.GetElapsedTime(begun, since).TotalMilliseconds;
        return heard.Select(h => number < h.Length && h[number] > 0 ? (h[number] / 10.0) - from : double.PositiveInfinity);
    }

    public async ValueTask DisposeAsync()
    {
        await pinging.DisposeAsync();
        foreach (var seat in Seats)
        {
            await seat.DisposeAsync();
        }
        Http.Dispose();
    }

    // Each seat once in a period, some every second.
    private void PingSome()
    {
        var slots = (int)PingEvery.TotalSeconds;
        var slot = pinged++ % slots;
        for (var i = slot; i < Seats.Count; i += slots)
        {
            _ = Seats[i].Ping();
        }
    }
}
