using System.Buffers.Binary;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>WebSocket frames (RFC 6455) as the server writes them: not masked, never in parts.</summary>
internal static class Frame
{
    /// <summary>The most bytes before the payload.</summary>
    public const int HeadMax = 10;

    /// <summary>The most that a ping, pong or close carries.</summary>
    public const int ControlMax = 125;

    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    /// <summary>Why a connection ends.</summary>
    public const ushort Normal = 1000;
    public const ushort ProtocolError = 1002;
    public const ushort NoText = 1007;

    private const byte Last = 0x80;

    public static int HeadOf(int payload) => payload <= ControlMax ? 2 : payload <= ushort.MaxValue ? 4 : HeadMax;

    /// <summary>Writes the head just before the payload, which begins at <paramref name="payload"/>; returns where the frame begins.</summary>
    public static int PutHead(Span<byte> buffer, int payload, int length, byte kind = Text)
    {
        var begin = payload - HeadOf(length);
        buffer[begin] = (byte)(Last | kind);
        switch (payload - begin)
        {
            case 2:
                buffer[begin + 1] = (byte)length;
                break;
            case 4:
                buffer[begin + 1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(buffer[(begin + 2)..], (ushort)length);
                break;
            default:
                buffer[begin + 1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(buffer[(begin + 2)..], (ulong)length);
                break;
        }
        return begin;
    }

    public static byte[] Of(byte kind, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeadOf(payload.Length) + payload.Length];
        payload.CopyTo(frame.AsSpan(HeadOf(payload.Length)));
        PutHead(frame, HeadOf(payload.Length), payload.Length, kind);
        return frame;
    }

    public static byte[] Closing(ushort why)
    {
        Span<byte> code = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(code, why);
        return Of(Close, code);
    }
}
