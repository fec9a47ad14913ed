using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Clinicians;

/// <summary>A chance that was given for a diagnosis, and whether that was right.</summary>
/// <param name="Percent">The chance, 0 to 100.</param>
/// <param name="Right">Whether the diagnosis was right.</param>
public sealed record ScoredChance(int Percent, bool Right);

/// <summary>What an opinion was worth.</summary>
/// <param name="Right">Whether a right diagnosis stood among its first <see cref="Calibration.PlacesMax"/>.</param>
/// <param name="Chances">The chances it gave; default where it gave none.</param>
public sealed record OpinionScore(bool Right, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ScoredChance> Chances = default);

/// <summary>How often somebody was right: by this their opinion weighs in a pool, from ten cases on.</summary>
/// <param name="Right">In how many cases.</param>
/// <param name="Cases">Of how many with an outcome.</param>
public sealed record TrackRecord(int Right, int Cases);

/// <summary>Score an opinion of the person by a case's outcome; null: it is not scored any more. The service's own command.</summary>
/// <param name="Ballot">To which the opinion was given.</param>
/// <param name="Outcome">The number of the case's event that told the outcome: what an older one said changes nothing.</param>
/// <param name="Score">What it was worth.</param>
public sealed record ScoreOpinion(TopicId Ballot, long Outcome, OpinionScore? Score) : ClinicianCommand;

/// <summary>An opinion of the person was scored.</summary>
/// <param name="Ballot">To which it was given.</param>
/// <param name="Outcome">The number of the case's event that told the outcome.</param>
/// <param name="Score">What it was worth; null: it is not scored any more.</param>
/// <param name="Before">The score that this one takes the place of.</param>
/// <param name="Record">The record after it.</param>
public sealed record OpinionScored(TopicId Ballot, long Outcome, OpinionScore? Score, OpinionScore? Before, TrackRecord Record) : TopicEvent;

/// <summary>An opinion that is scored, as a snapshot keeps it.</summary>
public sealed record ScoredOpinion(TopicId Ballot, long Outcome, OpinionScore? Score);

/// <summary>What a clinician's snapshot keeps beside their state.</summary>
public sealed record FrozenScores(ImmutableArray<ScoredOpinion> Scored);
