using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.GrandRounds;

/// <summary>A session was planned.</summary>
/// <param name="Plan">When, about what and for whom.</param>
/// <param name="At">When it begins, by the rules of its zone on the day it was planned.</param>
/// <param name="Planner">Who planned it, or the first of its series.</param>
/// <param name="Audience">The keys that open it.</param>
/// <param name="Repeat">That it is the first of a series.</param>
/// <param name="Series">The first of the series it belongs to.</param>
public sealed record RoundsPlanned(RoundsPlan Plan, Moment At, ClinicianId Planner, ImmutableArray<string> Audience, Repeat? Repeat = null, TopicId? Series = null) : TopicEvent;

/// <summary>It was planned anew.</summary>
public sealed record RoundsRevised(RoundsPlan Plan, Moment At, ImmutableArray<string> Audience) : TopicEvent;

/// <summary>It will not be.</summary>
public sealed record RoundsCancelled(string Reason) : TopicEvent;

/// <summary>People come in.</summary>
/// <param name="Votes">The ballot by which questions are voted on.</param>
public sealed record LobbyOpened(TopicId Votes) : TopicEvent;

/// <summary>It is presented from now on.</summary>
public sealed record WentLive : TopicEvent;

/// <summary>It is discussed from now on.</summary>
public sealed record DiscussionOpened : TopicEvent;

/// <summary>It is over.</summary>
public sealed record RoundsClosed : TopicEvent;

/// <summary>This is on stage from now on.</summary>
public sealed record StageMoved(StageView View) : TopicEvent;

/// <summary>The recording is there, or nowhere any more.</summary>
public sealed record RecordingLinked(string? Address) : TopicEvent;

/// <summary>Somebody asked by name.</summary>
public sealed record QuestionAsked(string Text) : TopicEvent;

/// <summary>Somebody asked who is not to be known: the header leaves the journal without who and for whom.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Guest">The same number for all that they ask so in this session.</param>
/// <param name="From">Their institution, where enough of it were present.</param>
public sealed record AnonymousQuestionAsked(string Text, int Guest, InstitutionId? From) : TopicEvent;

/// <summary>Who asked by name took it back.</summary>
public sealed record QuestionWithdrawn(long Number) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>Who asked anonymously took it back: the header leaves the journal without who and for whom.</summary>
public sealed record AnonymousQuestionWithdrawn(long Number) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>It is being answered just now; one that was before is not any more.</summary>
public sealed record QuestionTaken(long Number) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>It was answered: aloud where there is no text.</summary>
public sealed record QuestionAnswered(long Number, string? Text) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>It is not answered.</summary>
public sealed record QuestionDismissed(long Number, string Reason) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>It asks what another one asks.</summary>
public sealed record QuestionMerged(long Number, long Into) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>This was decided.</summary>
public sealed record DecisionRecorded(string Text) : TopicEvent;

/// <summary>This is to be done.</summary>
public sealed record ActionRecorded(string Text, ClinicianId Owner, Moment Due) : TopicEvent;

/// <summary>It was done, or will not be.</summary>
public sealed record ActionSettled(long Number, string Outcome) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>It is late.</summary>
public sealed record ActionOverdue(long Number, ClinicianId Owner) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>A session in which this case was presented left these questions without an answer.</summary>
public sealed record QuestionsLeft(TopicId Rounds, ImmutableArray<LeftQuestion> Questions) : TopicEvent;

/// <summary>So many came.</summary>
public sealed record AttendanceSummed(AttendanceSum Sum) : TopicEvent;
