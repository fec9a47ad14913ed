using System.Globalization;
using System.Text;

namespace SocialQI.Identifiers;

internal enum TokenKind : byte
{
    Word,
    Number,
    Mark,
}

/// <summary>What stands before a token.</summary>
internal enum Gap : byte
{
    None,
    Space,
    Line,
}

internal readonly record struct Token(TokenKind Kind, Gap Gap, int Start, int End);

/// <summary>
/// A text taken apart into words, runs of digits and single marks. Digits of all scripts, dashes, quotes and full-width forms are made alike, and what is
/// invisible is left out, so that no rule has to think of them; <see cref="Place"/> leads back to the text as it was written.
/// </summary>
internal sealed class Scanned
{
    private readonly string plain;
    private readonly int[] origin;
    private readonly Token[] tokens;
    private readonly string[] lower;

    public Scanned(string text)
    {
        var (letters, from) = (new StringBuilder(text.Length), new List<int>(text.Length + 1));
        for (var i = 0; i < text.Length; i++)
        {
            if (Plain(text, i) is { } c)
            {
                letters.Append(c);
                from.Add(i);
            }
        }
        from.Add(text.Length);
        (plain, origin) = (letters.ToString(), [.. from]);
        tokens = [.. Split()];
        lower = [.. tokens.Select(t => plain[t.Start..t.End].ToLowerInvariant())];
    }

    public int Count => tokens.Length;

    /// <summary>The token in lower case; empty beyond either end.</summary>
    public string this[int i] => i >= 0 && i < Count ? lower[i] : "";

    public bool IsWord(int i) => i >= 0 && i < Count && tokens[i].Kind == TokenKind.Word;

    public bool IsNumber(int i) => i >= 0 && i < Count && tokens[i].Kind == TokenKind.Number;

    /// <summary>Whether a mark is one of these.</summary>
    public bool IsMark(int i, string any) => i >= 0 && i < Count && tokens[i].Kind == TokenKind.Mark && any.Contains(plain[tokens[i].Start], StringComparison.Ordinal);

    /// <summary>Whether nothing stands between a token and the one before it.</summary>
    public bool Touches(int i) => i > 0 && i < Count && tokens[i].Gap == Gap.None;

    public bool BeginsLine(int i) => i == 0 || (i < Count && tokens[i].Gap == Gap.Line);

    public int Length(int i) => tokens[i].End - tokens[i].Start;

    public string AsWritten(int i) => plain[tokens[i].Start..tokens[i].End];

    public bool IsCapital(int i) => IsWord(i) && char.IsUpper(plain[tokens[i].Start]);

    /// <summary>Whether a word of at least two letters has only capitals.</summary>
    public bool IsShouted(int i) => IsWord(i) && Length(i) > 1 && !plain.AsSpan(tokens[i].Start, Length(i)).ContainsAnyInRange('a', 'z');

    /// <summary>A number of up to nine digits; else -1.</summary>
    public int Value(int i) => IsNumber(i) && Length(i) <= 9 ? int.Parse(lower[i], CultureInfo.InvariantCulture) : -1;

    /// <summary>Whether these words and marks stand here.</summary>
    public bool Has(int i, ReadOnlySpan<string> phrase)
    {
        for (var k = 0; k < phrase.Length; k++)
        {
            if (this[i + k] != phrase[k])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Where some tokens stand in the text as it was written.</summary>
    public (int Start, int Length) Place(int first, int end)
    {
        var start = origin[tokens[first].Start];
        // Up to the last character itself: what was left out after it is not part of it.
        var last = origin[tokens[end - 1].End - 1];
        return (start, last + 1 - start);
    }

    private static char? Plain(string text, int i)
    {
        var c = text[i];
        return char.GetUnicodeCategory(c) switch
        {
            _ when c is >= (char)0xFF01 and <= (char)0xFF5E && !char.IsDigit(c) => (char)(c - 0xFEE0),
            UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
            UnicodeCategory.DashPunctuation => '-',
            // A minus sign that a word processor put where a hyphen was.
            UnicodeCategory.MathSymbol when c == (char)0x2212 => '-',
            UnicodeCategory.SpaceSeparator => ' ',
            // Soft hyphens, joiners and marks of direction.
            UnicodeCategory.Format => null,
            UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation when c is (char)0x2018 or (char)0x2019 => '\'',
            // The digits beyond the first plane: of a pair the low half says which.
            UnicodeCategory.Surrogate => char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1])
                && CharUnicodeInfo.GetDecimalDigitValue(text, i - 1) is >= 0 and var digit ? (char)('0' + digit) : char.IsHighSurrogate(c) ? null : c,
            _ => c,
        };
    }

    private IEnumerable<Token> Split()
    {
        var gap = Gap.Line;
        for (var i = 0; i < plain.Length;)
        {
            var c = plain[i];
            if (char.IsWhiteSpace(c))
            {
                gap = c is '\n' or '\r' || gap == Gap.Line ? Gap.Line : Gap.Space;
                i++;
                continue;
            }
            var kind = char.IsAsciiDigit(c) ? TokenKind.Number : IsLetter(i) ? TokenKind.Word : TokenKind.Mark;
            var end = i + 1;
            while (end < plain.Length && (kind == TokenKind.Number ? char.IsAsciiDigit(plain[end]) : kind == TokenKind.Word && IsInWord(end)))
            {
                end++;
            }
            yield return new(kind, gap, i, end);
            (gap, i) = (Gap.None, end);
        }
    }

    private bool IsLetter(int i) => char.IsLetter(plain[i]) || char.GetUnicodeCategory(plain[i]) == UnicodeCategory.NonSpacingMark;

    // O'Dell and driver's are one word.
    private bool IsInWord(int i) => IsLetter(i) || (plain[i] == '\'' && i + 1 < plain.Length && char.IsLetter(plain[i + 1]));
}
