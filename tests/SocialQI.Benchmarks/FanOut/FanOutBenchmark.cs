namespace SocialQI.Benchmarks.FanOut;

/// <summary>
/// One topic with thousands of followers, the product beside what a team would write with SignalR alone, by the same generator in the same run. The
/// product is durable, audited and of two nodes; the peers keep nothing.
/// </summary>
internal static class FanOutBenchmark
{
    private const string Mine = "product";

    public static System.CommandLine.Command Verb()
    {
        var sized = new Sized("fanout", "One topic with thousands of followers, beside SignalR alone and with the Redis backplane.");
        var followers = sized.Number("--followers", "Of hot1k scenarios.", 1_000);
        var many = sized.Number("--many", "Followers of hot5kmax.", 5_000);
        var slow = sized.Number("--rate", "Events a second of hot1k20.", 20);
        var fast = sized.Number("--fast", "Events a second of hot1k100.", 100);
        var writers = sized.Number("--writers", "Who write to the product by turns.", 64);
        return sized.Runs(async parsed =>
        {
            var hot = new Order { Followers = (int)parsed.GetValue(followers), Publishers = 1 };
            var crowd = hot with { Followers = (int)parsed.GetValue(many), OfEach = 16 };
            var turns = (int)parsed.GetValue(writers);
            Scenario[] scenarios =
            [
                new("hot1k20", hot with { Rate = parsed.GetValue(slow), OfEach = 1_000 }, 1) { Writers = turns },
                new("hot1k100", hot with { Rate = parsed.GetValue(fast), OfEach = 1_000 }, 1) { Writers = turns },
                new("hot1kmax16", hot with { Publishers = 16 }, 1) { Writers = turns },
                new("hot5kmax", crowd, 1) { Writers = turns },
            ];
            await Measure([.. scenarios.Where(s => sized.Has(parsed, s.Name))], sized.Lasting(parsed), (int)Math.Max(parsed.GetValue(followers), parsed.GetValue(many)) + turns);
        });
    }

    private static async Task Measure(Scenario[] scenarios, Lasting lasting, int connections)
    {
        await using (var product = await Product.Start(connections, lasting.First))
        {
            foreach (var scenario in scenarios)
            {
                await scenario.Measure(Mine, product, lasting);
            }
        }
        await using (var peer = await Peer.Start(PeerKind.SignalR))
        {
            foreach (var scenario in scenarios)
            {
                await scenario.Measure("signalr", peer, lasting);
            }
        }
        if (Array.Find(scenarios, s => s.Name == "hot1k20") is { } steady)
        {
            await using var peer = await Peer.Start(PeerKind.Redis);
            await steady.Measure("redis", peer, lasting);
            Figures.Print("hot1k20.vs.signalr", steady.Ratio(Mine, "signalr", w => w.PerCpuSecond), "×");
            Figures.Print("hot1k20.vs.redis", steady.Ratio(Mine, "redis", w => w.PerCpuSecond), "×");
            Figures.Print("hot1k20.redis.vs.signalr", steady.Ratio("redis", "signalr", w => w.PerCpuSecond), "×");
        }
        if (Array.Find(scenarios, s => s.Name == "hot1k100") is { } fast)
        {
            Figures.Print("hot1k100.core", fast.Median(Mine, w => w.Core), "cores");
            Figures.Print("hot1k100.p99.vs.signalr", fast.Ratio(Mine, "signalr", w => w.DeliveryP99), "×");
        }
        foreach (var full in scenarios.Where(s => s.Name is "hot1kmax16" or "hot5kmax"))
        {
            Figures.Print($"{full.Name}.vs.signalr", full.Ratio(Mine, "signalr", w => w.PerCpuSecond), "×");
        }
        Figures.Print("fanout.wrong", scenarios.Sum(s => s.Wrong), "deliveries");
    }
}
