using System.Diagnostics;
using System.Globalization;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>What it costs when nothing happens: a node with nobody connected, and thousands of connections that follow a case each and hear nothing.</summary>
internal static class IdleBenchmark
{
    public static System.CommandLine.Command Verb()
    {
        var sized = new Sized("idle", "Nodes at rest, and idle connections beside SignalR alone.");
        var connections = sized.Number("--connections", "That follow one case each.", 10_000);
        var topics = sized.Number("--topics", "Cases.", 1_000);
        return sized.Runs(async parsed =>
        {
            var lasts = sized.IsShort(parsed) ? 10 : parsed.GetValue(sized.Seconds) * 4;
            var order = new Order { Followers = (int)parsed.GetValue(connections), Idle = lasts };
            var (mine, rest) = await Mine(order, (int)parsed.GetValue(topics), lasts);
            await using var peer = await Peer.Start(PeerKind.SignalR);
            var theirs = (await Generator.Run(await peer.Addressed(order, (int)parsed.GetValue(topics)))).Single();
            Show("product", mine, order);
            Show("signalr", theirs, order);
            Figures.Print("node.idle.core", rest, "cores");
            Figures.Print("idle.kb", mine.ResidentMb * 1024 / order.Followers, "KB");
            Figures.Print("idle.kb.vs.signalr", mine.ResidentMb / theirs.ResidentMb, "×");
            Figures.Print("idle.cpu", mine.Core, "cores");
            Figures.Print("idle.cpu.vs.signalr", mine.Core / theirs.Core, "×");
            Figures.Print("idle.wrong", mine.Failures + theirs.Failures, "connections");
        });
    }

    private static async Task<(Window Held, double AtRest)> Mine(Order order, int topics, double seconds)
    {
        await using var product = await Product.Start(order.Followers, warmUp: 0);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (before, since) = (product.Nodes.Select(n => Processes.Of([n]).Cpu).Sum(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var rest = (product.Nodes.Select(n => Processes.Of([n]).Cpu).Sum() - before) / Stopwatch.GetElapsedTime(since).TotalSeconds / product.Nodes.Length;
        return ((await Generator.Run(await product.Addressed(order, topics))).Single(), rest);
    }

    private static void Show(string name, Window window, Order order) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{order.Followers} idle connections, {name,-8} {window.ResidentMb:0} MB more ({window.ResidentMb * 1024 / order.Followers:0.0} KB each), core {window.Core:0.000}; failed {window.Failures} {window.FirstFailure}"));
}
