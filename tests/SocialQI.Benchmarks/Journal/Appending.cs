using System.Diagnostics;
using SocialQI.Storage;

namespace SocialQI.Benchmarks.Journal;

/// <summary>Writers, each with one append under way, over topics that only one of them writes at a time.</summary>
internal static class Appending
{
    /// <summary>Appends per second.</summary>
    public static async Task<double> Measure(Sizes sizes, Func<Append, ValueTask> append)
    {
        var topics = Enumerable.Range(0, sizes.Topics).Select(_ => (Chain: new CaseChain(), Turn: new SemaphoreSlim(1))).ToArray();
        var pace = new Pace(sizes.Rate);
        var appended = 0L;
        var since = Stopwatch.GetTimestamp();
        var lasts = TimeSpan.FromSeconds(sizes.Seconds);
        await Task.WhenAll(Enumerable.Range(0, sizes.Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = writer; Stopwatch.GetElapsedTime(since) < lasts; i += sizes.Writers)
            {
                var (chain, turn) = topics[i % topics.Length];
                await pace.Next();
                await turn.WaitAsync();
                var next = chain.Next();
                await append(next);
                chain.Committed(next);
                turn.Release();
                Interlocked.Increment(ref appended);
            }
        })));
        return appended / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}

/// <summary>So many a second, whoever asks; 0: no limit.</summary>
internal sealed class Pace(int rate)
{
    private readonly long start = Stopwatch.GetTimestamp();
    private long taken;

    /// <summary>Waits for the next turn; returns when it was due, so that waiting for a late one counts.</summary>
    public async ValueTask<long> Next()
    {
        if (rate == 0)
        {
            return Stopwatch.GetTimestamp();
        }
        var due = start + ((Interlocked.Increment(ref taken) - 1) * Stopwatch.Frequency / rate);
        if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait);
        }
        return due;
    }
}
