using System.Text;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>
/// What a delivery is known by, whatever is around it: <c>~~~</c>, publisher (4), topic (4), index in the topic (8), when it was due (16). The digits are
/// letters, a to p: of a text with many numerals the service might think that it names a patient.
/// </summary>
internal static class Marker
{
    public const int Length = 35;

    /// <summary>What follows it: of the length of a short clinical note.</summary>
    public const string Note = "Hemodynamics steady, oxygen weaned. Continue cefazolin, repeat lactate this afternoon, wound review on rounds.";

    public static ReadOnlySpan<byte> Begin => "~~~"u8;

    public static void Write(Span<byte> to, int publisher, int topic, uint index, long dueAt)
    {
        Begin.CopyTo(to);
        Digits(to.Slice(3, 4), (ulong)publisher);
        Digits(to.Slice(7, 4), (ulong)topic);
        Digits(to.Slice(11, 8), index);
        Digits(to.Slice(19, 16), (ulong)dueAt);
    }

    /// <summary>The one that begins here.</summary>
    public static (int Publisher, uint Index, long DueAt) Read(ReadOnlySpan<byte> at) =>
        ((int)Number(at.Slice(3, 4)), (uint)Number(at.Slice(11, 8)), (long)Number(at.Slice(19, 16)));

    private static void Digits(Span<byte> to, ulong value)
    {
        for (var i = to.Length - 1; i >= 0; i--, value >>= 4)
        {
            to[i] = (byte)('a' + (value & 15));
        }
    }

    private static ulong Number(ReadOnlySpan<byte> digits)
    {
        ulong value = 0;
        foreach (var digit in digits)
        {
            value = (value << 4) | (uint)(digit - 'a');
        }
        return value;
    }
}

/// <summary>ASCII, written into a buffer.</summary>
internal ref struct Ascii(Span<byte> to)
{
    private readonly Span<byte> to = to;

    public int Length { get; private set; }

    public void Put(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[Length..]);
        Length += bytes.Length;
    }

    public void Put(string text) => Length += Encoding.ASCII.GetBytes(text, to[Length..]);

    public void Put(long number)
    {
        number.TryFormat(to[Length..], out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Put(Guid id)
    {
        id.TryFormat(to[Length..], out var written);
        Length += written;
    }
}
