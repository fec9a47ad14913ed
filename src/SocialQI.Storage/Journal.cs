namespace SocialQI.Storage;

/// <summary>
/// Where events are durable: the truth of one store. An append is acknowledged only after its commit, each topic's numbers have no gap,
/// and a topic that lost its race fails alone.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>The store's epoch: 32 hexadecimal digits, made new by a restore.</summary>
    string Epoch { get; }

    /// <summary>Appends the events of one topic, all or none.</summary>
    /// <exception cref="OutcomeUnknownException">The commit may or may not have happened.</exception>
    ValueTask<AppendOutcome> Append(Append append);

    /// <summary>Events of a topic from a number on, in order, at most <paramref name="max"/>.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> Read(TopicId topic, long from, int max, CancellationToken stop);

    /// <summary>
    /// What a page of contributions before a number is folded from: those events, and all later ones about them (edits, withdrawals, reactions, redactions), in order.
    /// </summary>
    ValueTask<PageEvents> ReadPage(TopicId topic, long before, int contributions, CancellationToken stop);

    /// <summary>
    /// A hidden contribution's events, posted and edited, with what they say, for who may look at it; none when it is not hidden. Every other way out of the journal
    /// gives them without their payload.
    /// </summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadHidden(TopicId topic, long number, CancellationToken stop);

    /// <summary>What one person did in a topic that has this kind: at most <paramref name="max"/> events, the newest first.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadBy(TopicId topic, ClinicianId actor, string kind, int max, CancellationToken stop);

    /// <summary>The last number and hash of a topic; null when nothing ever happened in it.</summary>
    ValueTask<TopicHeadRow?> Head(TopicId topic, CancellationToken stop);

    /// <summary>The numbers a command was given when it was done, by its id; null when it never was.</summary>
    ValueTask<DoneCommand?> Done(TopicId topic, Guid command, CancellationToken stop);

    /// <summary>The last commands done in a topic, newest first.</summary>
    ValueTask<IReadOnlyList<DoneCommand>> DoneLately(TopicId topic, int max, CancellationToken stop);

    /// <summary>All events of the store after a position, in commit order, at most <paramref name="max"/>.</summary>
    ValueTask<IReadOnlyList<TailEvent>> Tail(long after, int max, CancellationToken stop);

    /// <summary>The position of the last event.</summary>
    ValueTask<long> Position(CancellationToken stop);
}

/// <summary>Events to append to one topic, with the commands that caused them.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Expected">The number of its last event; 0 for a topic that does not exist.</param>
/// <param name="Commands">Each command with the numbers its events take.</param>
/// <param name="Events">Numbered from <paramref name="Expected"/> + 1.</param>
public sealed record Append(TopicId Topic, long Expected, IReadOnlyList<DoneCommand> Commands, IReadOnlyList<NewEvent> Events);

/// <summary>A command that was done.</summary>
/// <param name="Id">Made by the client.</param>
/// <param name="First">Its first event.</param>
/// <param name="Last">Its last event.</param>
/// <param name="Digest">SHA-256 of the command as the server encodes it; null when one of its texts was redacted.</param>
public sealed record DoneCommand(Guid Id, long First, long Last, byte[]? Digest);

/// <summary>An event to append.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">The name of its kind.</param>
/// <param name="Version">The version of its payload.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="For">For which institution.</param>
/// <param name="Command">Which command caused it.</param>
/// <param name="Re">What it is about.</param>
/// <param name="Payload">UTF-8 JSON; null of what comes from another network, where it was redacted.</param>
/// <param name="Seal">Salt, digest and hash.</param>
/// <param name="Rows">What else its transaction changes.</param>
public sealed record NewEvent(
    long Number, string Kind, int Version, Moment At, ClinicianId By, InstitutionId? For, Guid Command, long? Re,
    byte[]? Payload, Seal Seal, StoreRows Rows);

/// <summary>What ties an event into its topic's chain.</summary>
/// <param name="Salt">16 random bytes, so that a destroyed text cannot be guessed from its digest; null once it is destroyed.</param>
/// <param name="Digest">SHA-256(salt ‖ payload).</param>
/// <param name="Hash">SHA-256(hash before ‖ header ‖ digest).</param>
public readonly record struct Seal(byte[]? Salt, byte[] Digest, byte[] Hash);

/// <summary>How an append ended.</summary>
public enum AppendOutcome
{
    /// <summary>Durable.</summary>
    Committed,

    /// <summary>The topic has moved on, or a command was done before: nothing was written. Read and decide again.</summary>
    Lost,

    /// <summary>The disk is full: nothing was written.</summary>
    StorageFull,

    /// <summary>Too many appends wait: nothing was written.</summary>
    Busy,
}

/// <summary>An event as it stands in the journal.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">The name of its kind.</param>
/// <param name="Version">The version of its payload.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="For">For which institution.</param>
/// <param name="Re">What it is about.</param>
/// <param name="Payload">Null after a redaction, and while it is hidden.</param>
/// <param name="Hash">Its link in the chain.</param>
public sealed record StoredEvent(
    long Number, string Kind, int Version, Moment At, ClinicianId By, InstitutionId? For, long? Re, byte[]? Payload, byte[] Hash)
{
    /// <summary>The bytes that stand for it on every wire; without a payload that no client could read.</summary>
    public byte[] Encode() => EventCodec.Encode(Number, Kind, Version, At, By, For, Re, EventCodec.Readable(Payload));

    /// <summary>The event with its header.</summary>
    public Envelope Decode() => new(Number, At, By, For, EventCodec.DecodePayload(Kind, Version, Re, Payload));
}

/// <summary>An event in the order of the store.</summary>
/// <param name="Position">Its place in commit order.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Contributions">How many contributions the topic has now.</param>
/// <param name="Event">The event.</param>
public sealed record TailEvent(long Position, TopicId Topic, long Contributions, StoredEvent Event);

/// <summary>How far a topic is.</summary>
public sealed record TopicHeadRow(long Number, byte[] Hash, long Contributions);

/// <summary>What a page is folded from.</summary>
/// <param name="Events">In order.</param>
/// <param name="First">The first contribution's number; 0 when there is none.</param>
/// <param name="HasOlder">Whether there are contributions before it.</param>
/// <param name="Through">The topic's last event when this was read.</param>
public sealed record PageEvents(IReadOnlyList<StoredEvent> Events, long First, bool HasOlder, long Through);

/// <summary>It is not known whether an append was committed. Whoever asked reads again before deciding anything.</summary>
public sealed class OutcomeUnknownException(string message, Exception inner) : Exception(message, inner);
