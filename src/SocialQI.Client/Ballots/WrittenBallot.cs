using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.Client.Ballots;

/// <summary>A ballot while it is being called: what stands in the fields.</summary>
public sealed class WrittenBallot
{
    public BallotKind Kind { get; set; }

    public string Question { get; set; } = "";

    /// <summary>One option a line.</summary>
    public string Options { get; set; } = "";

    public bool IsSealed { get; set; } = true;

    public bool AsksConfidence { get; set; }

    public bool IsNamed { get; set; }

    public int? ClosesAfter { get; set; }

    /// <summary>In how many minutes it closes by itself; null: not by time.</summary>
    public int? Minutes { get; set; }

    /// <summary>The first round, where this is the second.</summary>
    public TopicId? Before { get; private set; }

    public bool HasOptions => Kind != BallotKind.Text;

    /// <summary>Everything that others would read, by the name of its field.</summary>
    public IEnumerable<(string Field, string Text)> Texts => HasOptions ? [("question", Question), ("options", Options)] : [("question", Question)];

    /// <summary>What the first round asked, with the same options.</summary>
    public static WrittenBallot SecondRoundOf(BallotShown first) => new()
    {
        Kind = first.Terms.Kind,
        Question = first.Terms.Question,
        Options = string.Join('\n', first.Terms.Options.OrEmpty()),
        IsSealed = first.Terms.IsSealed,
        AsksConfidence = first.Terms.AsksConfidence,
        IsNamed = first.Terms.IsNamed,
        Before = first.Ballot,
    };

    public void TakeOut(Cases.Identifying.MarkedWord word) =>
        (Question, Options) = word.Field == "question" ? (word.TakenOutOf(Question), Options) : (Question, word.TakenOutOf(Options));

    public CallBallot Call(Guid key, Moment now, Attestation? attestation) => new(
        key,
        new(
            Kind,
            Question.ReplaceLineEndings(" ").Trim(),
            HasOptions ? [.. Options.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : default(ImmutableArray<string>),
            IsSealed,
            HasOptions && AsksConfidence,
            IsNamed,
            ClosesAfter: ClosesAfter,
            ClosesAt: Minutes is { } minutes ? now + TimeSpan.FromMinutes(minutes) : null,
            Before: Before),
        attestation);
}
