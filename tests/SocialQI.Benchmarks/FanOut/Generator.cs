using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>The generator: a process of its own, on a core of its own. It reads its order and writes a line of JSON for each window.</summary>
internal static class Generator
{
    private const string Name = "generate";
    private const string Cpu = "1";
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan SettleIdle = TimeSpan.FromSeconds(5);

    public static System.CommandLine.Command Verb()
    {
        var verb = new System.CommandLine.Command(Name, "Carries out an order that another verb gives.") { Hidden = true };
        verb.SetAction(_ => Obey(JsonSerializer.Deserialize<Order>(Console.In.ReadToEnd())!));
        return verb;
    }

    /// <summary>Has an order carried out; what each window came to.</summary>
    public static async Task<IReadOnlyList<Window>> Run(Order order)
    {
        var start = new ProcessStartInfo("taskset", ["-c", Cpu, "dotnet", Environment.GetCommandLineArgs()[0], Name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // The fewest threads beside the one that measures.
            Environment = { ["DOTNET_gcServer"] = "0", ["DOTNET_gcConcurrent"] = "0" },
        };
        using var generator = Process.Start(start)!;
        await generator.StandardInput.WriteAsync(JsonSerializer.Serialize(order));
        generator.StandardInput.Close();
        var windows = new List<Window>();
        while (await generator.StandardOutput.ReadLineAsync() is { } line)
        {
            windows.Add(JsonSerializer.Deserialize<Window>(line)!);
        }
        await generator.WaitForExitAsync();
        return generator.ExitCode == 0 ? windows : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The generator ended with {generator.ExitCode}."));
    }

    private static int Obey(Order order)
    {
        var load = new Load(order);
        var before = Processes.Of(order.Pids);
        load.Connect();
        load.Idle(Settle);
        if (order.Idle > 0)
        {
            load.Idle(SettleIdle);
            var (since, from) = (Stopwatch.GetTimestamp(), Processes.Of(order.Pids));
            load.Idle(TimeSpan.FromSeconds(order.Idle));
            var to = Processes.Of(order.Pids);
            Tell(new()
            {
                Cpu = to.Cpu - from.Cpu,
                CpuSeconds = Stopwatch.GetElapsedTime(since).TotalSeconds,
                ResidentMb = to.Resident - before.Resident,
                ProportionalMb = to.Proportional - before.Proportional,
                CaughtUp = load.CaughtUp,
                Failures = load.Lines.Failures,
                FirstFailure = load.Lines.FirstFailure,
            });
        }
        else
        {
            load.Run(TimeSpan.FromSeconds(order.WarmUp));
            for (var i = 0; i < order.Windows; i++)
            {
                Tell(load.Run(TimeSpan.FromSeconds(order.Seconds)));
            }
        }
        load.Lines.Close();
        return 0;
    }

    private static void Tell(Window window) => Console.WriteLine(JsonSerializer.Serialize(window));
}
