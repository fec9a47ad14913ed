using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.Client.Opinions;

/// <summary>The opinions that were asked on a case, among its ballots.</summary>
public static class OpinionsOf
{
    /// <summary>The last that were asked; null when none were.</summary>
    public static BallotShown? Last(CaseState state) => state.Ballots.OrEmpty().LastOrDefault(b => b.Terms.Kind == BallotKind.Differential);
}
