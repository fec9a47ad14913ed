using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Clinicians;

namespace SocialQI.Ballots;

/// <summary>An entry as it is shown once the ballot is closed, where entries are named.</summary>
/// <param name="By">Whose it is.</param>
/// <param name="For">The institution they acted for.</param>
/// <param name="At">When they said so last.</param>
/// <param name="Entry">What they said.</param>
/// <param name="IsLate">Whether they had seen the others' before: then it is counted nowhere.</param>
public sealed record EntryShown(
    ClinicianId By, InstitutionId? For, Moment At, Entry Entry, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsLate = false);

/// <summary>What one seat says, with what it is grouped and weighed by.</summary>
public sealed record SeatEntry(
    ClinicianId By, InstitutionId? For, string? Discipline, Moment At, Entry Entry, TrackRecord? Record = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsLate = false);

/// <summary>What a ballot's snapshot keeps beside its state.</summary>
public sealed record FrozenBallot(ImmutableArray<SeatEntry> Entries, ImmutableArray<string> Audience);

/// <summary>A closed ballot as everybody sees it who may see what it belongs to. An open one is shown to nobody.</summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Owner">What it belongs to.</param>
/// <param name="Terms">What was asked, and how; null when there is no ballot.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Ground">Why it closed.</param>
/// <param name="Result">What it came to.</param>
public sealed record BallotState(long Number, TopicId Owner, BallotTerms? Terms, BallotStage Stage, ClosingGround? Ground = null, BallotResult? Result = null)
{
    /// <summary>How many named entries the state shows, and a page of them.</summary>
    public const int EntriesShownMax = 200;

    /// <summary>With named entries, those of the first seats, in the order they first entered; default else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<EntryShown> Entries { get; init; }

    /// <summary>Who may not enter, whoever else has a seat; default where there is nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<ClinicianId> Recused { get; init; }

    /// <summary>Who may not rate which options; default where nobody is recused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Recusal> RecusedFrom { get; init; }

    /// <summary>Before anything happened.</summary>
    public static readonly BallotState None = new(0, default, null, BallotStage.None);

    /// <summary>The ballot after this event. Entries are not folded here, but for late ones: while it is open they are nobody's to see.</summary>
    public BallotState After(Envelope happened)
    {
        var next = this with { Number = happened.N };
        return happened.Event switch
        {
            BallotBegun it => next with { Owner = it.Owner, Terms = it.Terms, Stage = BallotStage.Open, Recused = it.Recused, RecusedFrom = it.RecusedFrom },
            EntryCast { IsLate: true } it when Terms is { IsNamed: true } => next with { Entries = With(new(happened.By, happened.For, happened.At, it.Entry, true)) },
            BallotClosed it => next with { Stage = BallotStage.Closed, Ground = it.Ground, Result = it.Result },
            _ => next,
        };
    }

    private ImmutableArray<EntryShown> With(EntryShown late)
    {
        var shown = Entries.OrEmpty();
        var there = shown.FirstOrDefault(e => e.By == late.By);
        return there is not null ? shown.Replace(there, late) : shown.Length < EntriesShownMax ? shown.Add(late) : shown;
    }
}
