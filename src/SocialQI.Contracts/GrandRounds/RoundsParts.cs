using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.GrandRounds;

/// <summary>What is on stage.</summary>
/// <param name="Item">Which part of the agenda, from 0.</param>
/// <param name="Section">Of its case, this section; null: none.</param>
/// <param name="Image">Of its case, this image; null: none.</param>
/// <param name="Contribution">Of its case, the contribution with this number; null: none.</param>
public sealed record StageView(int Item, SectionKind? Section = null, ImageHash? Image = null, long? Contribution = null);

/// <summary>What became of a question.</summary>
[JsonConverter(typeof(KebabCase<QuestionStage>))]
public enum QuestionStage
{
    /// <summary>It waits.</summary>
    Waiting,

    /// <summary>It is being answered just now.</summary>
    Taken,

    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>It is another one in other words.</summary>
    Merged,

    /// <summary>It is not answered, for a reason.</summary>
    Dismissed,

    /// <summary>Who asked took it back.</summary>
    Withdrawn,
}

/// <summary>A question as it stands now.</summary>
/// <param name="Number">The event that asked it.</param>
/// <param name="At">When.</param>
/// <param name="By">Who asked; null where nobody is to know.</param>
/// <param name="Guest">Of an anonymous asker: the same number for all their questions of this session; null where it is known who asked.</param>
/// <param name="From">The institution; of an anonymous asker only where at least <see cref="GroupTally.EnteredMin"/> of it were present.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Item">Which part of the agenda was on stage, from 0; null: none.</param>
/// <param name="Stage">What became of it.</param>
/// <param name="Into">Merged into this one.</param>
/// <param name="Said">The answer in writing, or the reason why there is none; default where it was answered live.</param>
public sealed record QuestionShown(
    long Number, Moment At, ClinicianId? By, int? Guest, InstitutionId? From, Passage Text, int? Item = null,
    QuestionStage Stage = QuestionStage.Waiting, long? Into = null, Passage Said = default)
{
    /// <summary>The longest question.</summary>
    public const int TextLengthMax = 400;

    /// <summary>The longest answer in writing.</summary>
    public const int AnswerLengthMax = 2_000;

    /// <summary>The longest reason for dismissing one.</summary>
    public const int ReasonLengthMax = 400;
}

/// <summary>Something decided.</summary>
public sealed record DecisionShown(long Number, Moment At, Passage Text, int? Item);

/// <summary>Something somebody is to do.</summary>
/// <param name="Number">The event that recorded it.</param>
/// <param name="Text">What.</param>
/// <param name="Owner">Who.</param>
/// <param name="Due">Until when.</param>
/// <param name="Item">Which part of the agenda it comes from, from 0; null: none.</param>
/// <param name="IsOverdue">Whether its owner was told that it is late.</param>
/// <param name="Outcome">What became of it; default while it is to be done.</param>
public sealed record ActionShown(long Number, Passage Text, ClinicianId Owner, Moment Due, int? Item, bool IsOverdue = false, Passage Outcome = default);

/// <summary>How many came, in all and from where.</summary>
/// <param name="Count">In all.</param>
/// <param name="Minutes">Minutes attended, of all together.</param>
/// <param name="Institutions">How many of each institution from which at least <see cref="GroupTally.EnteredMin"/> came.</param>
public sealed record AttendanceSum(int Count, int Minutes, ImmutableArray<InstitutionCount> Institutions);

/// <summary>How many of an institution.</summary>
public sealed record InstitutionCount(InstitutionId Institution, int Count);

/// <summary>Who asked a question.</summary>
public sealed record AskedBy(long Number, ClinicianId By);

/// <summary>What a session's snapshot keeps beside its state.</summary>
public sealed record FrozenRounds(ImmutableArray<AskedBy> Askers, ImmutableArray<ClinicianId> Guests, ImmutableArray<string> Audience);

/// <summary>When a stage began.</summary>
public sealed record StageBegun(RoundsStage Stage, Moment At);
