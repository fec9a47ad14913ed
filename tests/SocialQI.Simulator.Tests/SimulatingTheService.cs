using System.Collections.Concurrent;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Simulator.Tests;

/// <summary>Everything that can go wrong between a browser and the journal, by chance, and the same again by the same seed.</summary>
public sealed class SimulatingTheService
{
    private const int Seeds = 1_000;
    private const int FailuresShownMax = 10;

    // SOCIALQI_SEED names one to be looked at alone.
    private static readonly int? Alone = int.TryParse(Environment.GetEnvironmentVariable("SOCIALQI_SEED"), out var seed) ? seed : null;

    [Fact]
    public void Keeps_every_promise_whatever_the_seed()
    {
        var all = new ConcurrentBag<Simulated>();
        Parallel.ForEach(Alone is { } one ? [one] : Enumerable.Range(1, Seeds), seed => all.Add(Simulation.Run(seed)));
        Figures.Tell("simulator.seeds", all.Count, "seeds");
        Figures.Tell("simulator.acked", all.Sum(s => s.Acknowledged), "commands");
        var failed = all.Where(s => s.Findings.Count > 0).OrderBy(s => s.Seed).ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} seeds failed:\n{string.Join('\n', failed.Take(FailuresShownMax))}");
        if (Alone is not null)
        {
            Console.WriteLine(all.Single());
            return;
        }
        var met = Enum.GetValues<Met>().ToDictionary(what => what, what => all.Sum(s => s.Met.GetValueOrDefault(what)));
        Figures.Tell("simulator.met.least", met.Values.Min(), "times, " + met.MinBy(m => m.Value).Key);
        Assert.Empty(met.Where(m => m.Value == 0).Select(m => m.Key));
    }

    [Fact]
    public void Does_the_same_again_by_the_same_seed()
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            Assert.Equal(Simulation.Run(seed).Trace, Simulation.Run(seed).Trace);
        }
        Assert.NotEqual(Simulation.Run(1).Trace, Simulation.Run(2).Trace);
    }

    [Fact]
    public void Finds_every_bug_that_is_planted()
    {
        var bugs = Enum.GetValues<Planted>().Where(b => b != Planted.Nothing).ToList();
        var found = new ConcurrentDictionary<Planted, Simulated>();
        Parallel.ForEach(bugs, bug =>
        {
            if (Enumerable.Range(1, Seeds).Select(seed => Simulation.Run(seed, bug)).FirstOrDefault(it => it.Findings.Count > 0) is { } first)
            {
                found[bug] = first;
            }
        });
        foreach (var (bug, first) in found.OrderBy(f => f.Key))
        {
            Console.WriteLine($"{bug}: {first}");
        }
        Figures.Tell("simulator.planted.found", found.Count, $"of {bugs.Count}");
        Figures.Tell("simulator.planted.seeds", found.Values.Max(f => f.Seed), "seeds for the one best hidden");
        Assert.Equal(bugs.Order(), found.Keys.Order());
    }
}
