using System.Globalization;
using SocialQI.Statistics.Proportions;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Pools;

/// <summary>
/// What pooling is worth where the truth is known: see <see cref="KnownTruth"/> for the model. Groups by the 1/r rule beside Barnett ML, et al. JAMA Netw Open
/// 2019;2:e190096; pools weighed by records beside plain ones on the same cases; and the Brier score of the linear pool beside its members'.
/// </summary>
internal static class PoolsBenchmark
{
    private const int Seeds = 5;

    private static readonly Dictionary<int, double> barnett = new() { [1] = 62.5, [5] = 80.3, [9] = 85.6 };

    private static readonly (string Name, double[] Skills)[] groups =
    [
        ("differing", [.92, .8, .65, .5, .35]), ("one-expert", [.95, .55, .5, .5, .45]), ("equal", [.65, .65, .65, .65, .65]), ("below-half", [.45, .4, .35, .3, .25]),
    ];

    public static System.CommandLine.Command Verb()
    {
        var verb = new System.CommandLine.Command("pools", "What pooling differentials is worth, simulated with a known truth: by group size, and weighed by records against plain.");
        verb.SetAction(_ => Run());
        return verb;
    }

    private static void Run()
    {
        Sizes(2_000);
        Weights(2_000);
        var scores = Enumerable.Range(1, Seeds).Select(seed => new KnownTruth(seed).Score(1_000, groups[0].Skills)).ToArray();
        Say($"Brier, mean of {Seeds * 1_000} cases: pool {scores.Average(s => s.Pool):0.000}, members {scores.Average(s => s.Members):0.000}; worse in {scores.Sum(s => s.Worse)}");
        Figures.Print("pools.brier.pool", scores.Average(s => s.Pool), "score");
        Figures.Print("pools.brier.members", scores.Average(s => s.Members), "score");
    }

    private static void Sizes(int cases)
    {
        Say($"{"group",-6} {"right %",8} {"95 % interval",16} {"by seed",14} {"Barnett",8}");
        foreach (var group in new[] { 1, 2, 3, 5, 7, 9 })
        {
            int[] right = [.. Enumerable.Range(1, Seeds).Select(seed => new KnownTruth(seed).RightOf(cases, group, KnownTruth.SkillOfBarnett))];
            var share = WilsonInterval.Of(right.Sum(), Seeds * cases)!;
            var known = barnett.TryGetValue(group, out var percent) ? percent.ToString("0.0", CultureInfo.InvariantCulture) : "";
            Say($"{group,-6} {100 * share.Share,8:0.0} {$"{100 * share.Low:0.0}–{100 * share.High:0.0}",16} {right.Select(r => 100.0 * r / cases).ToArray().Spread("0.0"),14} {known,8}");
            Figures.Print($"pools.size.{group}", 100 * share.Share, "%");
        }
    }

    private static void Weights(int cases)
    {
        Say($"{"skills",-12} {"record",7} {"plain %",8} {"weighed %",10} {"difference",11} {"standard error",15}");
        foreach (var (name, skills) in groups)
        {
            foreach (var recorded in new[] { 9, 10, 20, 50, 200 })
            {
                var all = Enumerable.Range(1, Seeds).Select(seed => new KnownTruth(seed).Compare(cases, skills, recorded)).ToArray();
                var (difference, error) = (100 * all.Average(a => a.Difference), 100 * Math.Sqrt(all.Sum(a => a.StandardError * a.StandardError)) / Seeds);
                Say($"{name,-12} {recorded,7} {100.0 * all.Sum(a => a.Plain) / (Seeds * cases),8:0.0} {100.0 * all.Sum(a => a.Weighed) / (Seeds * cases),10:0.0} {difference,11:+0.00;-0.00;0.00} {error,15:0.00}");
                Figures.Print($"pools.weighed.{name}.{recorded}", difference, "points");
            }
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
