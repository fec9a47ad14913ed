using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Statistics.Appropriateness;
using SocialQI.Statistics.Delphi;
using SocialQI.Statistics.Samples;

namespace SocialQI.Panels;

/// <summary>What a round's ratings say, from how many gave which rating: nobody's own is needed.</summary>
public static class PanelCounting
{
    // Tenths have no exact double; what is kept says what was meant.
    private const int Digits = 6;

    /// <summary>What the open round came to, with this tally of its ballot.</summary>
    public static ImmutableArray<StatementResult> Of(PanelState state, Tally tally) =>
        [.. state.OpenRound!.Asked.Select((statement, option) => Of(state, statement, Ratings(tally.Options[option].Values)))];

    /// <summary>Whether the rounds of ratings end with one that came to this; null when they do not.</summary>
    public static PanelEnd? Ends(PanelState state, ImmutableArray<StatementResult> statements)
    {
        var rule = state.Plan!.Rule;
        return statements.All(s => s.Raters >= PanelPlan.SeatsMin && IsMet(rule.StopsWhen, s)) ? PanelEnd.RuleMet
            : state.RatingRounds.Count() >= rule.Rounds ? PanelEnd.RoundsUsedUp
            : null;
    }

    private static bool IsMet(PanelStop stop, StatementResult result) => stop switch
    {
        PanelStop.NoDisagreement => result.Assessed is { HasDisagreement: false },
        PanelStop.Consensus => result.Consensus != ConsensusSide.None,
        _ => result.Consensus != ConsensusSide.None || result.Moved is { IsStable: true },
    };

    private static StatementResult Of(PanelState state, int statement, int[] ratings)
    {
        var assessed = IprasRule.Assess(ratings, state.Plan!.Rule.Percentiles == PercentilePlace.Type7 ? PercentileType.Type7 : PercentileType.Type6);
        var counted = ratings.Length < PanelPlan.CountedFrom ? null : CountRule.Assess(ratings);
        var item = DelphiItem.Of(ratings, Before(state, statement), DelphiRule.Comet);
        return new(
            statement, ratings.Length, assessed is null ? null : Shown(assessed),
            counted is null ? null : (CountedView)counted.View,
            (ConsensusSide)item.Consensus,
            item.Moved is null ? null : new Movement(Rounded(item.CvChange), Rounded(item.Moved), item.IsStable),
            state.OpenRound!.IsNecessity ? Panel.IsNecessary(AppropriatenessClass.Appropriate, assessed) : null);
    }

    // Of a statement that somebody has since stepped aside from, the round before was another panel's. Without their rating its numbers would tell what they had rated.
    private static int[]? Before(PanelState state, int statement) =>
        !state.OpenRound!.IsNecessity && state.Rounds.Length > 1 && state.Rounds[^2] is var before
        && !state.Recusals.Any(r => r.Number > before.Number && r.Statements.Contains(statement))
            ? Ratings(before.RatingsOf(statement))
            : null;

    private static int[] Ratings(ImmutableArray<int> counts) =>
        [.. counts.SelectMany((count, place) => Enumerable.Repeat(place + BallotTerms.ScaleMin, count))];

    private static Assessed Shown(IprasAssessment it) => new(
        it.Median, Rounded(it.Low)!.Value, Rounded(it.High)!.Value, Rounded(it.Range)!.Value, Rounded(it.Ipras)!.Value, Rounded(it.DisagreementIndex)!.Value,
        it.HasDisagreement, (Verdict)it.Class);

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, Digits) : null;
}
