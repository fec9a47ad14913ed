using System.Collections.Immutable;

namespace SocialQI.Clinicians;

/// <summary>How often a chance was given, and how often what it was given for turned out to be so.</summary>
/// <param name="Percent">The chance, 0 to 100.</param>
/// <param name="Said">How often, above 0.</param>
/// <param name="Right">In how many of these it was so, 0 to <paramref name="Said"/>.</param>
public sealed record ChanceCount(int Percent, int Said, int Right);

/// <summary>
/// What came of somebody's opinions: shown to them alone. A case counts once its outcome is known, and once only: a revised outcome takes the place of the one before.
/// </summary>
/// <param name="Cases">How many of their opinions are scored.</param>
/// <param name="Right">In how many of these a diagnosis that was right stood among the first <see cref="PlacesMax"/>.</param>
/// <param name="Chances">The chances they gave for single diagnoses, by percent, each at most once. Empty where they never said how sure they were.</param>
public sealed record Calibration(int Cases, int Right, ImmutableArray<ChanceCount> Chances)
{
    /// <summary>How far down a differential the right diagnosis may stand: as for the pool's own answer.</summary>
    public const int PlacesMax = 3;

    /// <summary>The most opinions of one person that are scored; later ones are not.</summary>
    public const int CasesMax = 5_000;

    /// <summary>Before anything was scored.</summary>
    public static readonly Calibration None = new(0, 0, []);

    /// <summary>After a score took the place of the one before.</summary>
    public Calibration After(OpinionScored happened) => Count(happened.Before, -1).Count(happened.Score, 1);

    private Calibration Count(OpinionScore? score, int times) => score is null ? this : new(
        Cases + times,
        Right + (score.Right ? times : 0),
        score.Chances.OrEmpty().Aggregate(Chances, (all, chance) => Count(all, chance, times)));

    private static ImmutableArray<ChanceCount> Count(ImmutableArray<ChanceCount> all, ScoredChance chance, int times)
    {
        var there = all.FirstOrDefault(c => c.Percent == chance.Percent) ?? new(chance.Percent, 0, 0);
        var others = all.RemoveAll(c => c.Percent == chance.Percent);
        var now = there with { Said = there.Said + times, Right = there.Right + (chance.Right ? times : 0) };
        return now.Said == 0 ? others : others.Insert(others.Count(c => c.Percent < chance.Percent), now);
    }
}
