using System.Collections.Immutable;
using SocialQI.Ballots;

namespace SocialQI.Client.Ballots;

/// <summary>What an option came to, as it is drawn.</summary>
/// <param name="Option">Which, from 0.</param>
/// <param name="Percent">Of all entries, how many chose it; ranked it first; or, of those who rated it, gave 7 to 9.</param>
/// <param name="Count">How many that are.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Before">What <paramref name="Percent"/> was in the first round; null where there was none.</param>
/// <param name="Median">With a scale, the middle rating; else null.</param>
/// <param name="Confidence">The mean confidence in percent; null where nobody said one.</param>
public sealed record Share(int Option, double Percent, int Count, int Of, double? Before, double? Median, double? Confidence)
{
    /// <summary>How many points more or fewer than before, as the rounded shares show it.</summary>
    public int? Shift => Before is { } before ? (int)(Math.Round(Percent) - Math.Round(before)) : null;
}

/// <summary>Turns counts into what is drawn.</summary>
public static class Shares
{
    /// <summary>From this rating on somebody agrees.</summary>
    public const int AgreesFrom = 7;

    public static ImmutableArray<Share> Of(BallotTerms terms, Tally tally, Tally? before = null) =>
        [.. tally.Options.Select(o => new Share(o.Option, Percent(terms, tally, o), Count(terms, o), All(terms, tally, o), Of(terms, before, o.Option), terms.Kind == BallotKind.Scale ? Median(o.Values) : null, o.Confidence))];

    /// <summary>The middle of ratings, of which <paramref name="values"/> says how many gave 1, 2 …; null when there are none.</summary>
    public static double? Median(ImmutableArray<int> values)
    {
        var all = values.OrEmpty().SelectMany((count, index) => Enumerable.Repeat(index + BallotTerms.ScaleMin, count)).ToList();
        return all.Count == 0 ? null : (all[(all.Count - 1) / 2] + all[all.Count / 2]) / 2.0;
    }

    private static double? Of(BallotTerms terms, Tally? tally, int option) =>
        tally?.Options.FirstOrDefault(o => o.Option == option) is { } there ? Percent(terms, tally, there) : null;

    private static double Percent(BallotTerms terms, Tally tally, OptionTally option) =>
        All(terms, tally, option) is > 0 and var all ? 100.0 * Count(terms, option) / all : 0;

    private static int All(BallotTerms terms, Tally tally, OptionTally option) => terms.Kind == BallotKind.Scale ? option.Count : tally.Entered;

    private static int Count(BallotTerms terms, OptionTally option) => terms.Kind switch
    {
        BallotKind.Scale => option.Values.OrEmpty().Skip(AgreesFrom - BallotTerms.ScaleMin).Sum(),
        BallotKind.Ranked => option.Values.OrEmpty().FirstOrDefault(),
        _ => option.Count,
    };
}
