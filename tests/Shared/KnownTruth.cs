using SocialQI.Statistics.Pooling;
using SocialQI.Statistics.Scoring;

namespace SocialQI.Tests;

/// <summary>A case whose truth is known: how easy it is for everybody, and how near its other diagnoses lie.</summary>
/// <param name="Ease">Added to everybody's log odds of naming the truth; 0 for the average case.</param>
/// <param name="Nearness">What each distractor's chance to be named is proportional to.</param>
internal sealed record KnownCase(double Ease, double[] Nearness);

/// <summary>What one clinician said of it.</summary>
/// <param name="Listed">The first three, the likeliest first.</param>
/// <param name="Forecast">Shares of all outcomes, the truth being the first of them.</param>
internal sealed record Said(string[] Listed, double[] Forecast);

/// <summary>How often two ways to pool were right about the same cases.</summary>
internal sealed record Compared(int Cases, int Plain, int Weighed, double Difference, double StandardError);

/// <summary>
/// Clinicians of given skill on cases with a known truth. A clinician of skill s names the truth among three with log odds ln(s/(1 − s)) + e: e is the case's ease, normal with
/// the standard deviation <see cref="EaseSpread"/>, and the same for all, so that all fail together on what is hard. Named, it stands first with a chance of .35 + .45 of that of being
/// named, else second or third (.6, .4). All other places are filled from <see cref="Distractors"/> wrong diagnoses of that case, without replacement, each with a chance proportional to a log-normal
/// nearness drawn once a case: so wrong answers agree as well. Confidences fall with the place; what is left of 1 is spread over what was not listed. One seed, one history.
/// </summary>
internal sealed class KnownTruth(int seed)
{
    public const string Truth = "truth";
    public const int Distractors = 9;

    /// <summary>Chosen so that five and nine do about as well as in Barnett 2019; without it nine would hardly ever fail.</summary>
    public const double EaseSpread = .9;

    /// <summary>The skill on an average case with which one alone is right as often as one alone was in Barnett 2019.</summary>
    public const double SkillOfBarnett = .645;

    private static readonly string[] labels = [.. Enumerable.Range(0, Distractors).Select(k => $"distractor {k}")];

    private readonly Random random = new(seed);

    public KnownCase Next() => new(Ease(), [.. labels.Select(_ => Math.Exp(Normal()))]);

    public Said Say(KnownCase of, double skill)
    {
        var chance = Chance(of.Ease, skill);
        var place = random.NextDouble() >= chance ? -1 : random.NextDouble() < .35 + (.45 * chance) ? 0 : random.NextDouble() < .6 ? 1 : 2;
        var (listed, forecast, nearness) = (new string[PooledDifferential.ListedDefault], new double[Distractors + 1], of.Nearness.ToArray());
        var sure = .3 + (.3 * random.NextDouble());
        for (var r = 0; r < listed.Length; r++, sure *= .4)
        {
            var outcome = r == place ? 0 : 1 + Take(nearness);
            listed[r] = outcome == 0 ? Truth : labels[outcome - 1];
            forecast[outcome] = sure;
        }
        var left = (1 - forecast.Sum()) / forecast.Count(f => f == 0);
        return new(listed, [.. forecast.Select(f => f == 0 ? left : f)]);
    }

    /// <summary>In how many of so many new cases a group of equal skill is right.</summary>
    public int RightOf(int cases, int group, double skill) => Enumerable.Range(0, cases).Count(_ =>
    {
        var one = Next();
        return Plain([.. Enumerable.Range(0, group).Select(_ => Say(one, skill).Listed)]).IsRight(Truth);
    });

    /// <summary>For each new case everybody has a new record of so many earlier ones: the pool weighed by these records against the plain one.</summary>
    public Compared Compare(int cases, double[] skills, int recorded)
    {
        int plain = 0, weighed = 0, differ = 0;
        for (var k = 0; k < cases; k++)
        {
            var weights = VoteWeight.OfRecords([.. skills.Select(skill => (Enumerable.Range(0, recorded).Count(_ => random.NextDouble() < Chance(Ease(), skill)), recorded))]);
            var one = Next();
            string[][] lists = [.. skills.Select(skill => Say(one, skill).Listed)];
            var first = Plain(lists).IsRight(Truth);
            var second = PooledDifferential.Of(lists, RankWeight.Inverse, weights: weights).IsRight(Truth);
            plain += first ? 1 : 0;
            weighed += second ? 1 : 0;
            differ += first == second ? 0 : 1;
        }
        var mean = (double)(weighed - plain) / cases;
        return new(cases, plain, weighed, mean, Math.Sqrt(Math.Max(0, ((double)differ / cases) - (mean * mean)) / cases));
    }

    /// <summary>Mean Brier scores over new cases: of the linear pool, and of its members; and in how many cases the pool's was the larger.</summary>
    public (double Pool, double Members, int Worse) Score(int cases, double[] skills)
    {
        var scores = Enumerable.Range(0, cases).Select(_ =>
        {
            var one = Next();
            double[][] forecasts = [.. skills.Select(skill => Say(one, skill).Forecast)];
            return (Pool: Brier.MultiClass(OpinionPool.Linear(forecasts)!, 0), Members: forecasts.Average(f => Brier.MultiClass(f, 0)));
        }).ToArray();
        return (scores.Average(s => s.Pool), scores.Average(s => s.Members), scores.Count(s => s.Pool > s.Members + 1e-12));
    }

    private double Ease() => EaseSpread * Normal();

    private static double Chance(double ease, double skill) => 1 / (1 + Math.Exp(-(Math.Log(skill / (1 - skill)) + ease)));

    private static PooledDifferential Plain(string[][] lists) => PooledDifferential.Of(lists, RankWeight.Inverse);

    // One of what is left, which is then no longer there.
    private int Take(double[] nearness)
    {
        var at = random.NextDouble() * nearness.Sum();
        var k = -1;
        do
        {
            at -= nearness[++k];
        }
        while (at >= 0 && k < nearness.Length - 1);
        nearness[k] = 0;
        return k;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
