using System.Collections.Immutable;

namespace SocialQI.Ballots;

/// <summary>A ballot was called here.</summary>
public sealed record BallotCalled(TopicId Ballot, BallotTerms Terms) : TopicEvent;

/// <summary>A ballot was ended here before its time.</summary>
public sealed record BallotEnded(TopicId Ballot, string Reason) : TopicEvent;

/// <summary>A ballot of this topic closed with this result.</summary>
public sealed record BallotResulted(TopicId Ballot, ClosingGround Ground, BallotResult Result) : TopicEvent;

/// <summary>The ballot takes entries.</summary>
public sealed record BallotBegun(TopicId Owner, ClinicianId CalledBy, BallotTerms Terms) : TopicEvent;

/// <summary>A seat entered, or revised its entry.</summary>
/// <param name="Entry">What it says now.</param>
/// <param name="Discipline">The specialty of who entered; null where none is known.</param>
public sealed record EntryCast(Entry Entry, string? Discipline) : TopicEvent;

/// <summary>The ballot closed.</summary>
/// <param name="Ground">Why.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Audience">The keys that open it from now on: those of what it belongs to where entries are named, else none.</param>
public sealed record BallotClosed(ClosingGround Ground, BallotResult Result, ImmutableArray<string> Audience) : TopicEvent;

/// <summary>These keys open it from now on.</summary>
public sealed record BallotAdmitted(ImmutableArray<string> Audience) : TopicEvent;
