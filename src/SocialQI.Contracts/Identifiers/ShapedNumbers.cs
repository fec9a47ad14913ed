using System.Collections.Frozen;
using System.Globalization;

namespace SocialQI.Identifiers;

/// <summary>Numbers whose shape alone gives them away.</summary>
internal static class ShapedNumbers
{
    private const int IbanMin = 15;
    private const int IbanMax = 34;

    private static readonly FrozenSet<string> softwareWords = Vocabulary.Words("version versions v software release firmware section step table chapter build ver app");

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (found.IsTaken(i) || (text.Touches(i) && !text.IsMark(i - 1, "([<\"':,;=")))
            {
                continue;
            }
            if (At(text, i) is { } shaped && found.Add(shaped.Kind, i, shaped.End))
            {
                i = shaped.End - 1;
            }
        }
    }

    private static (IdentifierKind Kind, int End)? At(Scanned text, int i) =>
        Ipv4(text, i) is { } v4 ? (IdentifierKind.Ip, v4)
        : Hexadecimal(text, i) is { } machine ? machine
        : CuedNumbers.Gs1(text, i) is { } label ? (IdentifierKind.Device, label)
        : Groups(text, i, "-", 3, 2, 4) is { } security ? (IdentifierKind.National, security)
        : Groups(text, i, " ", 4, 4, 4, 4) is { } card ? (IdentifierKind.Account, card)
        : NationalInsurance(text, i) is { } insurance ? (IdentifierKind.National, insurance)
        : Code(text, i);

    // Numbers of these lengths with this between them.
    private static int? Groups(Scanned text, int i, string between, params ReadOnlySpan<int> lengths)
    {
        var at = i;
        for (var k = 0; k < lengths.Length; k++)
        {
            if (k > 0 && between != " ")
            {
                if (text[at] != between)
                {
                    return null;
                }
                at++;
            }
            if (!text.IsNumber(at) || text.Length(at) != lengths[k] || (k > 0 && text.BeginsLine(at)))
            {
                return null;
            }
            at++;
        }
        return text.Touches(at) && (text.IsWord(at) || (text.IsMark(at, "-/") && text.IsNumber(at + 1))) ? null : at;
    }

    // Two letters, six digits, a letter from A to D; scanners put spaces between.
    private static int? NationalInsurance(Scanned text, int i)
    {
        if (!text.IsShouted(i) || text.Length(i) != 2)
        {
            return null;
        }
        var (at, digits) = (i + 1, 0);
        while (digits < 6 && text.IsNumber(at) && text.Length(at) is 2 or 6 && !text.BeginsLine(at))
        {
            digits += text.Length(at);
            at++;
        }
        return digits == 6 && text.IsCapital(at) && text.Length(at) == 1 && text[at] is "a" or "b" or "c" or "d" ? at + 1 : null;
    }

    private static int? Ipv4(Scanned text, int i)
    {
        for (var k = 0; k < 4; k++)
        {
            var at = i + (2 * k);
            if (text.Value(at) is < 0 or > 255 || (k > 0 && (!text.Touches(at) || !text.Touches(at - 1) || text[at - 1] != ".")))
            {
                return null;
            }
        }
        var end = i + 7;
        if ((text.Touches(end) && (text.IsWord(end) || (text.IsMark(end, ".-") && text.IsNumber(end + 1)))) || softwareWords.Contains(text[i - 1]))
        {
            return null;
        }
        return text.Touches(end) && text.IsMark(end, ":/") && text.Touches(end + 1) && text.IsNumber(end + 1) ? end + 2 : end;
    }

    // Groups of hexadecimal digits with colons: an IPv6 address, or six pairs, the address of a machine.
    private static (IdentifierKind, int)? Hexadecimal(Scanned text, int i)
    {
        var end = i;
        while (end < text.Count && end < i + 48 && (end == i || text.Touches(end)) && (text.IsMark(end, ":") || (text.IsNumber(end) || text.IsWord(end)) && IsHexadecimal(text[end])))
        {
            end++;
        }
        // A sentence's own colon may follow.
        while (end > i && text.IsMark(end - 1, ":"))
        {
            end--;
        }
        if (end - i < 3)
        {
            return null;
        }
        var run = string.Concat(Enumerable.Range(i, end - i).Select(k => text[k]));
        var groups = run.Split(':');
        var isGapped = run.Contains("::", StringComparison.Ordinal);
        return groups.Any(g => g.Length > 4) || !run.Any(char.IsAsciiDigit) ? null
            : groups.Length == 6 && groups.All(g => g.Length == 2) ? (IdentifierKind.Device, end)
            : groups.Length == 8 && !isGapped || (isGapped && groups.Length is >= 3 and <= 8) ? (IdentifierKind.Ip, end)
            : null;
    }

    private static bool IsHexadecimal(string token) => token.Length <= 8 && token.All(char.IsAsciiHexDigit);

    // One run of letters and digits, or an IBAN in groups of four.
    private static (IdentifierKind, int)? Code(Scanned text, int i)
    {
        var end = i;
        var run = "";
        while (end < text.Count && run.Length <= IbanMax && (end == i || text.Touches(end)) && (text.IsWord(end) || text.IsNumber(end)))
        {
            run += text.AsWritten(end++);
        }
        if (run.Length is 0 or > IbanMax)
        {
            return null;
        }
        return IsVin(run) ? (IdentifierKind.Vehicle, end)
            : Fits(run, "LLLLLLddLddLdddL") ? (IdentifierKind.National, end)
            : Fits(run, "dLadLadLLdd") ? (IdentifierKind.Insurance, end)
            : IbanEnd(text, i, end, run) is { } iban ? (IdentifierKind.Account, iban)
            : null;
    }

    private static int? IbanEnd(Scanned text, int i, int end, string run)
    {
        if (run.Length < 4 || !Fits(run[..4], "LLdd") || !text.IsShouted(i))
        {
            return null;
        }
        while (run.Length < IbanMax && end < text.Count && !text.BeginsLine(end) && (text.IsNumber(end) || text.IsShouted(end)) && text.Length(end) <= 4)
        {
            run += text.AsWritten(end++);
        }
        return run.Length is >= IbanMin and <= IbanMax && run.Count(char.IsAsciiDigit) >= 10 && Remainder(run) == 1 ? end : null;
    }

    // ISO 7064: letters count from 10, and the whole leaves 1.
    private static int Remainder(string iban) => string.Concat((iban[4..] + iban[..4]).Select(c => char.IsAsciiDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture)))
        .Aggregate(0, (rest, digit) => ((rest * 10) + digit - '0') % 97);

    private static bool IsVin(string run) => run.Length == 17 && run.Count(char.IsAsciiDigit) >= 5 && run.Any(char.IsAsciiLetterUpper)
        && run.All(c => char.IsAsciiDigit(c) || (char.IsAsciiLetterUpper(c) && c is not ('I' or 'O' or 'Q')));

    // L a capital, d a digit, a either.
    private static bool Fits(string run, string shape) => run.Length == shape.Length && run.Zip(shape).All(p =>
        p.Second switch { 'L' => char.IsAsciiLetterUpper(p.First), 'd' => char.IsAsciiDigit(p.First), _ => char.IsAsciiDigit(p.First) || char.IsAsciiLetterUpper(p.First) });
}
