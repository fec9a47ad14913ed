using System.Text.Unicode;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>Whether a text that comes in parts is UTF-8: a character may be cut anywhere.</summary>
internal struct Utf8Reading
{
    private uint cut;
    private int cutLength;

    /// <summary>Takes the next part; false when it cannot be text any more.</summary>
    public bool TryTake(ReadOnlySpan<byte> part)
    {
        Span<byte> begun = stackalloc byte[4];
        while (cutLength > 0 && part.Length > 0)
        {
            // One more byte of the character that was cut.
            cut |= (uint)part[0] << (8 * cutLength++);
            part = part[1..];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(begun, cut);
            var length = LengthOf(begun[0]);
            if (cutLength == length)
            {
                (cutLength, cut) = (0, 0);
                if (!Utf8.IsValid(begun[..length]))
                {
                    return false;
                }
            }
        }
        var whole = Whole(part);
        for (var i = whole; i < part.Length; i++)
        {
            cut |= (uint)part[i] << (8 * cutLength++);
        }
        return Utf8.IsValid(part[..whole]);
    }

    /// <summary>Whether it may end here.</summary>
    public readonly bool IsWhole => cutLength == 0;

    // Up to where it ends with a whole character.
    private static int Whole(ReadOnlySpan<byte> part)
    {
        for (var back = 1; back <= Math.Min(3, part.Length); back++)
        {
            if (part[^back] >= 0xc0)
            {
                return LengthOf(part[^back]) > back ? part.Length - back : part.Length;
            }
            if (part[^back] < 0x80)
            {
                break;
            }
        }
        return part.Length;
    }

    private static int LengthOf(byte first) => first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}
