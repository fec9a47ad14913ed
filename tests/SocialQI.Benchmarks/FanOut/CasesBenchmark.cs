namespace SocialQI.Benchmarks.FanOut;

/// <summary>Many cases with few followers each, every message durable before it is acknowledged: the product beside a hub that does one INSERT per message.</summary>
internal static class CasesBenchmark
{
    private const string Mine = "product";
    private const string Peers = "insert";

    public static System.CommandLine.Command Verb()
    {
        var sized = new Sized("cases", "Many small cases, durable, beside SignalR with one INSERT per message.");
        var followers = sized.Number("--followers", "Over all cases.", 2_000);
        var topics = sized.Number("--topics", "Cases.", 200);
        var writers = sized.Number("--writers", "Who have one message unacknowledged each.", 64);
        var rate = sized.Number("--rate", "Messages a second of cases.500.", 500);
        return sized.Runs(async parsed =>
        {
            var (turns, count) = ((int)parsed.GetValue(writers), (int)parsed.GetValue(topics));
            // As many messages under way as keep every writer busy, and no more than these followers can take.
            var load = new Order { Followers = (int)parsed.GetValue(followers), Publishers = turns, InFlight = 10 * turns };
            Scenario[] all =
            [
                new("cases.max", load, count) { Writers = 2 * turns },
                new("cases.500", load with { Rate = parsed.GetValue(rate) }, count) { Writers = 2 * turns },
            ];
            await Measure([.. all.Where(s => sized.Has(parsed, s.Name))], sized.Lasting(parsed), load.Followers + (2 * turns));
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
        await using (var peer = await Peer.Start(PeerKind.Insert))
        {
            foreach (var scenario in scenarios)
            {
                await scenario.Measure(Peers, peer, lasting);
            }
        }
        foreach (var scenario in scenarios)
        {
            if (scenario.Load.Rate > 0)
            {
                Figures.Print("cases.500.p50", scenario.Median(Mine, w => w.DeliveryP50), "ms");
                Figures.Print("cases.500.p99.vs.insert", scenario.Ratio(Mine, Peers, w => w.DeliveryP99), "×");
            }
            else
            {
                Figures.Print("cases.max", scenario.Median(Mine, w => w.PerSecond), "writes/s");
                Figures.Print("cases.max.vs.insert", scenario.Ratio(Mine, Peers, w => w.PerSecond), "×");
            }
        }
        Figures.Print("cases.wrong", scenarios.Sum(s => s.Wrong), "deliveries");
    }
}
