namespace SocialQI.Identifiers;

/// <summary>Streets with and without a house number, and what follows them in an address.</summary>
internal static class StreetAddresses
{
    private const int WordsMax = 4;
    private const int ContinuationsMax = 5;

    public static (int First, int End)? At(Scanned text, int i) =>
        Flat(text, i) ?? (Numbered(text, i) is { } numbered ? (i, Continued(text, numbered)) : Named(text, i) is { } named ? (i, Continued(text, named)) : null);

    // "Flat 3, 18 Quay Street"
    private static (int, int)? Flat(Scanned text, int i)
    {
        if (text[i] is not ("flat" or "apt" or "apartment" or "suite" or "unit" or "haus"))
        {
            return null;
        }
        var at = i + 1;
        at += text.IsMark(at, ".") ? 1 : 0;
        at += text.IsNumber(at) || (text.IsCapital(at) && text.Length(at) == 1) ? 1 : 0;
        at += text.Touches(at) && text.IsWord(at) && text.Length(at) == 1 ? 1 : 0;
        at += text.IsMark(at, ",") ? 1 : 0;
        return at > i + 1 && Numbered(text, at) is { } end ? (i, Continued(text, end)) : null;
    }

    // 12 Harbour Street; 1188 N. Quarry Ave; 7 The Crescent; 12 rue des Lilas
    private static int? Numbered(Scanned text, int i)
    {
        if (!text.IsNumber(i) || text.Length(i) > 5 || (text.Touches(i) && !text.IsMark(i - 1, "(,:\"")))
        {
            return null;
        }
        var at = i + 1;
        at += text.Touches(at) && text.IsWord(at) && text.Length(at) == 1 ? 1 : 0;
        at += text.IsMark(at, ",") ? 1 : 0;
        if (text.Touches(at) && !text.IsMark(at - 1, ",") || text.BeginsLine(at))
        {
            return null;
        }
        if (PlaceWords.StreetsAbroad.Contains(text[at]) && Foreign(text, at) is { } abroad)
        {
            return abroad;
        }
        var first = at;
        at += text.IsCapital(at) && text[at] is "n" or "s" or "e" or "w" or "ne" or "nw" or "se" or "sw" ? 1 : 0;
        at += text.IsMark(at, ".") ? 1 : 0;
        for (; at < first + WordsMax + 2 && (text.IsCapital(at) || (text.IsNumber(at) && Months.IsOrdinal(text[at + 1])) || (text.IsMark(at, "-'") && text.Touches(at)) || (Months.IsOrdinal(text[at]) && text.Touches(at))); at++)
        {
            if (at > first && PlaceWords.StreetsWithNumber.Contains(text[at]) && !(text.IsShouted(at) && text.Length(at) < 3 && !text.IsShouted(first)) && !IsInstitution(text, at + 1))
            {
                return text.IsMark(at + 1, ".") && text.Length(at) <= 4 && !text.BeginsLine(at + 2) && (text.IsMark(at + 2, ",") || text.IsNumber(at + 2)) ? at + 2 : at + 1;
            }
        }
        return LowerCase(text, first);
    }

    // "lives at 12 harbour street": in small letters only where both words are plain.
    private static int? LowerCase(Scanned text, int i) =>
        text.IsWord(i) && text.IsWord(i + 1) && !Vocabulary.Common.Contains(text[i]) && text[i + 1] is "street" or "road" or "avenue" or "lane" && !Vocabulary.Units.Contains(text[i]) ? i + 2 : null;

    // Harbour Street; Lindenstraße 14; Calle Mayor 14
    private static int? Named(Scanned text, int i)
    {
        if (!text.IsCapital(i) || (text.Touches(i) && !text.IsMark(i - 1, "(\"':,")))
        {
            return null;
        }
        if (text.Length(i) > 6 && PlaceWords.StreetEndings.Any(e => text[i].EndsWith(e, StringComparison.Ordinal)) && !text.BeginsLine(i + 1))
        {
            var number = text.IsMark(i + 1, ".") ? i + 2 : i + 1;
            return text.IsNumber(number) && text.Length(number) <= 4 ? number + 1 + (text.Touches(number + 1) && text.IsWord(number + 1) && text.Length(number + 1) == 1 ? 1 : 0) : null;
        }
        if (PlaceWords.StreetsAbroad.Contains(text[i]) && text[i] is not ("via" or "place" or "route") && Foreign(text, i) is { } abroad && text.IsNumber(abroad - 1))
        {
            return abroad;
        }
        if (Vocabulary.Common.Contains(text[i]) || Months.IsName(text[i]))
        {
            return null;
        }
        for (var at = i + 1; at <= i + WordsMax && text.IsCapital(at) && !text.BeginsLine(at) && !text.Touches(at); at++)
        {
            if (PlaceWords.Streets.Contains(text[at]) && !(text.IsShouted(at) && !text.IsShouted(i)))
            {
                return IsInstitution(text, at + 1) ? null : at + 1;
            }
        }
        return null;
    }

    // The name, in small words too, and the number if it comes last.
    private static int? Foreign(Scanned text, int i)
    {
        var at = i + 1;
        while (at < i + WordsMax && text[at] is "de" or "des" or "du" or "la" or "le" or "les" or "del" or "los" or "l" or "d" or "'")
        {
            at++;
        }
        if (!text.IsCapital(at) && !text[at].StartsWith("l'", StringComparison.Ordinal) && !text[at].StartsWith("d'", StringComparison.Ordinal))
        {
            return null;
        }
        while (at < i + WordsMax + 2 && text.IsWord(at) && (text.IsCapital(at) || text[at].Contains('\'', StringComparison.Ordinal)) && !text.BeginsLine(at))
        {
            at++;
        }
        var number = text.IsMark(at, ",") ? at + 1 : at;
        return text.IsNumber(number) && text.Length(number) <= 4 && !text.BeginsLine(number) ? number + 1 : at;
    }

    private static bool IsInstitution(Scanned text, int i) => text[i] is "hospital" or "clinic" or "infirmary" or "practice" or "surgery" or "medical" or "criteria" or "score" or "test" or "syndrome" or "drug" or "drugs";

    // ", Apt 4B", ", Thornby", ", TB1 2QX", ", OH 44120", ", 99999 Kleinhausen"
    private static int Continued(Scanned text, int end)
    {
        for (var k = 0; k < ContinuationsMax; k++)
        {
            var at = text.IsMark(end, ",") ? end + 1 : end;
            var isComma = at > end;
            var next = Places.UnitedKingdom(text, at) is { } post ? post
                : text.IsShouted(at) && PlaceWords.StatesShort.Contains(text[at]) && text.IsNumber(at + 1) && text.Length(at + 1) == 5 ? at + 2
                : text.IsNumber(at) && text.Length(at) == 5 && (isComma || text.IsCapital(at - 1)) ? at + (text.IsCapital(at + 1) && !text.BeginsLine(at + 1) ? 2 : 1)
                : isComma && text[at] is "apt" or "flat" or "apartment" or "suite" or "unit" && text.IsNumber(at + 1) ? at + 2 + (text.Touches(at + 2) && text.IsWord(at + 2) && text.Length(at + 2) == 1 ? 1 : 0)
                : isComma && text.IsCapital(at) && text.Length(at) > 2 && !text.IsShouted(at) && !Vocabulary.Common.Contains(text[at]) && !NameWords.Titles.Contains(text[at]) && !Months.IsName(text[at]) && !Months.IsWeekday(text[at])
                    ? at + 1 + (text.IsCapital(at + 1) && !text.BeginsLine(at + 1) && !text.IsShouted(at + 1) && !Vocabulary.Common.Contains(text[at + 1]) ? 1 : 0)
                : 0;
            if (next == 0 || (!isComma && text.BeginsLine(at)))
            {
                return end;
            }
            end = next;
        }
        return end;
    }
}
