using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialQI;

/// <summary>A person. The name behind it is in the directory, never in an event.</summary>
[JsonConverter(typeof(TextId<ClinicianId>))]
public readonly record struct ClinicianId(Guid Value) : IParsable<ClinicianId>
{
    /// <summary>Who acts when no person does: the operator of the service and the service itself.</summary>
    public static readonly ClinicianId Operator = new(Guid.Empty);

    /// <summary>The person's own topic: private to them.</summary>
    public TopicId Topic => TopicId.Of(TopicKind.Clinician, InstitutionId.Network, Space.Open, ToString());

    /// <summary>The person whose topic this is.</summary>
    public static ClinicianId Of(TopicId topic) => Parse(topic.Key);

    static ClinicianId IParsable<ClinicianId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ClinicianId>.TryParse(string? s, IFormatProvider? provider, out ClinicianId result) => TryParse(s, out result);

    /// <summary>Reads an id from its text.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static ClinicianId Parse(string s) => new(Guid.ParseExact(s, "n"));

    /// <summary>Reads an id from its text; false when it is not one.</summary>
    public static bool TryParse(string? s, out ClinicianId result)
    {
        var parsed = Guid.TryParseExact(s, "n", out var value);
        result = new ClinicianId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("n");
}

/// <summary>A learning community.</summary>
[JsonConverter(typeof(TextId<CommunityId>))]
public readonly record struct CommunityId(Guid Value) : IParsable<CommunityId>
{
    /// <summary>The community's topic.</summary>
    public TopicId Topic => TopicId.Of(TopicKind.Community, InstitutionId.Network, Space.Open, ToString());

    /// <summary>The community whose topic this is.</summary>
    public static CommunityId Of(TopicId topic) => Parse(topic.Key);

    static CommunityId IParsable<CommunityId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<CommunityId>.TryParse(string? s, IFormatProvider? provider, out CommunityId result) => TryParse(s, out result);

    /// <summary>Reads an id from its text.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static CommunityId Parse(string s) => new(Guid.ParseExact(s, "n"));

    /// <summary>Reads an id from its text; false when it is not one.</summary>
    public static bool TryParse(string? s, out CommunityId result)
    {
        var parsed = Guid.TryParseExact(s, "n", out var value);
        result = new CommunityId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("n");
}

/// <summary>An institution: 2 to 32 of <c>a–z 0–9 -</c>, beginning and ending with a letter or digit.</summary>
[JsonConverter(typeof(TextId<InstitutionId>))]
public readonly record struct InstitutionId : IParsable<InstitutionId>
{
    /// <summary>The longest name of an institution in an id.</summary>
    public const int LengthMax = 32;

    /// <summary>The home of what belongs to no single institution. No institution can have this name.</summary>
    public static readonly InstitutionId Network = new("network");

    private readonly string? name;

    private InstitutionId(string name) => this.name = name;

    /// <summary>The institution's topic.</summary>
    public TopicId Topic => TopicId.Of(TopicKind.Institution, this, Space.Open, ToString());

    static InstitutionId IParsable<InstitutionId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<InstitutionId>.TryParse(string? s, IFormatProvider? provider, out InstitutionId result) => TryParse(s, out result);

    /// <summary>Reads an id from its text.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static InstitutionId Parse(string s) =>
        TryParse(s, out var id) ? id : throw new FormatException("This does not name an institution.");

    /// <summary>Reads an id from its text; false when it is not one.</summary>
    public static bool TryParse(string? s, out InstitutionId result)
    {
        var fits = s is { Length: >= 2 and <= LengthMax } && s.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && s[0] != '-' && s[^1] != '-';
        result = fits ? new InstitutionId(s!) : default;
        return fits;
    }

    /// <inheritdoc/>
    public override string ToString() => name ?? "";
}

/// <summary>A moment in microseconds since 1970 UTC, as a JSON number. Within a topic no two events share one, and none goes back.</summary>
[JsonConverter(typeof(MomentNumber))]
public readonly record struct Moment(long Micros) : IComparable<Moment>
{
    /// <summary>The clock's time as a moment.</summary>
    public static Moment Of(DateTimeOffset time) => new((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The moment as a time.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(Micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>This long after.</summary>
    public static Moment operator +(Moment at, TimeSpan span) => new(at.Micros + (span.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>The span between two moments.</summary>
    public static TimeSpan operator -(Moment to, Moment from) => TimeSpan.FromMicroseconds(to.Micros - from.Micros);

    /// <summary>Earlier.</summary>
    public static bool operator <(Moment one, Moment other) => one.Micros < other.Micros;

    /// <summary>Later.</summary>
    public static bool operator >(Moment one, Moment other) => one.Micros > other.Micros;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(Moment one, Moment other) => one.Micros <= other.Micros;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(Moment one, Moment other) => one.Micros >= other.Micros;

    /// <inheritdoc/>
    public int CompareTo(Moment other) => Micros.CompareTo(other.Micros);
}

/// <summary>Writes an id as its text, and refuses a text that is not one.</summary>
public sealed class TextId<T> : JsonConverter<T> where T : struct, IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("malformed id");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Writes a moment as its number of microseconds.</summary>
public sealed class MomentNumber : JsonConverter<Moment>
{
    /// <inheritdoc/>
    public override Moment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Moment value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Micros);
}

/// <summary>Writes an enumeration by name, in kebab case; a number is refused.</summary>
public sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) where T : struct, Enum;
