namespace SocialQI.Benchmarks.FanOut;

/// <summary>How long and how often.</summary>
/// <param name="Seconds">Of each window.</param>
/// <param name="Windows">Whose median counts.</param>
/// <param name="WarmUp">Before them, in seconds.</param>
/// <param name="First">Before everything, for the product, twice.</param>
internal sealed record Lasting(double Seconds, int Windows, double WarmUp, double First);

/// <summary>A load, and what each of those measured came to under it.</summary>
/// <param name="Name">As figures begin.</param>
/// <param name="Load">For the peers; for the product <see cref="Writers"/> take turns, for one person may write a hundred times a second and no more.</param>
/// <param name="Topics">How many.</param>
internal sealed record Scenario(string Name, Order Load, int Topics)
{
    private readonly Dictionary<string, IReadOnlyList<Window>> results = [];

    /// <summary>How many write to the product; never more unacknowledged at once than by the peers' publishers.</summary>
    public int Writers { get; init; } = 64;

    /// <summary>What was lost, came twice or out of order, was refused or broken off, in all runs.</summary>
    public long Wrong => results.Values.Sum(all => all.Sum(w => w.Lost + w.Twice + w.OutOfOrder) + all[^1].Failures);

    public async Task Measure(string name, IServed served, Lasting lasting)
    {
        var order = Load with { Seconds = lasting.Seconds, Windows = lasting.Windows, WarmUp = lasting.WarmUp };
        if (served is Product)
        {
            order = order with { Publishers = Writers, OfEach = 1, Unacknowledged = order.Publishers * order.OfEach };
        }
        results[name] = await Generator.Run(await served.Addressed(order, Topics));
        Show(name);
        if (served is Product product && results[name][^1].Failures > 0)
        {
            Console.WriteLine(product.Said);
        }
    }

    public double Median(string name, Func<Window, double> of) => results[name].Select(of).Median();

    /// <summary>How many times as much as the other.</summary>
    public double Ratio(string name, string to, Func<Window, double> of) => Median(name, of) / Median(to, of);

    private void Show(string name)
    {
        var all = results[name];
        double[] perCpu = [.. all.Select(w => w.PerCpuSecond)];
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{Name,-12} {name,-9} {all.Count} windows: {Median(name, w => w.PerSecond),7:0.#}/s acknowledged, {perCpu.Median(),9:0} ({perCpu.Spread("0")}) deliveries/CPU-s, core {Median(name, w => w.Core):0.00}, "
            + $"delivered p50 {Median(name, w => w.DeliveryP50):0.0} p99 {Median(name, w => w.DeliveryP99):0.0} ms (best {all.Min(w => w.DeliveryP99):0.0}), acknowledged p50 {Median(name, w => w.AcknowledgedP50):0.0} p99 {Median(name, w => w.AcknowledgedP99):0.0} ms, "
            + $"{Median(name, w => w.ProportionalMb):0} MB, generator {Median(name, w => w.GeneratorCore):0.00}; lost {all.Sum(w => w.Lost)}, twice {all.Sum(w => w.Twice)}, out of order {all.Sum(w => w.OutOfOrder)}, caught up {all[^1].CaughtUp}, failed {all[^1].Failures} {all[^1].FirstFailure}"));
    }
}
