using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using SocialQI.Cases;

namespace SocialQI;

/// <summary>What came of a command: events, or the reason why there are none. No events and no refusal means that nothing had to change.</summary>
public sealed class Decision
{
    private Decision(Refusal? refusal, IReadOnlyList<TopicEvent> events) => (Refusal, Events) = (refusal, events);

    /// <summary>It is as the command wants it already.</summary>
    public static readonly Decision NothingToDo = new(null, []);

    public Refusal? Refusal { get; }

    public IReadOnlyList<TopicEvent> Events { get; }

    public static Decision Of(params IReadOnlyList<TopicEvent> events) => new(null, events);

    public static Decision No(Refusal refusal) => new(refusal, []);

    public static implicit operator Decision(TopicEvent happened) => Of(happened);

    [return: NotNullIfNotNull(nameof(refusal))]
    public static implicit operator Decision?(Refusal? refusal) => refusal is null ? null : No(refusal);
}

/// <summary>A command with what the gateway knows about who asks; never taken from the client.</summary>
/// <param name="Command">What is asked.</param>
/// <param name="Passport">Of who asks.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="KindAt">With <see cref="RedactText"/>: the kind of the event it names, read from the journal; null when there is none.</param>
/// <param name="Kept">Of the images it names, those that the topic keeps.</param>
public sealed record Attributed(Command Command, Passport Passport, Moment At, string? KindAt = null, IReadOnlyCollection<KeptImage>? Kept = null)
{
    /// <summary>To a ballot: the keys that open what it belongs to; default else.</summary>
    public ImmutableArray<string> OwnersAudience { get; init; }

    /// <summary>Of a planned session: when its time on the wall is; null where there is no such time or zone.</summary>
    public Moment? Begins { get; init; }

    /// <summary>How many are here for the institution acted for.</summary>
    public int PresentForMine { get; init; }

    /// <summary>Of the free texts that name a diagnosis: the concept each one stands for, as the terminology has it; null where nothing was looked up.</summary>
    public IReadOnlyDictionary<string, Condition>? Concepts { get; init; }

    public ClinicianId By => Passport.Person;

    /// <summary>The institution acted for; null when no affiliation holds.</summary>
    public InstitutionId? For => Passport.ActingAt(At);
}

/// <summary>Who may follow what: one question, asked at the door, for every page and list, and again whenever either side changes.</summary>
public static class Access
{
    /// <summary>Whether a person may follow a topic with this audience at this moment.</summary>
    public static bool MaySee(Passport passport, IReadOnlyCollection<string> audience, Moment at) =>
        passport.IsOperator || passport.KeysAt(at).Any(audience.Contains);

    /// <summary>Whether a person who may follow a topic may do so by an emergency alone: then they write nothing in it.</summary>
    public static bool SeesByGlassAlone(Passport passport, IReadOnlyCollection<string> audience, Moment at) =>
        !passport.Glass.OrEmpty().IsEmpty && !MaySee(passport with { Glass = default }, audience, at);

    /// <summary>Whether a person may read who did what at an institution: its privacy officers, and nobody else; neither its administrators nor the operator.</summary>
    public static bool MayReadAudit(Passport passport, InstitutionId institution, Moment at) =>
        passport.RoleAt(institution, at) == InstitutionRole.PrivacyOfficer;
}

/// <summary>The rules of a kind of topic: its state, how events fold into it, and what commands bring about. Everything is pure.</summary>
/// <typeparam name="TState">What is remembered between events: what is shown, and what only decisions need.</typeparam>
public interface ITopicRules<TState>
{
    /// <summary>The topic before anything happened.</summary>
    TState New(TopicId topic);

    /// <summary>The topic after an event.</summary>
    TState After(TState state, Envelope happened);

    /// <summary>Yes, no, or nothing to do.</summary>
    Decision Decide(TState state, Attributed asked);

    /// <summary>The number of the last event folded in.</summary>
    long NumberOf(TState state);

    /// <summary>The keys that open the topic; empty while it does not exist.</summary>
    IReadOnlyCollection<string> AudienceOf(TState state);

    /// <summary>The bytes of what everybody who may follow it sees.</summary>
    byte[] Show(TState state);

    /// <summary>The bytes of what one person sees of it whether or not they may follow it; null when it is nothing.</summary>
    byte[]? ShowOwn(TState state, Passport passport, ImmutableArray<string> ownersAudience, Moment at) => null;

    /// <summary>The bytes of a page of what is too long to be shown whole, after so many; null when there is no such thing.</summary>
    byte[]? ShowMore(TState state, int after) => null;

    /// <summary>The topic whose audience a decision needs; null: none.</summary>
    TopicId? OwnerOf(TState state) => null;

    /// <summary>What of it is told to who follows its owner, while it grows: sent at most every <see cref="Telling.Gathering"/>; null: nothing.</summary>
    byte[]? Tell(TState state) => null;

    /// <summary>Where it is kept who is here, once a minute; null while nobody asks.</summary>
    TopicId? KeepsPresenceIn(TState state) => null;

    /// <summary>Whether a person may point at what is shown.</summary>
    bool MayPoint(TState state, ClinicianId person) => false;

    /// <summary>Whether who writes may be shown as writing: not where somebody may be writing anonymously.</summary>
    bool ShowsTyping => true;

    /// <summary>Whether answers tell the numbers of events: not where these would tell how many others did something.</summary>
    bool TellsNumbers => true;

    /// <summary>The bytes of a snapshot. Another <see cref="Folding.Version"/> when the same history folds to something else.</summary>
    byte[] Freeze(TState state);

    /// <summary>The state of a snapshot's bytes.</summary>
    TState Thaw(TopicId topic, ReadOnlySpan<byte> frozen);
}

/// <summary>How often what grows is told.</summary>
public static class Telling
{
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
}

/// <summary>What snapshots are stamped with.</summary>
public static class Folding
{
    /// <summary>Grows whenever folding the same history gives another state: older snapshots are then not believed.</summary>
    public const int Version = 1;
}
