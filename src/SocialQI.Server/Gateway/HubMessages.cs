using System.Buffers;
using System.Text.Json;
using SocialQI.Server.Gateway.Transport;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>
/// Messages to clients in SignalR's JSON protocol, written from bytes that are JSON already: nothing is encoded again for a connection.
/// </summary>
internal static class HubMessages
{
    public const byte RecordSeparator = 0x1e;

    public static HubRecord Events(TopicId topic, IReadOnlyList<byte[]> envelopes) => Invocation(RoundsProtocol.Events, json =>
    {
        json.WriteStringValue(topic.ToString());
        json.WriteStartArray();
        foreach (var envelope in envelopes)
        {
            json.WriteRawValue(envelope, skipInputValidation: true);
        }
        json.WriteEndArray();
    });

    public static HubRecord Signals(byte[] signal) => Invocation(RoundsProtocol.Signals, json => json.WriteRawValue(signal, skipInputValidation: true));

    public static HubRecord Heads(IReadOnlyList<TopicHead> heads) =>
        Invocation(RoundsProtocol.Heads, json => json.WriteRawValue(Json.Encode<TopicHead[]>([.. heads]), skipInputValidation: true));

    public static HubRecord CatchUp(TopicId topic, long head) => Invocation(RoundsProtocol.CatchUp, json =>
    {
        json.WriteStringValue(topic.ToString());
        json.WriteNumberValue(head);
    });

    public static HubRecord Closed(TopicId topic) => Invocation(RoundsProtocol.Closed, json => json.WriteStringValue(topic.ToString()));

    private static HubRecord Invocation(string target, Action<Utf8JsonWriter> arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        buffer.Advance(Frame.HeadMax);
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
        return HubRecord.In(buffer.WrittenSpan.ToArray(), buffer.WrittenCount - Frame.HeadMax);
    }
}
