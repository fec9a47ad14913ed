using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>
/// Messages to clients in SignalR's JSON protocol, written from bytes that are JSON already: nothing is encoded again for a connection.
/// </summary>
internal static class HubMessages
{
    private const byte RecordSeparator = 0x1e;

    public static byte[] Events(TopicId topic, IReadOnlyList<byte[]> envelopes) => Invocation(RoundsProtocol.Events, json =>
    {
        json.WriteStringValue(topic.ToString());
        json.WriteStartArray();
        foreach (var envelope in envelopes)
        {
            json.WriteRawValue(envelope, skipInputValidation: true);
        }
        json.WriteEndArray();
    });

    public static byte[] Signals(byte[] signal) => Invocation(RoundsProtocol.Signals, json => json.WriteRawValue(signal, skipInputValidation: true));

    public static byte[] Heads(IReadOnlyList<TopicHead> heads) =>
        Invocation(RoundsProtocol.Heads, json => json.WriteRawValue(Json.Encode<TopicHead[]>([.. heads]), skipInputValidation: true));

    public static byte[] CatchUp(TopicId topic, long head) => Invocation(RoundsProtocol.CatchUp, json =>
    {
        json.WriteStringValue(topic.ToString());
        json.WriteNumberValue(head);
    });

    public static byte[] Closed(TopicId topic) => Invocation(RoundsProtocol.Closed, json => json.WriteStringValue(topic.ToString()));

    /// <summary>The bytes as SignalR sends them.</summary>
    public static SerializedHubMessage Serialized(byte[] record) => new([new SerializedMessage("json", record)]);

    private static byte[] Invocation(string target, Action<Utf8JsonWriter> arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("type", 1);
            json.WriteString("target", target);
            json.WriteStartArray("arguments");
            arguments(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        buffer.Write([RecordSeparator]);
        return buffer.WrittenSpan.ToArray();
    }
}
