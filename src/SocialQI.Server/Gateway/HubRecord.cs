using Microsoft.AspNetCore.SignalR;
using SocialQI.Server.Gateway.Transport;

namespace SocialQI.Server.Gateway;

/// <summary>A message of the hub, ready for every client and every transport: the same bytes for all.</summary>
/// <param name="Framed">As a frame of its own.</param>
/// <param name="Head">How many bytes of it stand before the message.</param>
internal sealed record HubRecord(ReadOnlyMemory<byte> Framed, int Head)
{
    public int Length => Framed.Length - Head;

    /// <summary>A frame around a message that begins at <see cref="Frame.HeadMax"/> of a buffer.</summary>
    public static HubRecord In(byte[] buffer, int length)
    {
        var begin = Frame.PutHead(buffer, Frame.HeadMax, length);
        return new(buffer.AsMemory(begin, Frame.HeadMax - begin + length), Frame.HeadMax - begin);
    }

    /// <summary>The bytes as SignalR sends them by its own transports.</summary>
    public SerializedHubMessage Serialized() => new([new SerializedMessage("json", Framed[Head..])]);
}
