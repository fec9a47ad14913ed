using System.Buffers;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>What a client has said and the hub has not taken yet. It holds no memory while there is nothing.</summary>
internal sealed class Payloads
{
    private const int BufferMin = 512;

    private byte[] held = [];
    private int begin;
    private int end;

    /// <summary>Whether there is more than the hub has looked at.</summary>
    public bool HasMore { get; private set; }

    public ReadOnlySequence<byte> Bytes => new(held, begin, end - begin);

    /// <summary>Room for so many more bytes, which are said by being written there.</summary>
    public Span<byte> Add(int count)
    {
        if (held.Length - end < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(BufferMin, end - begin + count));
            var kept = end - begin;
            held.AsSpan(begin, kept).CopyTo(larger);
            Return();
            (held, begin, end) = (larger, 0, kept);
        }
        HasMore |= count > 0;
        end += count;
        return held.AsSpan(end - count, count);
    }

    public void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var all = Bytes;
        HasMore = all.Slice(examined).Length > 0;
        begin += (int)all.Slice(0, consumed).Length;
        if (begin == end)
        {
            Return();
        }
    }

    public void Clear()
    {
        HasMore = false;
        Return();
    }

    private void Return()
    {
        if (held.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(held);
        }
        (held, begin, end) = ([], 0, 0);
    }
}
