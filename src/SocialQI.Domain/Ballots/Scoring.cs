using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Clinicians;

namespace SocialQI.Ballots;

/// <summary>Scores opinions by what came of the case.</summary>
public static class Scoring
{
    /// <summary>What each seat's opinion was worth, by person; null where the outcome establishes no diagnosis. Late ones are not scored.</summary>
    public static IEnumerable<(ClinicianId By, OpinionScore? Score)> Of(BallotTopic ballot, Outcome outcome) =>
        ballot.InOrder.Where(seat => !seat.IsLate).Select(seat => (seat.By, outcome.Right.OrEmpty().IsEmpty ? null : Of(seat.Entry.Opinion!, outcome)));

    private static OpinionScore Of(Opinion opinion, Outcome outcome)
    {
        ImmutableArray<ScoredChance> chances =
            [.. opinion.Differential.Where(d => d.Confidence is not null).Select(d => new ScoredChance(d.Confidence!.Value, outcome.Confirms(d.Of)))];
        return new(opinion.Differential.Take(Calibration.PlacesMax).Any(d => outcome.Confirms(d.Of)), chances.IsEmpty ? default : chances);
    }
}
