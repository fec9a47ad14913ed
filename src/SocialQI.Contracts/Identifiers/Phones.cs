using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>Telephone, fax and pager numbers: by their shape, or because a word before them says so.</summary>
internal static class Phones
{
    private const int GroupsMax = 15;
    private const int DigitsMin = 7;
    private const int DigitsMax = 15;
    private const int LookBack = 7;

    private static readonly FrozenSet<string> strong = Vocabulary.Words(
        "tel telephone telefon téléphone teléfono telefono phone fax mobile cell cellphone handy pager bleep beeper whatsapp ph mob landline hotline telefax tfno tlf portable natel durchwahl ext extension voicemail telefoon telefone");

    private static readonly FrozenSet<string> inner = Vocabulary.Words("pager bleep beeper ext extension durchwahl x switchboard dect");

    private static readonly FrozenSet<string> weak = Vocabulary.Words(
        "call calling ring ringing text reach reached contact contacts number numbers dial kin message sms rappeler appeler llamar anrufen emergency");

    private static readonly FrozenSet<string> between = Vocabulary.Words(": . # - no number nr is on at ( numbers num called = n° nº");

    private readonly record struct Groups(int[] Lengths, int[] Ends, string Marks, bool HasPlus, bool HasBracket, char First);

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (!found.IsTaken(i) && Begins(text, i) && At(text, found, i) is { } end && found.Add(IdentifierKind.Phone, i, end))
            {
                i = end - 1;
            }
        }
    }

    private static bool Begins(Scanned text, int i) =>
        (text.IsNumber(i) || (text.IsMark(i, "+(") && text.IsNumber(i + 1) && text.Touches(i + 1)))
        && !(text.Touches(i) && !text.IsMark(i - 1, ":(,;\"'<[#"))
        && !(text.IsNumber(i) && text.IsMark(i - 1, "+") && text.Touches(i));

    private static int? At(Scanned text, Findings found, int i)
    {
        var groups = Read(text, found, i);
        var (isCued, isInner, isLikely) = Cues(text, i);
        for (var count = groups.Lengths.Length; count > 0; count--)
        {
            var digits = groups.Lengths.Take(count).Sum();
            var end = groups.Ends[count - 1];
            if (digits <= DigitsMax && (HasShape(groups, count, digits, isCued || isLikely || isInner)
                || (!Vocabulary.Units.Contains(text[end]) && !text.IsMark(end, "%") && (isInner && count == 1 && digits is >= 3 and <= 6 || (isCued && digits >= 5) || (isLikely && digits >= DigitsMin)))))
            {
                return end;
            }
        }
        return null;
    }

    private static Groups Read(Scanned text, Findings found, int i)
    {
        var (lengths, ends, marks, at) = (new List<int>(), new List<int>(), "", i);
        var (hasPlus, hasBracket) = (text[i] == "+", false);
        at += hasPlus ? 1 : 0;
        var first = '\0';
        while (lengths.Count < GroupsMax && at < text.Count && !found.IsTaken(at))
        {
            var opens = text.IsMark(at, "(") && text.IsNumber(at + 1) && text.IsMark(at + 2, ")");
            hasBracket |= opens;
            var number = opens ? at + 1 : at;
            var end = opens ? at + 3 : at + 1;
            if (!text.IsNumber(number) || (text.BeginsLine(number) && number > i + 1) || (text.Touches(end) && (text.IsWord(end) || text.IsMark(end, "%:"))))
            {
                break;
            }
            first = first == '\0' ? text[number][0] : first;
            lengths.Add(text.Length(number));
            ends.Add(end);
            // One mark between the groups, or a space, or both.
            var joined = text.IsMark(end, "-./") && (text.IsNumber(end + 1) || text.IsMark(end + 1, "("));
            marks += joined ? text[end] : " ";
            at = joined ? end + 1 : end;
        }
        return new([.. lengths], [.. ends], marks, hasPlus, hasBracket, first);
    }

    private static bool HasShape(Groups groups, int count, int digits, bool isCued)
    {
        var lengths = groups.Lengths.AsSpan(0, count);
        var isSame = groups.Marks.AsSpan(0, count - 1).IndexOfAnyExcept(groups.Marks[0]) < 0;
        return groups.HasPlus ? digits is >= 8 and <= DigitsMax
            : lengths.SequenceEqual([3, 3, 4]) ? isSame || groups.HasBracket || isCued
            : lengths.SequenceEqual([1, 3, 3, 4]) ? groups.First == '1'
            : lengths.SequenceEqual([3, 4]) ? isCued || groups.HasBracket
            : lengths.SequenceEqual([5, 6]) || lengths.SequenceEqual([4, 3, 4]) || lengths.SequenceEqual([4, 3, 3]) || lengths.SequenceEqual([3, 4, 4]) || lengths.SequenceEqual([5, 3, 3]) ? groups.First == '0' || isCued
            // A trunk prefix: other long numbers do not begin with 0.
            : groups.First == '0' && digits is >= 9 and <= 12 && (count > 1 ? groups.Lengths[0] > 1 || groups.HasBracket || lengths.IndexOfAnyExcept(1) < 0 : digits is 10 or 11)
                && !(count == 2 && groups.Marks[0] == '.');
    }

    // A word a little before says that a number comes; for short ones it stands right before them.
    private static (bool Cued, bool Inner, bool Likely) Cues(Scanned text, int i)
    {
        var (cued, isInner, likely, isAdjacent) = (false, false, false, true);
        for (var k = i - 1; k >= i - LookBack && k >= 0; k--)
        {
            if (text.IsMark(k, ";!?") || (text.IsMark(k, ".") && !strong.Contains(text[k - 1]) && text[k - 1] is not "no"))
            {
                break;
            }
            isInner |= isAdjacent && inner.Contains(text[k]);
            cued |= strong.Contains(text[k]);
            likely |= weak.Contains(text[k]);
            isAdjacent &= between.Contains(text[k]);
        }
        return (cued, isInner, likely);
    }
}
