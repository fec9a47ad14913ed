using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialQI.Wire;

/// <summary>The names a client and the hub call each other by. The hub is at <see cref="Path"/>, in SignalR's JSON protocol.</summary>
public static class RoundsProtocol
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hub/rounds";

    /// <summary>The largest message a client may send, in bytes.</summary>
    public const int MessageBytesMax = 32 * 1024;

    /// <summary>To the client: events of a topic, in order: <c>Events(topic, envelope[])</c>.</summary>
    public const string Events = nameof(Events);

    /// <summary>To the client: new heads of watched topics, at most once a second: <c>Heads(head[])</c>.</summary>
    public const string Heads = nameof(Heads);

    /// <summary>To the client: what is live and not history: <c>Signals(signal)</c>.</summary>
    public const string Signals = nameof(Signals);

    /// <summary>To the client: events were dropped for it; follow again from the last one it has, or open anew when it is far behind: <c>CatchUp(topic, head)</c>.</summary>
    public const string CatchUp = nameof(CatchUp);

    /// <summary>To the client: it may follow this topic no more, let go of what it shows: <c>Closed(topic)</c>.</summary>
    public const string Closed = nameof(Closed);

    /// <summary>How many events behind a client may follow on; further behind, it opens anew.</summary>
    public const int FollowBehindMax = 1_000;
}

/// <summary>The answer to Open: the topic as it stands.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Epoch">The store's epoch; when it is another than before, everything known of its topics is void.</param>
/// <param name="Number">The last event in <paramref name="State"/>; follow after it.</param>
/// <param name="State">A <see cref="Cases.CaseState"/>, <see cref="GrandRounds.RoundsState"/>, <see cref="Ballots.BallotState"/>, <see cref="GrandRounds.AttendanceState"/>, <see cref="Communities.CommunityState"/>, <see cref="Clinicians.ClinicianState"/> or <see cref="Institutions.InstitutionState"/>, by the topic's kind.</param>
/// <param name="Refusal">Why not; then the rest is empty.</param>
public sealed record OpenedTopic(TopicId Topic, string Epoch, long Number, JsonElement? State, Refusal? Refusal = null);

/// <summary>The answer to a command: the numbers of its events, or the reason why there are none.</summary>
/// <param name="First">The first event's number; the topic's head when the command changed nothing.</param>
/// <param name="Last">The last event's number.</param>
/// <param name="Refusal">Why it was not done.</param>
public sealed record Answer(long First, long Last, Refusal? Refusal = null)
{
    /// <summary>Whether it was done and changed nothing: there is no event of it. Known to the service only.</summary>
    [JsonIgnore]
    public bool IsUnchanged { get; init; }

    /// <summary>A refusal as an answer.</summary>
    public static Answer No(Refusal refusal) => new(0, 0, refusal);
}

/// <summary>Contributions before a number, as they stand now, in order.</summary>
/// <param name="Contributions">At most <see cref="Cases.CaseState.PageMax"/>.</param>
/// <param name="HasOlder">Whether there are more before them.</param>
/// <param name="Through">The history was read up to this event; later ones may have changed the page.</param>
/// <param name="Refusal">Why not.</param>
public sealed record Page(ImmutableArray<Cases.Contribution> Contributions, bool HasOlder, long Through, Refusal? Refusal = null);

/// <summary>How far a topic is.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Number">Its last event.</param>
/// <param name="Contributions">How many contributions it has; unread is a difference of these.</param>
public sealed record TopicHead(TopicId Topic, long Number, long Contributions);

/// <summary>What is live in a topic.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Here">Who is there, whole, each time it changes: at most <see cref="HereMax"/> people.</param>
/// <param name="Count">How many are there.</param>
/// <param name="Typing">Who is writing just now.</param>
/// <param name="Institutions">With more people than can be named: how many there are from each institution.</param>
/// <param name="Totals">What entries to a ballot that is not sealed come to so far.</param>
/// <param name="Pointing">Where on the stage somebody points.</param>
public sealed record TopicSignal(
    TopicId Topic,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Here = default,
    int? Count = null,
    ClinicianId? Typing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<PresenceAt> Institutions = default,
    BallotTotals? Totals = null,
    PointedAt? Pointing = null)
{
    /// <summary>Up to this many people are named.</summary>
    public const int HereMax = 50;
}

/// <summary>A point on the stage, in thousandths of its width and height from the upper left corner.</summary>
/// <param name="X">0 to <see cref="Max"/>.</param>
/// <param name="Y">0 to <see cref="Max"/>.</param>
public sealed record PointedAt(int X, int Y)
{
    /// <summary>The right or lower edge.</summary>
    public const int Max = 1_000;
}

/// <summary>What entries to a ballot come to so far, without texts and without groups.</summary>
public sealed record BallotTotals(TopicId Ballot, Ballots.Tally Tally);

/// <summary>A ballot as one of its voters sees it.</summary>
/// <param name="Ballot">Which.</param>
/// <param name="Stage">Whether entries are still taken.</param>
/// <param name="Entry">What they entered; null: nothing yet.</param>
/// <param name="At">When.</param>
/// <param name="Totals">What all entries come to so far, where that is shown.</param>
public sealed record OwnBallot(TopicId Ballot, Ballots.BallotStage Stage, Ballots.Entry? Entry, Moment? At, Ballots.Tally? Totals);

/// <summary>What somebody entered in a ballot, and when; their own eyes only.</summary>
public sealed record EntryBefore(Moment At, Ballots.Entry Entry);

/// <summary>How many people of an institution are there.</summary>
public sealed record PresenceAt(InstitutionId Institution, int Count);

/// <summary>What a client may signal.</summary>
[JsonConverter(typeof(KebabCase<SignalKind>))]
public enum SignalKind
{
    /// <summary>The sender is writing just now. It says nothing about an end: a client lets it fade.</summary>
    Typing,
}
