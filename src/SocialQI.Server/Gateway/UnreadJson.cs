using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialQI.Server.Gateway;

/// <summary>
/// JSON as it came, for whoever reads it strictly later. It has no text of its own: the framework logs the arguments of a call, and what was written in
/// a command must not be in any log.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed class UnreadJson
{
    private UnreadJson(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    private sealed class Converter : JsonConverter<UnreadJson>
    {
        public override bool HandleNull => true;

        public override UnreadJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new(Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
        }

        public override void Write(Utf8JsonWriter writer, UnreadJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Bytes);
    }
}
