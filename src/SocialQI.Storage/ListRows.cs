using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Storage;

/// <summary>The lists that can be made again from the journal, by the names an operator calls them.</summary>
public static class ListNames
{
    /// <summary>Cases, sessions, panels, communities, institutions, people, and what they follow; also the name of their reader of the tail.</summary>
    public const string Lists = "lists";

    /// <summary>The texts that can be found; also the name of their reader of the tail.</summary>
    public const string Search = "search";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Lists, Search];
}

/// <summary>Who reads a list.</summary>
/// <param name="Person">The person.</param>
/// <param name="Keys">What they hold now: a topic is theirs to see when one of these opens it.</param>
public sealed record Reader(ClinicianId Person, IReadOnlyCollection<string> Keys)
{
    /// <summary>Whether they belong to any hospital: only then people and communities are theirs to see.</summary>
    public bool IsInNetwork => Keys.Contains(Audience.Network);
}

/// <summary>Which page of a list.</summary>
/// <param name="After">The place that the page before named; null for the first.</param>
/// <param name="Take">How many lines at most.</param>
/// <param name="Skip">So many lines are left out.</param>
public sealed record PageAsked(string? After = null, int Take = 50, int Skip = 0);

/// <summary>Which lines others are put in place of.</summary>
/// <param name="Reader">The reader of the tail whose lines they are.</param>
/// <param name="Position">Where it stood when the journal was read.</param>
/// <param name="Topics">Whose lines.</param>
/// <param name="Keep">False: they are only compared, and stay as they are.</param>
public sealed record Replacing(string Reader, long Position, IReadOnlyList<TopicId> Topics, bool Keep = true);

/// <summary>What it came to.</summary>
/// <param name="IsLate">The reader of the tail has gone on from there, or one of the topics that is only compared has: nothing was done.</param>
/// <param name="Others">Topics that were only compared and would have other lines.</param>
public sealed record Replaced(bool IsLate, IReadOnlyList<TopicId> Others)
{
    /// <summary>What was read is old, and may be so.</summary>
    public static Replaced Late { get; } = new(true, []);

    /// <summary>It is done, or would change nothing.</summary>
    public static Replaced Done { get; } = new(false, []);
}

/// <summary>How far the making again of a list has come.</summary>
/// <param name="After">The last topic that is done.</param>
/// <param name="Done">How many are.</param>
/// <param name="Total">How many there were when it began.</param>
/// <param name="Through">The journal's position then: a topic that began later has its lines from the reader of the tail.</param>
public sealed record Remaking(string After, long Done, long Total, long Through);

/// <summary>Which of a topic's texts are put anew: its own, or those of its contributions from a number on and before another.</summary>
public readonly record struct SearchSpan(long First, long Before)
{
    /// <summary>Its own.</summary>
    public static readonly SearchSpan Own = new(0, 0);

    /// <summary>Whether it is its own.</summary>
    public bool IsOwn => Before == 0;
}

/// <summary>Lines for the lists, read from the tail.</summary>
public sealed record ListRows(
    IReadOnlyList<CaseRow> Cases, IReadOnlyList<OutcomeRow> Outcomes, IReadOnlyList<CommunityRow> Communities, IReadOnlyList<InstitutionLine> Institutions, IReadOnlyList<PersonRow> People,
    IReadOnlyList<FollowRow> Follows, IReadOnlyList<RoundsRow> Rounds, IReadOnlyList<PanelRow> Panels)
{
    /// <summary>None.</summary>
    public static readonly ListRows None = new([], [], [], [], [], [], [], []);
}

/// <summary>A case's line; nulls leave what was there.</summary>
public sealed record CaseRow(TopicId Topic, Moment Moved, ClinicianId? Author, CaseWords? Words, CaseStage? Stage, bool? IsHallway, LastSaid? Last = null);

/// <summary>What a case's line says: always written together, so that a condition can also go away.</summary>
public sealed record CaseWords(string Title, string Question, Condition? Condition);

/// <summary>The outcome that a case waits for; without a time it waits for none.</summary>
public sealed record OutcomeRow(TopicId Topic, Moment? Due, ClinicianId Who);

/// <summary>A community's line.</summary>
public sealed record CommunityRow(CommunityId Community, string Name, string Purpose);

/// <summary>A person's line.</summary>
public sealed record PersonRow(ClinicianId Person, string Name, string Specialty, Clinicians.Grade Grade, long Version);

/// <summary>Whether a person follows a topic.</summary>
public sealed record FollowRow(ClinicianId Person, TopicId Topic, bool On);
