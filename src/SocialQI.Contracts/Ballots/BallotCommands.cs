using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Cases;

namespace SocialQI.Ballots;

/// <summary>A command to whatever ballots can belong to.</summary>
public abstract record OwnerCommand : Command;

/// <summary>Call a ballot. It takes entries as soon as it is there, most often within half a second.</summary>
/// <param name="Key">The last part of its name, made by who calls it.</param>
/// <param name="Terms">What is asked, and how.</param>
/// <param name="Attestation">Where words are marked; see <see cref="Cases.Attestation"/>.</param>
public sealed record CallBallot(Guid Key, BallotTerms Terms, Attestation? Attestation = null) : OwnerCommand, IAttested;

/// <summary>End a ballot before its time, with a reason that everybody reads.</summary>
public sealed record EndBallot(TopicId Ballot, string Reason) : OwnerCommand;

/// <summary>A ballot is closed: this came of it. The service's own command.</summary>
public sealed record NoteResult(TopicId Ballot, ClosingGround Ground, BallotResult Result) : OwnerCommand;

/// <summary>Begin to take entries. The service's own command.</summary>
/// <param name="Owner">What it belongs to.</param>
/// <param name="CalledBy">Who called it.</param>
/// <param name="Terms">What is asked, and how.</param>
/// <param name="Recused">Who may not enter, whoever else has a seat.</param>
/// <param name="RecusedFrom">Who may not rate which options.</param>
public sealed record BeginBallot(
    TopicId Owner, ClinicianId CalledBy, BallotTerms Terms,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Recused = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Recusal> RecusedFrom = default) : BallotCommand;

/// <summary>Enter, or put this in place of what the seat entered before. The answer says only whether it was taken.</summary>
public sealed record CastEntry(Entry Entry, Attestation? Attestation = null) : BallotCommand, IAttested;

/// <summary>Close and tell the result. The service's own command.</summary>
public sealed record CloseBallot(ClosingGround Ground) : BallotCommand;

/// <summary>Who may see what it belongs to has changed, and so who may see it once it is closed. The service's own command.</summary>
public sealed record AdmitToBallot : BallotCommand;
