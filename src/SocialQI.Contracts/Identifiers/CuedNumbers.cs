namespace SocialQI.Identifiers;

/// <summary>Numbers that a word before them gives away: MRN, policy number, serial no.</summary>
internal static class CuedNumbers
{
    private const int BetweenMax = 6;
    private const int LengthMin = 4;
    private const int DigitsOfCode = 6;
    private const int LengthMinOfPlate = 5;

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (!NumberCues.ByFirst.TryGetValue(text[i], out var cues) || text.IsMark(i - 1, "@") || IsWithinCode(text, i))
            {
                continue;
            }
            foreach (var cue in cues)
            {
                if (text.Has(i, cue.Phrase) && Value(text, i + cue.Phrase.Length, cue) is { } value && found.Add(cue.Kind, value.First, value.End))
                {
                    i = value.End - 1;
                    break;
                }
            }
        }
    }

    // 8dea41: letters that happen to spell a word.
    private static bool IsWithinCode(Scanned text, int i) => text.Touches(i) && text.IsNumber(i - 1) && text.Touches(i + 1) && text.IsNumber(i + 1);

    private static (int First, int End)? Value(Scanned text, int i, NumberCue cue)
    {
        var (at, isSaid, hasColon) = (i, cue.Phrase[^1] is "number" or "no" or "id", false);
        while (at < i + BetweenMax && at < text.Count && (NumberCues.NumberWords.Contains(text[at]) || NumberCues.Fillers.Contains(text[at])))
        {
            isSaid |= NumberCues.NumberWords.Contains(text[at]) && !IsLowerNo(text, at);
            hasColon |= text[at] == ":";
            at++;
        }
        if (Gs1(text, at) is { } scanned && cue.Kind == IdentifierKind.Device)
        {
            return (at, scanned);
        }
        if (NumberReading.Read(text, at, cue.Kind) is not { } read || !(isSaid || cue.IsEnough || (hasColon && read.Digits > 4) || IsCode(text, at, read)))
        {
            return null;
        }
        return read.Digits >= (isSaid ? Math.Min(2, cue.DigitsMin) : cue.DigitsMin) && read.Digits + read.Letters >= LengthMin && (isSaid || IsNumberByItself(text, at, read, cue))
            ? (at, read.End)
            : null;
    }

    // XYZ123456789, S21-4452: nobody counts or measures so.
    private static bool IsCode(Scanned text, int i, NumberRead read) =>
        read.Letters > 0 && read.Digits >= DigitsOfCode && (text.IsShouted(i) || (text.IsCapital(i) && text.Length(i) == 1)) && text.Touches(read.End - 1);

    // "chart no 3" is said, "no 3" after a noun in a sentence may be a word of its own: "no" counts before a dot, a colon or a number only.
    private static bool IsLowerNo(Scanned text, int i) => text[i] == "no" && !text.IsMark(i + 1, ".:#") && !text.IsNumber(i + 1) && !text.IsNumber(i + 2) && !text.IsShouted(i + 1) && !text.IsCapital(i + 1) && text[i + 1] is not ("is" or "was");

    // Without a word such as "number" it must look like one: no year, no date, no measurement; a plate has letters.
    private static bool IsNumberByItself(Scanned text, int i, NumberRead read, NumberCue cue) =>
        !(read.End == i + 1 && text.Value(i) is >= 1900 and <= 2099 && cue.Kind != IdentifierKind.Record)
        && Dates.NumericAt(text, i) is null
        && !(read.Letters == 0 && Vocabulary.Units.Contains(text[read.End]))
        && !text.IsMark(read.End, "%")
        && (cue.Kind != IdentifierKind.Vehicle || (read.Letters > 0 && read.Digits + read.Letters >= LengthMinOfPlate && (text.IsShouted(i) || text.IsNumber(i) || text.IsCapital(i))))
        && (cue.Kind != IdentifierKind.Biometric || read.Letters > 0)
        && !(read.Letters > 3 && text.IsWord(i) && !text.IsCapital(i) && read.Digits < LengthMin);

    // (01)00844588003288(17)261231: what a label's bar code says in clear.
    internal static int? Gs1(Scanned text, int i)
    {
        var end = i;
        while (end < text.Count && end < i + 40 && (end == i || text.Touches(end)) && (text.IsMark(end, "()") || text.IsNumber(end) || text.IsWord(end)))
        {
            end++;
        }
        return text.IsMark(i, "(") && text[i + 1] == "01" && text.IsMark(i + 2, ")") && text.IsNumber(i + 3) && text.Length(i + 3) >= 13 ? end : null;
    }
}
