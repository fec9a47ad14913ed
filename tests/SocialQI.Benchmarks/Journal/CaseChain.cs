using SocialQI.Cases;
using SocialQI.Storage;

namespace SocialQI.Benchmarks.Journal;

/// <summary>A case as its grain knows it: makes the next append, exactly as a grain would, for whatever journal is measured.</summary>
internal sealed class CaseChain
{
    /// <summary>The length of every text.</summary>
    public const int TextLength = 400;

    private static readonly InstitutionId Home = InstitutionId.Parse("north-harbour");
    private static readonly ClinicianId Author = new(Guid.CreateVersion7());

    private byte[] hash = Sealing.Start;
    private long number;

    public TopicId Topic { get; } = TopicId.Case(Home, Guid.CreateVersion7());

    public static string TextOf(long n) => $"Contribution {n}: ".PadRight(TextLength, 'x');

    public static ContributionPosted Said(string text) => new(ContributionKind.Comment, text, null, null, [], null, null);

    public Append Next()
    {
        var n = number + 1;
        var happened = Said(TextOf(n));
        var (at, command, payload) = (Moment.Of(DateTimeOffset.UtcNow), Guid.CreateVersion7(), EventCodec.EncodePayload(happened));
        var kind = EventCodec.KindOf(happened);
        var seal = Sealing.Make(hash, Topic, n, kind, EventCodec.Version, at, Author, Home, null, payload);
        var e = new NewEvent(n, kind, EventCodec.Version, at, Author, Home, command, null, payload, seal, StoreRows.Of(Topic, new(n, at, Author, Home, happened)));
        return new(Topic, number, [new(command, n, n, seal.Digest)], [e]);
    }

    public void Committed(Append append) => (number, hash) = (append.Events[^1].Number, append.Events[^1].Seal.Hash);
}
