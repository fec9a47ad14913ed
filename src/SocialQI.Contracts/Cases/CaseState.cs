using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.GrandRounds;

namespace SocialQI.Cases;

/// <summary>
/// A case as it stands after event <paramref name="Number"/>: what everybody who may follow it sees. Bounded: of the contributions only the last
/// <see cref="RecentMax"/> are here; older ones are read in pages, folded by the same function.
/// </summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="IsHallway">Whether it is still a hallway thread.</param>
/// <param name="Author">Who began it.</param>
/// <param name="Title">Its title; of a hallway thread, its line.</param>
/// <param name="Question">The one question it asks; none in a hallway thread.</param>
/// <param name="Condition">The condition it is about.</param>
/// <param name="ConditionFrom">The event that named the condition.</param>
/// <param name="Sections">The sections that have a text, in reading order.</param>
/// <param name="Visibility">Who may follow it; null while it is a draft.</param>
/// <param name="StageReason">What was learned, when closed; why, when opened again.</param>
/// <param name="Contributions">How many contributions and facts there ever were.</param>
/// <param name="Recent">The last of them, in order.</param>
public sealed record CaseState(
    long Number,
    CaseStage Stage,
    bool IsHallway,
    ClinicianId Author,
    Passage Title,
    Passage Question,
    Condition? Condition,
    long ConditionFrom,
    ImmutableArray<SectionShown> Sections,
    Visibility? Visibility,
    Passage StageReason,
    long Contributions,
    ImmutableArray<Contribution> Recent)
{
    /// <summary>How many contributions the state holds.</summary>
    public const int RecentMax = 200;

    /// <summary>How many contributions a page of older ones holds.</summary>
    public const int PageMax = 50;

    /// <summary>The longest title, and the longest line of a hallway thread.</summary>
    public const int TitleLengthMax = 160;

    /// <summary>The longest question.</summary>
    public const int QuestionLengthMax = 400;

    /// <summary>The longest lesson or reason.</summary>
    public const int ReasonLengthMax = 2_000;

    /// <summary>The most contributions a case can have.</summary>
    public const int ContributionsMax = 200_000;

    /// <summary>The most contributions that can wait hidden.</summary>
    public const int HiddenMax = 100;

    /// <summary>The most contributions one person can have reported that wait.</summary>
    public const int ReportsMax = 5;

    /// <summary>The most people that can be muted at once.</summary>
    public const int MutedMax = 100;

    /// <summary>How many times that somebody saw it in an emergency are kept.</summary>
    public const int GlassMax = 10;

    /// <summary>The most images a case can have, withdrawn ones too.</summary>
    public const int ImagesMax = 300;

    /// <summary>The contributions that wait hidden, also old ones; default when none does. They stand where they stood, without words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<HiddenContribution> Hidden { get; init; }

    /// <summary>Who may not write, until when; default when everybody may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Muting> Muted { get; init; }

    /// <summary>The last times that somebody saw it in an emergency, the oldest first; default when nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<GlassShown> Glass { get; init; }

    /// <summary>The ballots called here, in order; default when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<BallotShown> Ballots { get; init; }

    /// <summary>What the last sessions left without an answer, the oldest first; default when there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<QuestionsShown> Left { get; init; }

    /// <summary>What will be known of it; null where nothing is waited for.</summary>
    public OutcomeDue? Expected { get; init; }

    /// <summary>What came of it; null while that is not known.</summary>
    public OutcomeShown? Outcome { get; init; }

    /// <summary>What hidden contributions said, where this fold has seen it: it is never shown, and comes back when they are restored.</summary>
    internal ImmutableDictionary<long, Contribution> Aside { get; init; } = ImmutableDictionary<long, Contribution>.Empty;

    /// <summary>Before anything happened.</summary>
    public static readonly CaseState None =
        new(0, CaseStage.None, false, default, default, default, null, 0, [], null, default, 0, []);

    /// <summary>The case after this event.</summary>
    public CaseState After(Envelope happened) => CaseFold.After(this, happened);

    /// <summary>Without what hidden contributions said: for who may not have it even in memory.</summary>
    public CaseState LetGo() => Aside.IsEmpty ? this : this with { Aside = Aside.Clear() };

    /// <summary>The contribution's hiding; null while it is not hidden.</summary>
    public HiddenContribution? HidingOf(long number) => Hidden.OrEmpty().FirstOrDefault(h => h.Number == number);

    /// <summary>A recent contribution by its number; null when it is older or none.</summary>
    public Contribution? Find(long number) => IndexOf(number) is >= 0 and var i ? Recent[i] : null;

    internal int IndexOf(long number)
    {
        int low = 0, high = Recent.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var there = Recent[middle].Number;
            if (there == number)
            {
                return middle;
            }
            (low, high) = there < number ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }
}
