namespace SocialQI.Storage.Transfer;

/// <summary>An event as it goes to another network: its whole row but the position there, which is another.</summary>
/// <param name="Number">Its number in its topic.</param>
/// <param name="Kind">The name of its kind.</param>
/// <param name="Version">The version of its payload.</param>
/// <param name="At">When, in microseconds.</param>
/// <param name="By">Who.</param>
/// <param name="For">For which institution.</param>
/// <param name="Command">Which command caused it.</param>
/// <param name="Re">What it is about.</param>
/// <param name="Digest">SHA-256(salt ‖ payload).</param>
/// <param name="Hash">SHA-256(hash before ‖ header ‖ digest).</param>
/// <param name="Salt">Null after a redaction.</param>
/// <param name="Payload">Null after a redaction.</param>
public sealed record CarriedEvent(
    long Number, string Kind, int Version, long At, Guid By, string? For, Guid Command, long? Re, byte[] Digest, byte[] Hash, byte[]? Salt, byte[]? Payload)
{
    /// <summary>The longest name of a kind.</summary>
    public const int KindLengthMax = 64;

    /// <summary>The event, with the rows that follow from it. It has no <see cref="Fault"/>.</summary>
    public NewEvent ToNew(TopicId topic)
    {
        var (at, by, acting) = (new Moment(At), new ClinicianId(By), For is null ? (InstitutionId?)null : InstitutionId.Parse(For));
        var rows = StoreRows.Of(topic, new(Number, at, by, acting, EventCodec.DecodePayload(Kind, Version, Re, Payload)));
        // What destroyed texts were counted as they are counted still.
        return new(Number, Kind, Version, at, by, acting, Command, Re, Payload, new(Salt, Digest, Hash), Payload is null && IsContribution ? rows with { Contributions = 1 } : rows);
    }

    /// <summary>What is wrong with it after the event before; null: nothing.</summary>
    public string? Fault(TopicId topic, long numberBefore, byte[] hashBefore) =>
        Kind.Length is 0 or > KindLengthMax || (For is not null && !InstitutionId.TryParse(For, out _)) ? $"number {Number} is of a form that no event has"
        : Number != numberBefore + 1 ? $"number {Number} comes after {numberBefore}"
        : Payload is null != Salt is null ? $"number {Number} is destroyed by half"
        : Payload is not null && !Sealing.Digest(Salt!, Payload).AsSpan().SequenceEqual(Digest) ? $"number {Number} says something else than was sealed"
        : !Sealing.Hash(hashBefore, topic.ToString(), Number, Kind, Version, At, new ClinicianId(By).ToString(), For, Re, Digest).AsSpan().SequenceEqual(Hash) ? $"number {Number} is not sealed to the one before"
        : null;

    private bool IsContribution => Kind is "contribution-posted" or "fact-added";
}

/// <summary>An image of a topic.</summary>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Type"><c>png</c> or <c>jpeg</c>.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="By">Who sent it.</param>
/// <param name="Thumbnail">The same, small.</param>
/// <param name="Bytes">Whole.</param>
public sealed record CarriedImage(string Hash, string Type, int Width, int Height, Guid By, byte[] Thumbnail, byte[] Bytes);

/// <summary>A person of the institution.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">As the directory has it.</param>
/// <param name="Specialty">The same.</param>
/// <param name="Grade">The same.</param>
/// <param name="User">The name they sign in with; null: they have no account that the institution answers for.</param>
/// <param name="Role">What they are at the institution; null for who only wrote there.</param>
/// <param name="Until">When that ends, in microseconds; null: not yet known.</param>
public sealed record CarriedPerson(Guid Id, string Name, string Specialty, string Grade, string? User, string? Role, long? Until);

/// <summary>A topic that goes.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Events">How many it has.</param>
public sealed record CarriedTopic(TopicId Topic, long Events);
