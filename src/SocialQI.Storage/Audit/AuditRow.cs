namespace SocialQI.Storage.Audit;

/// <summary>A row of the audit, as it is sealed and kept.</summary>
internal sealed record AuditRow(
    string Home, string Writer, long Number, long At, string Who, string? Role, string? For, string Act, string? What, string? Topic, string? TopicHome,
    long? First, long? Last, long? Count, string Purpose, string? Origin, string Result, string? Flag, string? Closes)
{
    /// <summary>The columns in the order of <see cref="Values"/>; the hash stands after them.</summary>
    public const string Columns =
        "home, writer, number, at, who, role, acting_for, act, what, topic, topic_home, first, last, count, purpose, origin, result, flag, closes";

    public static AuditRow Of(AuditEntry entry, string writer, long number, Moment at) => new(
        entry.Home.ToString(), writer, number, at.Micros, entry.Who, entry.Role, entry.For?.ToString(), entry.Act, entry.What,
        entry.Topic?.ToString(), entry.Topic?.Home.ToString(), entry.First, entry.Last, entry.Count,
        NameOf(entry.Purpose), entry.Origin, entry.Result, entry.Flag, entry.Closes?.Place);

    public static string NameOf(Purpose purpose) => purpose.ToString().ToLowerInvariant();

    public object?[] Values() =>
        [Home, Writer, Number, At, Who, Role, For, Act, What, Topic, TopicHome, First, Last, Count, Purpose, Origin, Result, Flag, Closes];

    /// <summary>Whether it can be sealed at all: a row that was tampered with may be of any length.</summary>
    public bool IsWithinLimits => Home.Length + Writer.Length + Who.Length + (Role?.Length ?? 0) + (For?.Length ?? 0) + Act.Length + (What?.Length ?? 0) + (Topic?.Length ?? 0)
        + (TopicHome?.Length ?? 0) + Purpose.Length + (Origin?.Length ?? 0) + Result.Length + (Flag?.Length ?? 0) + (Closes?.Length ?? 0) <= Sealed.CharactersMax;

    /// <summary>SHA-256(hash before ‖ header), where each text is preceded by its length and each absence is told from an empty text.</summary>
    public byte[] Hash(ReadOnlySpan<byte> hashBefore) => new Sealed(stackalloc byte[Sealed.BytesMax], hashBefore)
        .Put(Home).Put(Writer).Put(Number).Put(At).Put(Who).Put(Role).Put(For).Put(Act).Put(What).Put(Topic).Put(TopicHome)
        .Put(First).Put(Last).Put(Count).Put(Purpose).Put(Origin).Put(Result).Put(Flag).Put(Closes).Hash();
}
