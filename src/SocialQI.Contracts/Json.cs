using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;
using SocialQI.Wire;

namespace SocialQI;

/// <summary>How everything here is written as JSON: camel case, nulls left out, no character escaped that need not be.</summary>
public static class Json
{
    /// <summary>The source-generated context, for grains, server and the trimmed browser alike.</summary>
    public static readonly ContractsJson Context = new(new JsonSerializerOptions(ContractsJson.Default.Options)
    {
        // The bytes go into JSON documents and sockets, never into HTML: escaping every ä and µ would only make them longer.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    // What was written may lack what is null; a command must have everything that is neither optional nor nullable.
    private static readonly JsonSerializerOptions Strict = new(ContractsJson.Default.Options) { TypeInfoResolver = ContractsJson.Default.WithAddedModifier(Require) };

    internal static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The deepest nesting that is read.</summary>
    public const int DepthMax = 32;

    /// <summary>The bytes of a value.</summary>
    public static byte[] Encode<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), Context);

    /// <summary>The value of bytes that were written by <see cref="Encode{T}"/>.</summary>
    /// <exception cref="JsonException">They were not.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes) => (T)JsonSerializer.Deserialize(bytes, typeof(T), Context)!;

    /// <summary>Reads a command; null when the bytes are none.</summary>
    public static Command? TryReadCommand(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (Command?)JsonSerializer.Deserialize(bytes, Strict.GetTypeInfo(typeof(Command)));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { HasDefaultValue: false, IsNullable: false }))
        {
            property.IsRequired = Nullable.GetUnderlyingType(property.PropertyType) is null;
        }
    }
}

/// <summary>Every type that crosses a wire or a disk.</summary>
[JsonSourceGenerationOptions(
    // The faster way of writing knows no encoder but its own, so that it is never taken: without it the browser fetches less.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowOutOfOrderMetadataProperties = true,
    MaxDepth = Json.DepthMax)]
[JsonSerializable(typeof(TopicEvent))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(CaseState))]
[JsonSerializable(typeof(CommunityState))]
[JsonSerializable(typeof(ClinicianState))]
[JsonSerializable(typeof(InstitutionState))]
[JsonSerializable(typeof(BallotState))]
[JsonSerializable(typeof(FrozenBallot))]
[JsonSerializable(typeof(FrozenScores))]
[JsonSerializable(typeof(OwnBallot))]
[JsonSerializable(typeof(EntryBefore[]))]
[JsonSerializable(typeof(Listed<EntryShown>))]
[JsonSerializable(typeof(RoundsState))]
[JsonSerializable(typeof(FrozenRounds))]
[JsonSerializable(typeof(AttendanceState))]
[JsonSerializable(typeof(Listed<RoundsLine>))]
[JsonSerializable(typeof(Listed<OutcomeLine>))]
[JsonSerializable(typeof(PanelState))]
[JsonSerializable(typeof(FrozenPanel))]
[JsonSerializable(typeof(Listed<PanelLine>))]
[JsonSerializable(typeof(JoinByCode))]
[JsonSerializable(typeof(JoinedByCode))]
[JsonSerializable(typeof(CalendarFeed))]
[JsonSerializable(typeof(Contribution[]))]
[JsonSerializable(typeof(KeptImage))]
[JsonSerializable(typeof(Passport))]
[JsonSerializable(typeof(OpenedTopic))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(TopicHead[]))]
[JsonSerializable(typeof(TopicSignal))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(Listed<CaseLine>))]
[JsonSerializable(typeof(Listed<MemberLine>))]
[JsonSerializable(typeof(Listed<DirectoryEntry>))]
[JsonSerializable(typeof(Listed<Found>))]
[JsonSerializable(typeof(Jumps))]
[JsonSerializable(typeof(SearchFor))]
[JsonSerializable(typeof(DirectoryEntry))]
[JsonSerializable(typeof(CommunityLine[]))]
[JsonSerializable(typeof(DirectoryEntry[]))]
[JsonSerializable(typeof(InstitutionLine[]))]
[JsonSerializable(typeof(Revision[]))]
[JsonSerializable(typeof(HiddenText))]
[JsonSerializable(typeof(ConditionLine[]))]
[JsonSerializable(typeof(Imported))]
[JsonSerializable(typeof(ImportStep))]
[JsonSerializable(typeof(Listed<StaffLine>))]
[JsonSerializable(typeof(Listed<AuditLine>))]
[JsonSerializable(typeof(NewPerson))]
[JsonSerializable(typeof(Registered))]
[JsonSerializable(typeof(NewPassword))]
[JsonSerializable(typeof(SessionLine[]))]
[JsonSerializable(typeof(OwnAccount))]
[JsonSerializable(typeof(Proof))]
[JsonSerializable(typeof(AuthenticatorKey))]
[JsonSerializable(typeof(RecoveryCodes))]
[JsonSerializable(typeof(SignInSet))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(MadeToken))]
[JsonSerializable(typeof(TokenLine[]))]
[JsonSerializable(typeof(ProviderLine[]))]
[JsonSerializable(typeof(ProviderSet))]
[JsonSerializable(typeof(ClaimMapping))]
[JsonSerializable(typeof(OwnIdentities))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(Guid))]
public sealed partial class ContractsJson : JsonSerializerContext;
