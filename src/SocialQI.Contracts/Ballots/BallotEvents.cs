using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Clinicians;

namespace SocialQI.Ballots;

/// <summary>A ballot was called here.</summary>
/// <param name="Ballot">Its name.</param>
/// <param name="Terms">What is asked, and how.</param>
/// <param name="Recused">Who may not enter: with opinions on a case, its author; in a panel, who takes no part in any statement.</param>
/// <param name="RecusedFrom">Who may not rate which options.</param>
public sealed record BallotCalled(
    TopicId Ballot, BallotTerms Terms,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Recused = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Recusal> RecusedFrom = default) : TopicEvent;

/// <summary>A ballot was ended here before its time.</summary>
public sealed record BallotEnded(TopicId Ballot, string Reason) : TopicEvent;

/// <summary>A ballot of this topic closed with this result.</summary>
public sealed record BallotResulted(TopicId Ballot, ClosingGround Ground, BallotResult Result) : TopicEvent;

/// <summary>The ballot takes entries.</summary>
/// <param name="Owner">What it belongs to.</param>
/// <param name="CalledBy">Who called it.</param>
/// <param name="Terms">What is asked, and how.</param>
/// <param name="Recused">Who may not enter, whoever else has a seat.</param>
/// <param name="RecusedFrom">Who may not rate which options.</param>
public sealed record BallotBegun(
    TopicId Owner, ClinicianId CalledBy, BallotTerms Terms,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Recused = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Recusal> RecusedFrom = default) : TopicEvent;

/// <summary>A seat entered, or revised its entry.</summary>
/// <param name="Entry">What it says now.</param>
/// <param name="Discipline">The specialty of who entered; null where none is known.</param>
/// <param name="Record">With <see cref="BallotKind.Differential"/>, how often they were right before; null where nothing is scored.</param>
/// <param name="IsLate">Whether it came after all were opened: then it is shown, and counted nowhere.</param>
public sealed record EntryCast(
    Entry Entry, string? Discipline, TrackRecord? Record = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsLate = false) : TopicEvent;

/// <summary>The ballot closed.</summary>
/// <param name="Ground">Why.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Audience">The keys that open it from now on: those of what it belongs to where entries are named, else none.</param>
public sealed record BallotClosed(ClosingGround Ground, BallotResult Result, ImmutableArray<string> Audience) : TopicEvent;

/// <summary>These keys open it from now on.</summary>
public sealed record BallotAdmitted(ImmutableArray<string> Audience) : TopicEvent;
