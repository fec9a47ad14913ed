using System.Buffers;
using System.Buffers.Binary;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>What a client's frame begins with.</summary>
/// <param name="IsLast">Whether its message ends with it.</param>
/// <param name="Kind">Text, continuation, ping …</param>
/// <param name="Length">Of the payload, in bytes.</param>
/// <param name="Mask">With which the payload is masked, its first byte lowest.</param>
internal readonly record struct FrameHead(bool IsLast, byte Kind, ulong Length, uint Mask)
{
    private const byte Reserved = 0x70;
    private const byte Masked = 0x80;

    public bool IsControl => Kind >= Frame.Close;

    /// <summary>Reads one; null when more bytes are needed, or when there can be no such: then <paramref name="isWrong"/>.</summary>
    public static FrameHead? Read(ref SequenceReader<byte> reader, out bool isWrong)
    {
        isWrong = false;
        Span<byte> head = stackalloc byte[Frame.HeadMax + 4];
        if (reader.Remaining < 2)
        {
            return null;
        }
        reader.TryCopyTo(head[..2]);
        var (kind, isLast, small) = ((byte)(head[0] & 0x0f), (head[0] & 0x80) != 0, head[1] & 0x7f);
        var size = small switch { 126 => 4, 127 => 10, _ => 2 };
        isWrong = (head[0] & Reserved) != 0 || (head[1] & Masked) == 0
            || kind is not (Frame.Continuation or Frame.Text or Frame.Binary or Frame.Close or Frame.Ping or Frame.Pong)
            || (kind >= Frame.Close && (!isLast || small > Frame.ControlMax));
        if (isWrong || reader.Remaining < size + 4)
        {
            return null;
        }
        reader.TryCopyTo(head[..(size + 4)]);
        reader.Advance(size + 4);
        var length = size switch { 4 => BinaryPrimitives.ReadUInt16BigEndian(head[2..]), 10 => BinaryPrimitives.ReadUInt64BigEndian(head[2..]), _ => (ulong)small };
        isWrong = length > long.MaxValue;
        return isWrong ? null : new(isLast, kind, length, BinaryPrimitives.ReadUInt32LittleEndian(head[size..]));
    }

    /// <summary>Takes the mask off some of the payload, from its byte <paramref name="from"/> on.</summary>
    public void Unmask(Span<byte> payload, ulong from)
    {
        if (Mask == 0)
        {
            return;
        }
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= (byte)(Mask >> (int)(8 * ((from + (ulong)i) & 3)));
        }
    }
}
