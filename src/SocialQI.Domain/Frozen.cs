using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SocialQI;

/// <summary>A snapshot's bytes: the shown state as JSON after its length, then fixed-size rows of what only decisions need.</summary>
internal static class Frozen
{
    public static byte[] Join<TRow>(byte[] shown, ReadOnlySpan<TRow> rows) where TRow : unmanaged
    {
        var bytes = new byte[sizeof(int) + shown.Length + MemoryMarshal.AsBytes(rows).Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, shown.Length);
        shown.CopyTo(bytes.AsSpan(sizeof(int)));
        MemoryMarshal.AsBytes(rows).CopyTo(bytes.AsSpan(sizeof(int) + shown.Length));
        return bytes;
    }

    public static ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> frozen) => frozen.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(frozen));

    public static ReadOnlySpan<TRow> Rows<TRow>(ReadOnlySpan<byte> frozen) where TRow : unmanaged =>
        MemoryMarshal.Cast<byte, TRow>(frozen[(sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(frozen))..]);
}
