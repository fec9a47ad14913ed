using SocialQI.Clinicians;
using SocialQI.Statistics;
using SocialQI.Statistics.Pooling;
using SocialQI.Statistics.Proportions;
using SocialQI.Statistics.Scoring;

namespace SocialQI.Client.Calibrating;

/// <summary>Forecasts that were about as sure.</summary>
/// <param name="From">The least chance that belongs here, in percent.</param>
/// <param name="Sure">The mean of the chances said, 0 to 1.</param>
/// <param name="Right">How often it was so, of how many, with its interval.</param>
public sealed record ReliabilityGroup(int From, double Sure, WilsonInterval Right);

/// <summary>How sure somebody was against how often they were right, ready to be drawn.</summary>
/// <param name="Groups">The groups that have forecasts, the least sure first: at most <see cref="GroupsMax"/>.</param>
/// <param name="Parts">Brier's score of the forecasts and what it is made of, by the same groups.</param>
/// <param name="Sure">The mean of all chances, 0 to 1.</param>
/// <param name="Right">How often all of it was so.</param>
public sealed record Reliability(IReadOnlyList<ReliabilityGroup> Groups, MurphyDecomposition Parts, double Sure, WilsonInterval Right)
{
    /// <summary>How many groups of equal width there are from 0 to 100 percent; 100 is in the last.</summary>
    public const int GroupsMax = 10;

    /// <summary>Below so many forecasts a group says little.</summary>
    public const int FewBelow = 10;

    private const int Width = 100 / GroupsMax;

    /// <summary>Null where too few cases are scored to say anything, and where no chance was ever given.</summary>
    public static Reliability? Of(Calibration calibration)
    {
        (double Chance, bool Happened)[] forecasts =
        [
            .. calibration.Chances.OrEmpty()
                .SelectMany(c => Enumerable.Repeat((c.Percent / 100.0, true), c.Right).Concat(Enumerable.Repeat((c.Percent / 100.0, false), c.Said - c.Right))).Take(Limits.ValuesMax),
        ];
        return calibration.Cases < VoteWeight.ScoredMin || MurphyDecomposition.InBins(forecasts, GroupsMax) is not { } parts
            ? null
            : new([.. calibration.Chances.GroupBy(c => Math.Min(GroupsMax - 1, c.Percent / Width)).OrderBy(g => g.Key).Select(g => Group(g.Key, [.. g]))], parts, Mean(calibration.Chances), Count(calibration.Chances));
    }

    private static ReliabilityGroup Group(int place, ChanceCount[] chances) => new(place * Width, Mean(chances), Count(chances));

    private static double Mean(IReadOnlyCollection<ChanceCount> chances) => chances.Sum(c => (double)c.Percent * c.Said) / chances.Sum(c => c.Said) / 100;

    private static WilsonInterval Count(IReadOnlyCollection<ChanceCount> chances) => WilsonInterval.Of(chances.Sum(c => c.Right), chances.Sum(c => c.Said))!;
}
