using System.Collections.Immutable;

namespace SocialQI.GrandRounds;

/// <summary>A session as its grain remembers it.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Shown">What everybody who may follow it sees.</param>
/// <param name="Askers">Who asked each question, also those that nobody is to know.</param>
/// <param name="Guests">Who asked anonymously, in the order they first did.</param>
/// <param name="Audience">The keys that open it.</param>
public sealed record RoundsTopic(
    TopicId Topic, RoundsState Shown, ImmutableDictionary<long, ClinicianId> Askers, ImmutableList<ClinicianId> Guests, ImmutableArray<string> Audience);

/// <summary>Folds events into a session and keeps it between activations.</summary>
public sealed class RoundsRules : ITopicRules<RoundsTopic>
{
    public RoundsTopic New(TopicId topic) => new(topic, RoundsState.None, ImmutableDictionary<long, ClinicianId>.Empty, [], []);

    public RoundsTopic After(RoundsTopic state, Envelope happened)
    {
        var audience = StoreRows.Of(state.Topic, happened).Audience;
        return state with
        {
            Shown = state.Shown.After(happened),
            Askers = happened.Event is QuestionAsked or AnonymousQuestionAsked ? state.Askers.SetItem(happened.N, happened.By) : state.Askers,
            Guests = happened.Event is AnonymousQuestionAsked && !state.Guests.Contains(happened.By) ? state.Guests.Add(happened.By) : state.Guests,
            Audience = audience.IsDefault ? state.Audience : audience,
        };
    }

    public Decision Decide(RoundsTopic state, Attributed asked) => RoundsDecider.Decide(state, asked);

    public long NumberOf(RoundsTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(RoundsTopic state) => state.Audience;

    public TopicId? KeepsPresenceIn(RoundsTopic state) => state.Shown.IsOn ? TopicId.AttendanceOf(state.Topic) : null;

    public bool ShowsTyping => false;

    public bool MayPoint(RoundsTopic state, ClinicianId person) => state.Shown.IsOn && (state.Shown.IsLedBy(person) || state.Shown.IsPresentedBy(person));

    public byte[] Show(RoundsTopic state) => Json.Encode(state.Shown);

    public byte[] Freeze(RoundsTopic state) => Frozen.Join<byte>(
        Show(state), Json.Encode(new FrozenRounds([.. state.Askers.OrderBy(a => a.Key).Select(a => new AskedBy(a.Key, a.Value))], [.. state.Guests], state.Audience)));

    public RoundsTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen)
    {
        var kept = Json.Decode<FrozenRounds>(Frozen.Rows<byte>(frozen));
        return new(topic, Json.Decode<RoundsState>(Frozen.Shown(frozen)), kept.Askers.ToImmutableDictionary(a => a.Number, a => a.By), [.. kept.Guests], kept.Audience);
    }
}

/// <summary>Folds events into a session's attendance and keeps it between activations.</summary>
public sealed class AttendanceRules : ITopicRules<AttendanceTopic>
{
    public AttendanceTopic New(TopicId topic) => new(topic, AttendanceState.None);

    public AttendanceTopic After(AttendanceTopic state, Envelope happened) => state with { Shown = state.Shown.After(happened) };

    public Decision Decide(AttendanceTopic state, Attributed asked) => asked.Command switch
    {
        not AttendanceCommand => Refusal.WrongKind,
        _ when !asked.Passport.IsOperator => Refusal.NotThere,
        KeepAttendance keep => state.Shown.Number > 0 && state.Shown.Moderators.SequenceEqual(keep.Moderators)
            ? Decision.NothingToDo
            : new AttendanceKept(keep.Rounds, keep.Moderators),
        _ when state.Shown.Number == 0 || state.Shown.IsOver => Decision.NothingToDo,
        NoteAttendance note => Note(state.Shown, note.Here.OrEmpty(), asked.At),
        SumAttendance => new AttendanceClosed(state.Shown.SumAt(asked.At)),
        _ => Refusal.WrongKind,
    };

    public long NumberOf(AttendanceTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(AttendanceTopic state) => [.. state.Shown.Moderators.Select(Audience.Person)];

    public byte[] Show(AttendanceTopic state) => Json.Encode(state.Shown);

    public byte[] Freeze(AttendanceTopic state) => Frozen.Join<byte>(Show(state), []);

    public AttendanceTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen) => new(topic, Json.Decode<AttendanceState>(Frozen.Shown(frozen)));

    // Told again what is so already, it says nothing.
    private static Decision Note(AttendanceState state, ImmutableArray<Attendee> here, Moment at)
    {
        var before = state.Attended.Where(a => a.Since is not null).Select(a => a.Who).ToHashSet();
        var now = here.Select(a => a.Who).ToHashSet();
        var came = here.Where(a => !before.Contains(a.Who)).DistinctBy(a => a.Who).Take(AttendanceState.AttendedMax - state.Attended.Length)
            .Select(a => a.Since > at ? a with { Since = null } : a).ToImmutableArray();
        var went = before.Where(w => !now.Contains(w)).ToImmutableArray();
        return came.IsEmpty && went.IsEmpty ? Decision.NothingToDo : new AttendanceNoted(came, went);
    }
}

/// <summary>A session's attendance as its grain remembers it.</summary>
public sealed record AttendanceTopic(TopicId Topic, AttendanceState Shown);
