using System.Globalization;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Latency;

/// <summary>
/// From the moment a command was due to be sent until each follower of its case has it: commands come at a fixed rate, whether or not those before were
/// answered, so that a stall counts for all who wait in it. The server is a process of its own, on SQLite; the clients are SignalR's own, over WebSockets.
/// </summary>
internal static class LatencyBenchmark
{
    private const int WarmUpSeconds = 5;

    public static Sizes Defaults { get; } = new(Topics: 20, Followers: 10, Rate: 200, Writers: 20, Seconds: 20);

    public static async Task<int> Run(Sizes sizes)
    {
        if (sizes.Rate == 0 || sizes.Followers == 0)
        {
            await Console.Error.WriteLineAsync("Latency is measured at a rate and by followers: give --rate and --followers of at least 1.");
            return 2;
        }
        await using var server = await ServerProcess.StartNew();
        await using var ward = await Ward.Open(server, sizes);
        await ward.Write(sizes with { Seconds = WarmUpSeconds });
        var taken = await ward.Write(sizes);
        Console.WriteLine($"{sizes.Rate} commands/s from {sizes.Writers} writers to {sizes.Topics} cases with {sizes.Followers} followers each, {sizes.Seconds} s\n");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{taken.Count} deliveries: p50 {taken.Percentile(0.5):0.00} ms, p90 {taken.Percentile(0.9):0.00}, p99 {taken.Percentile(0.99):0.00}, longest {taken.Max():0.00}; told to catch up: {ward.CaughtUp}\n"));
        Figures.Print("latency.p50", taken.Percentile(0.5), "ms");
        Figures.Print("latency.p99", taken.Percentile(0.99), "ms");
        return 0;
    }
}
