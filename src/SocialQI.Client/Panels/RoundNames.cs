using Microsoft.Extensions.Localization;
using SocialQI.Panels;

namespace SocialQI.Client.Panels;

/// <summary>What a panel's rounds are called.</summary>
public sealed class RoundNames(IStringLocalizer<RoundNames> texts)
{
    /// <summary>The last round of ratings that has closed; null before there is one.</summary>
    public static PanelRound? LastOf(PanelState state) => state.RatingRounds.LastOrDefault(r => r.Closed is not null);

    public string Of(PanelState state, PanelRound? round) =>
        round is null ? "" : round.IsNecessity ? texts["Necessity"] : texts["Round", state.RatingRounds.TakeWhile(r => r != round).Count() + 1];
}
