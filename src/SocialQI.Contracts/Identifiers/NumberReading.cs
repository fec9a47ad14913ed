namespace SocialQI.Identifiers;

/// <summary>A run of letters and digits that may name something: <c>X448213</c>, <c>00-48-21-3</c>, <c>K 0048 213</c>.</summary>
/// <param name="End">The token after it.</param>
/// <param name="Digits">How many digits it has.</param>
/// <param name="Letters">How many letters.</param>
internal readonly record struct NumberRead(int End, int Digits, int Letters);

internal static class NumberReading
{
    private const int TokensMax = 24;
    private const int DigitsOfOnePiece = 6;
    private const int DigitsMax = 24;

    /// <summary>Reads one; null when none begins here. Scanners and forms put spaces into it, so several short groups count as one.</summary>
    public static NumberRead? Read(Scanned text, int i, IdentifierKind kind)
    {
        if (Chunk(text, i) is not { } first)
        {
            return null;
        }
        var read = first;
        if (first.Digits == 0)
        {
            // "K 0048 213", "ABC 123": capitals first.
            // "B-TR 4471", as German plates have it.
            var isPlate = kind == IdentifierKind.Vehicle && first.End == i + 3 && first.Letters <= DigitsOfOnePiece;
            if ((first.End > i + 1 && !isPlate) || !text.IsShoutedOrOne(i) || text.Length(i) > DigitsOfOnePiece || Next(text, first.End) is not { Digits: > 0 } second)
            {
                return first.Letters > 0 && first.End > i + 1 ? first : null;
            }
            read = new(second.End, second.Digits, second.Letters + first.Letters);
        }
        else if (first.Digits >= DigitsOfOnePiece)
        {
            return first;
        }
        while (read.Digits < DigitsMax && read.End < i + TokensMax && Next(text, read.End) is { } more && Continues(text, read.End, more, kind, read))
        {
            read = new(more.End, read.Digits + more.Digits, read.Letters + more.Letters);
        }
        return read;
    }

    private static bool Continues(Scanned text, int i, NumberRead more, IdentifierKind kind, NumberRead before)
    {
        var isOne = more.End == i + 1;
        if (more.Digits == 0)
        {
            var max = kind == IdentifierKind.Vehicle ? 3 : 2;
            return isOne && text.IsShoutedOrOne(i) && (text.Length(i) <= max || (text.Length(i) <= 3 && text.IsNumber(i + 1) && before.Digits < 4));
        }
        // A single digit goes on only where all are single, as a bad scan has them, or at the end of a long number.
        var isSingle = isOne && text.Length(i) == 1;
        return more.Letters == 0
            ? isOne && !Months.IsName(text[more.End]) && !Vocabulary.Units.Contains(text[more.End]) && (!isSingle || before.Digits < 2 || before.Digits > 6 || text.Length(i - 1) == 1)
            : text.IsNumber(i) ? text.IsShoutedOrOne(i + 1) && !Vocabulary.Units.Contains(text[i + 1]) : text.IsShoutedOrOne(i);
    }

    private static NumberRead? Next(Scanned text, int i) => i < text.Count && !text.Touches(i) && !text.BeginsLine(i) ? Chunk(text, i) : null;

    // Letters, digits, and what joins them.
    private static NumberRead? Chunk(Scanned text, int i)
    {
        var (end, digits, letters) = (i, 0, 0);
        while (end < text.Count && end < i + TokensMax && (end == i || text.Touches(end)))
        {
            if (text.IsNumber(end))
            {
                digits += text.Length(end);
            }
            else if (text.IsWord(end))
            {
                letters += text.Length(end);
            }
            else if (end == i || !text.IsMark(end, "-/._*+") || !text.Touches(end + 1) || !(text.IsWord(end + 1) || text.IsNumber(end + 1)))
            {
                break;
            }
            end++;
        }
        return end == i ? null : new(end, digits, letters);
    }

    private static bool IsShoutedOrOne(this Scanned text, int i) => text.IsShouted(i) || (text.IsCapital(i) && text.Length(i) == 1);
}
