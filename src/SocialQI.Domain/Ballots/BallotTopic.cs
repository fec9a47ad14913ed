using System.Collections.Immutable;
using System.Globalization;
using SocialQI.Wire;

namespace SocialQI.Ballots;

/// <summary>A ballot as its grain remembers it.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Shown">What everybody sees who may see its owner, once it is closed.</param>
/// <param name="Entries">What each seat says now.</param>
/// <param name="Order">The seats in the order they first entered.</param>
/// <param name="Audience">The keys that open it: none while it is open.</param>
public sealed record BallotTopic(
    TopicId Topic, BallotState Shown, ImmutableDictionary<ClinicianId, SeatEntry> Entries, ImmutableList<ClinicianId> Order, ImmutableArray<string> Audience)
{
    internal IReadOnlyCollection<SeatEntry> InOrder => [.. Order.Select(seat => Entries[seat])];
}

/// <summary>Folds events into a ballot and keeps it between activations.</summary>
public sealed class BallotRules : ITopicRules<BallotTopic>
{
    /// <summary>Numbers would tell how many have entered.</summary>
    public bool TellsNumbers => false;

    public BallotTopic New(TopicId topic) => new(topic, BallotState.None, ImmutableDictionary<ClinicianId, SeatEntry>.Empty, [], []);

    public BallotTopic After(BallotTopic state, Envelope happened)
    {
        var audience = StoreRows.Of(state.Topic, happened).Audience;
        state = state with { Shown = state.Shown.After(happened), Audience = audience.IsDefault ? state.Audience : audience };
        return happened.Event is EntryCast cast ? Entered(state, new(happened.By, happened.For, cast.Discipline, happened.At, cast.Entry, cast.Record, cast.IsLate)) : state;
    }

    public Decision Decide(BallotTopic state, Attributed asked) => BallotDecider.Decide(state, asked);

    public long NumberOf(BallotTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(BallotTopic state) => state.Audience;

    public TopicId? OwnerOf(BallotTopic state) => state.Shown.Number > 0 ? state.Shown.Owner : null;

    public byte[] Show(BallotTopic state) => Json.Encode(NamesEntries(state) ? state.Shown with { Entries = Named(state, 0) } : state.Shown);

    public byte[]? ShowMore(BallotTopic state, int after)
    {
        if (!NamesEntries(state))
        {
            return null;
        }
        var goesOn = state.Order.Count - after > BallotState.EntriesShownMax;
        return Json.Encode(new Listed<EntryShown>(Named(state, after), goesOn ? (after + BallotState.EntriesShownMax).ToString(CultureInfo.InvariantCulture) : null));
    }

    public byte[]? ShowOwn(BallotTopic state, Passport passport, ImmutableArray<string> ownersAudience, Moment at) =>
        BallotDecider.RefuseSeat(state, passport, ownersAudience, at) is not null ? null
        : Json.Encode(new OwnBallot(
            state.Topic, state.Shown.Stage,
            state.Entries.GetValueOrDefault(passport.Person)?.Entry, state.Entries.GetValueOrDefault(passport.Person)?.At,
            state.Shown is { Stage: BallotStage.Open, Terms.IsSealed: false } ? Tallying.TallyOf(state.Shown.Terms, [.. state.Entries.Values]).WithoutTexts() : null));

    public byte[]? Tell(BallotTopic state) =>
        state.Shown is { Stage: BallotStage.Open, Terms.IsSealed: false } && !state.Entries.IsEmpty
            ? Json.Encode(new TopicSignal(state.Shown.Owner, Totals: new(state.Topic, Tallying.TallyOf(state.Shown.Terms, [.. state.Entries.Values]).WithoutTexts())))
            : null;

    public byte[] Freeze(BallotTopic state) => Frozen.Join<byte>(Json.Encode(state.Shown), Json.Encode(new FrozenBallot([.. state.InOrder], state.Audience)));

    public BallotTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen)
    {
        var kept = Json.Decode<FrozenBallot>(Frozen.Rows<byte>(frozen));
        return new(topic, Json.Decode<BallotState>(Frozen.Shown(frozen)), kept.Entries.ToImmutableDictionary(b => b.By), [.. kept.Entries.Select(b => b.By)], kept.Audience);
    }

    private static bool NamesEntries(BallotTopic state) => state.Shown is { Stage: BallotStage.Closed, Terms.IsNamed: true };

    private static ImmutableArray<EntryShown> Named(BallotTopic state, int after) =>
        [.. state.InOrder.Skip(after).Take(BallotState.EntriesShownMax).Select(e => new EntryShown(e.By, e.For, e.At, e.Entry, e.IsLate))];

    internal static BallotTopic Entered(BallotTopic state, SeatEntry entry) => state with
    {
        Entries = state.Entries.SetItem(entry.By, entry),
        Order = state.Entries.ContainsKey(entry.By) ? state.Order : state.Order.Add(entry.By),
    };
}
