using System.Collections.Immutable;
using System.Security.Cryptography;
using SocialQI.Grains.FanOut;
using SocialQI.Storage;

namespace SocialQI.Grains.Topics;

/// <summary>A command that waits for its commit.</summary>
internal sealed class Waiting(Guid id, byte[] encoded, Command command, Passport passport, Moment at)
{
    /// <summary>How many wait for one topic; one more is told that it is busy.</summary>
    public const int Max = 1_000;

    private readonly TaskCompletionSource<Answered> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Id { get; } = id;

    public Command Command { get; } = command;

    public Passport Passport { get; } = passport;

    public Moment At { get; } = at;

    /// <summary>SHA-256 of the command as encoded here, whatever the client's spacing was.</summary>
    public byte[] Digest { get; } = SHA256.HashData(encoded);

    public Task<Answered> Answer => answer.Task;

    public void Reply(Answered answered) => answer.TrySetResult(answered);

    public Answered Repeated(DoneCommand done) =>
        done.Digest is null || done.Digest.AsSpan().SequenceEqual(Digest) ? Answered.Yes(done.First, done.Last) : Answered.No(Refusal.CommandIdReused);
}

/// <summary>
/// What a topic would become if the commands decided so far were committed: its state, the events to append, the answers to give. Nothing of it is
/// shown, answered or sent before the commit.
/// </summary>
internal sealed class Proposal<TState>(TopicId topic, ITopicRules<TState> rules, TState state, byte[] hash, Moment last)
{
    private readonly List<NewEvent> events = [];
    private readonly List<DoneCommand> commands = [];
    private readonly List<(Waiting Waiting, Answered Answer)> answers = [];
    private readonly long expected = rules.NumberOf(state);
    private bool wasDecided;

    public TState State { get; private set; } = state;

    public byte[] Hash { get; private set; } = hash;

    public Moment Last { get; private set; } = last;

    public bool IsEmpty => events.Count == 0;

    public IReadOnlyList<DoneCommand> Commands => commands;

    public Append Append => new(topic, expected, commands, events);

    /// <summary>Decides a command on the state as it would be; null when it brought events, else what to answer.</summary>
    public Answered? Decide(Waiting waiting, Facts facts, ImmutableArray<string> ownersAudience)
    {
        // The clock may stand still or go back; within a topic time does not.
        var at = waiting.At > Last ? waiting.At : new Moment(Last.Micros + 1);
        wasDecided = true;
        var decision = rules.Decide(State, new Attributed(waiting.Command, waiting.Passport, at, facts.KindAt, facts.Kept)
        {
            OwnersAudience = ownersAudience,
            Begins = facts.Begins,
            PresentForMine = facts.Present,
            Concepts = facts.Concepts,
        });
        if (decision.Refusal is { } refusal)
        {
            return Answered.No(refusal);
        }
        if (decision.Events.Count == 0)
        {
            return Answered.Unchanged(rules.NumberOf(State));
        }
        var first = rules.NumberOf(State) + 1;
        foreach (var happened in decision.Events)
        {
            Add(happened, waiting, at);
            at = new Moment(at.Micros + 1);
        }
        commands.Add(new(waiting.Id, first, rules.NumberOf(State), waiting.Digest));
        answers.Add((waiting, Answered.Yes(first, rules.NumberOf(State))));
        return null;
    }

    public void Answer(Waiting waiting, Answered answer) => answers.Add((waiting, answer));

    /// <summary>Whether it answers with what was decided and not appended: nothing has tried yet whether the journal is where it was decided on.</summary>
    public bool IsUntried => IsEmpty && wasDecided;

    public DoneCommand? Find(Guid id) => commands.FirstOrDefault(c => c.Id == id);

    public void ReplyAll()
    {
        foreach (var (waiting, answer) in answers)
        {
            waiting.Reply(answer);
        }
    }

    public Parcel ToParcel(bool audienceChanged) => new(
        topic.ToString(),
        expected + 1,
        [.. events.Select(e => EventCodec.Encode(e.Number, e.Kind, e.Version, e.At, e.By, e.For, e.Re, e.Payload))],
        audienceChanged ? [.. rules.AudienceOf(State)] : null,
        null);

    public bool Restores => events.Any(e => e.Rows.Restores is not null);

    public bool Redacts => events.Any(e => e.Rows.Redacts is not null);

    public bool ChangesAudience => events.Any(e => !e.Rows.Audience.IsDefault);

    private void Add(TopicEvent happened, Waiting waiting, Moment at)
    {
        var number = rules.NumberOf(State) + 1;
        var kind = EventCodec.KindOf(happened);
        var payload = EventCodec.EncodePayload(happened);
        var actingFor = waiting.Passport.ActingAt(at);
        var envelope = new Envelope(number, at, waiting.Passport.Person, actingFor, happened);
        var seal = Sealing.Make(Hash, topic, number, kind, EventCodec.Version, at, envelope.By, actingFor, happened.Re, payload);
        events.Add(new(
            number, kind, EventCodec.Version, at, envelope.By, actingFor, waiting.Id, happened.Re, payload, seal, StoreRows.Of(topic, envelope)));
        State = rules.After(State, envelope);
        Hash = seal.Hash;
        Last = at;
    }
}
