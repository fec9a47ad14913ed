using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialQI;

/// <summary>
/// The one encoding of events, on disk, on every wire and in every cache. The header is read before the payload; a kind or version that is not
/// known becomes <see cref="Unknown"/>; an older version is lifted on reading, never rewritten.
/// </summary>
public static class EventCodec
{
    /// <summary>Every kind there is, by name.</summary>
    public static readonly FrozenDictionary<string, Type> Kinds =
        typeof(TopicEvent).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    private static readonly FrozenDictionary<Type, string> Names = Kinds.ToFrozenDictionary(k => k.Value, k => k.Key);

    /// <summary>The name on disk of an event's kind.</summary>
    public static string KindOf(TopicEvent happened) => happened is Unknown unknown ? unknown.Kind : Names[happened.GetType()];

    /// <summary>The version in which this program writes every kind. The first change of a payload's shape makes this a table and adds a lift.</summary>
    public const int Version = 1;

    /// <summary>Whether nobody is to learn who did it, and for whom: the header leaves the journal without. Who it was stands in its row, for the audit.</summary>
    public static bool IsNameless(string kind) => kind is "anonymous-question-asked" or "anonymous-question-withdrawn";

    /// <summary>Whether an event of this kind can have its text destroyed.</summary>
    public static bool IsRedactable(string kind) => Blank.Of(kind, null) is not null;

    /// <summary>The payload's bytes: UTF-8 JSON.</summary>
    public static byte[] EncodePayload(TopicEvent happened) =>
        JsonSerializer.SerializeToUtf8Bytes(happened, Json.Context.GetTypeInfo(happened.GetType())!);

    /// <summary>The envelope's bytes around payload bytes that were encoded before.</summary>
    /// <param name="n">The event's number.</param>
    /// <param name="kind">Its kind's name.</param>
    /// <param name="version">The version its payload was written in.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    /// <param name="actingFor">For which institution.</param>
    /// <param name="re">What it is about.</param>
    /// <param name="payload">Null after a redaction.</param>
    public static byte[] Encode(long n, string kind, int version, Moment at, ClinicianId by, InstitutionId? actingFor, long? re, byte[]? payload)
    {
        var buffer = new ArrayBufferWriter<byte>((payload?.Length ?? 4) + 200);
        using (var json = new Utf8JsonWriter(buffer, Json.Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("n", n);
            json.WriteString("k", kind);
            json.WriteNumber("v", version);
            json.WriteNumber("at", at.Micros);
            json.WriteString("by", (IsNameless(kind) ? ClinicianId.Operator : by).ToString());
            if (actingFor is { } institution && !IsNameless(kind))
            {
                json.WriteString("for", institution.ToString());
            }
            if (re is { } about)
            {
                json.WriteNumber("re", about);
            }
            json.WritePropertyName("d");
            json.WriteRawValue(payload ?? "null"u8, skipInputValidation: true);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an envelope.</summary>
    /// <exception cref="JsonException">The bytes are not an envelope.</exception>
    public static Envelope Decode(JsonElement json)
    {
        var n = json.GetProperty("n").GetInt64();
        var kind = json.GetProperty("k").GetString()!;
        long? re = json.TryGetProperty("re", out var about) ? about.GetInt64() : null;
        InstitutionId? actingFor = json.TryGetProperty("for", out var institution) ? InstitutionId.Parse(institution.GetString()!) : null;
        var payload = json.GetProperty("d");
        var happened = payload.ValueKind == JsonValueKind.Null
            ? DecodePayload(kind, json.GetProperty("v").GetInt32(), re, null)
            : DecodePayload(kind, json.GetProperty("v").GetInt32(), re, Encoding.UTF8.GetBytes(payload.GetRawText()));
        return new Envelope(n, new Moment(json.GetProperty("at").GetInt64()), ClinicianId.Parse(json.GetProperty("by").GetString()!), actingFor, happened);
    }

    /// <summary>Reads an envelope's bytes.</summary>
    /// <exception cref="JsonException">The bytes are not an envelope.</exception>
    public static Envelope Decode(ReadOnlyMemory<byte> envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        return Decode(document.RootElement);
    }

    /// <summary>An envelope's number, which it begins with.</summary>
    /// <exception cref="JsonException">The bytes are not an envelope.</exception>
    public static long NumberOf(ReadOnlySpan<byte> envelope) =>
        envelope.StartsWith(@"{""n"":"u8) && Utf8Parser.TryParse(envelope[5..], out long n, out _) ? n : throw new JsonException("There is no number in this envelope.");

    /// <summary>When an envelope's event happened, read from its header alone.</summary>
    /// <exception cref="JsonException">The bytes are not an envelope.</exception>
    public static Moment AtOf(ReadOnlySpan<byte> envelope)
    {
        var json = At(envelope, "at"u8);
        return new(json.GetInt64());
    }

    /// <summary>
    /// Whether what was said before an envelope's event may be another now: it destroys, hides or restores a text. Whoever keeps earlier events or
    /// states to hand out lets them go.
    /// </summary>
    /// <exception cref="JsonException">The bytes are not an envelope.</exception>
    public static bool ChangesThePast(ReadOnlySpan<byte> envelope)
    {
        var json = At(envelope, "k"u8);
        return json.ValueTextEquals("text-redacted"u8) || json.ValueTextEquals("contribution-hidden"u8) || json.ValueTextEquals("contribution-restored"u8);
    }

    // At the value of a property of the header, which stands before the payload.
    private static Utf8JsonReader At(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> name)
    {
        var json = new Utf8JsonReader(envelope);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name) && json.Read())
            {
                return json;
            }
        }
        throw new JsonException("This is no envelope.");
    }

    /// <summary>A payload that is JSON; null for one that is none: a single broken row would break every message that it came in.</summary>
    public static byte[]? Readable(byte[]? payload)
    {
        if (payload is null)
        {
            return null;
        }
        try
        {
            var reader = new Utf8JsonReader(payload);
            while (reader.Read())
            {
            }
            return payload;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The event of a kind, version and payload. What cannot be read is <see cref="Unknown"/> too: one bad row must not take its topic away.</summary>
    public static TopicEvent DecodePayload(string kind, int version, long? re, byte[]? payload)
    {
        if (version > Version || !Kinds.TryGetValue(kind, out var type))
        {
            return new Unknown(kind, version);
        }
        if (payload is null)
        {
            return Blank.Of(kind, re) ?? new Unknown(kind, version);
        }
        try
        {
            return (TopicEvent)JsonSerializer.Deserialize(payload, Json.Context.GetTypeInfo(type)!)!;
        }
        catch (JsonException)
        {
            return new Unknown(kind, version);
        }
    }
}
