namespace SocialQI.Benchmarks.FanOut;

/// <summary>Some readers stop reading and stay connected: what that does to the others.</summary>
internal static class SlowBenchmark
{
    private const string Mine = "product";

    public static System.CommandLine.Command Verb()
    {
        var sized = new Sized("slow", "Readers that stop reading, and what it does to the others.");
        var followers = sized.Number("--followers", "Who read.", 20);
        var stalled = sized.Number("--stalled", "Who do not.", 2);
        var rate = sized.Number("--rate", "Events a second.", 2_000);
        var writers = sized.Number("--writers", "Who write by turns.", 64);
        return sized.Runs(async parsed =>
        {
            var (reading, still, turns) = ((int)parsed.GetValue(followers), (int)parsed.GetValue(stalled), (int)parsed.GetValue(writers));
            var load = new Order { Followers = reading, Publishers = 1, Rate = parsed.GetValue(rate) };
            var with = new Scenario("slow.with", load with { Followers = reading + still, Stalled = still }, 1) { Writers = turns };
            var without = new Scenario("slow.without", load, 1) { Writers = turns };
            var lasting = sized.Lasting(parsed);
            await using (var product = await Product.Start(reading + still + turns, lasting.First))
            {
                await without.Measure(Mine, product, lasting);
                await with.Measure(Mine, product, lasting);
            }
            Figures.Print("slow.p99.ratio", with.Median(Mine, w => w.DeliveryP99) / without.Median(Mine, w => w.DeliveryP99), "×");
            Figures.Print("slow.memory.more", with.Median(Mine, w => w.ProportionalMb) - without.Median(Mine, w => w.ProportionalMb), "MB");
            Figures.Print("slow.wrong", with.Wrong + without.Wrong, "deliveries");
        });
    }
}
