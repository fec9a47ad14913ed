using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>Dates in figures alone, of which a clinical text has many doubles: scores, doses, ratios.</summary>
internal static class NumericDates
{
    private const int YearMin = 1900;
    private const int YearMax = 2099;

    private static readonly FrozenSet<string> notDates = Vocabulary.Words("apgar version v software release section table insulin vaccine schedule");

    /// <summary>Day, month and year in any usual order; null when there is none.</summary>
    public static int? Full(Scanned text, int i)
    {
        if (!text.IsNumber(i) || (text.Touches(i) && (text.IsWord(i - 1) || (text.IsMark(i - 1, "-/.:,+*") && (text.IsNumber(i - 2) || text.IsWord(i - 2))))) || notDates.Contains(text[i - 1]))
        {
            return null;
        }
        return Compact(text, i) is { } compact ? compact
            : Parted(text, i, "/") ?? Parted(text, i, "-") ?? Parted(text, i, ".") ?? Spaced(text, i);
    }

    /// <summary>Two numbers: a day and a month where a word before says so, or a month and a year.</summary>
    public static int? Short(Scanned text, int i, bool isDated, bool isBefore)
    {
        var (first, second) = (text.Value(i), text.Value(i + 2));
        if (first < 1 || second < 1 || !text.IsMark(i + 1, "/.-") || !text.Touches(i + 1) || !text.Touches(i + 2) || (text.Touches(i) && !text.IsMark(i - 1, "(")) || IsChained(text, i + 3))
        {
            return null;
        }
        if (text.Length(i) <= 2 && first <= 12 && IsYear(second, text.Length(i + 2)))
        {
            return text[i + 1] == "/" || text.Length(i) == 2 ? i + 3 : null;
        }
        if (IsYear(first, text.Length(i)) && text.Length(i + 2) == 2 && second <= 12 && text.IsMark(i + 1, "-/"))
        {
            // 2010-12 may be three years; 2010-03 is a month.
            return text[i + 2][0] == '0' || isDated ? i + 3 : null;
        }
        var isDay = text.Length(i) <= 2 && text.Length(i + 2) <= 2 && ((first <= 12 && second <= 31) || (first <= 31 && second <= 12));
        var isSure = first > 12 || second > 12 || text[i][0] == '0' || text[i + 2][0] == '0';
        return isDay && text[i + 1] == "/" && !Vocabulary.Units.Contains(text[i + 3]) && !text.IsMark(i + 3, "%") && (isDated || (isBefore && isSure)) ? i + 3 : null;
    }

    /// <summary>Eight figures, or three numbers apart, after "DOB".</summary>
    public static int? OfBirth(Scanned text, int i)
    {
        var k = i - 1;
        while (k >= i - 3 && text.IsMark(k, ".:)") && k > 0)
        {
            k--;
        }
        if (!text.IsNumber(i) || !(text[k] is "dob" or "birth" or "born" or "geb" or "birthdate" or "birthday" or "né" or "née" or "geboren" || (text[k] == "b" && text[k - 2] == "o" && text[k - 4] == "d")))
        {
            return null;
        }
        return text.Length(i) is 8 or 6 ? i + 1
            : text.Length(i) <= 2 && text.IsNumber(i + 1) && text.IsNumber(i + 2) && text.Length(i + 1) <= 2 && text.Length(i + 2) is 2 or 4 ? i + 3
            : null;
    }

    // 20240314
    private static int? Compact(Scanned text, int i) =>
        text.Length(i) == 8 && text.Value(i) is var n && n / 10000 is >= YearMin and <= YearMax && n / 100 % 100 is >= 1 and <= 12 && n % 100 is >= 1 and <= 31
            && !IsChained(text, i + 1) && !(text.Touches(i + 1) && text.IsWord(i + 1) && text[i + 1] != "t") ? i + 1 : null;

    private static int? Parted(Scanned text, int i, string mark)
    {
        var (second, third) = (i + 2, i + 4);
        if (text[i + 1] != mark || text[i + 3] != mark || !text.IsNumber(second) || !text.IsNumber(third) || IsChained(text, third + 1))
        {
            return null;
        }
        var isTight = text.Touches(i + 1) && text.Touches(second) && text.Touches(i + 3) && text.Touches(third);
        // "120 - 130 - 12" are measurements: with spaces only a whole year convinces.
        return IsDate(text, i, second, third) && (isTight || (text.Length(third) == 4 || text.Length(i) == 4) && !text.BeginsLine(third)) && !Vocabulary.Units.Contains(text[third + 1])
            ? third + 1 : null;
    }

    private static int? Spaced(Scanned text, int i) =>
        text.IsNumber(i + 1) && text.IsNumber(i + 2) && text.Length(i) == 2 && text.Length(i + 1) == 2 && text.Length(i + 2) == 4 && !IsChained(text, i + 3) && !text.BeginsLine(i + 1) && !text.BeginsLine(i + 2)
            && IsDate(text, i, i + 1, i + 2) && !Vocabulary.Units.Contains(text[i + 3]) ? i + 3 : null;

    private static bool IsDate(Scanned text, int first, int second, int third)
    {
        var (a, b, c) = (text.Value(first), text.Value(second), text.Value(third));
        return text.Length(first) == 4 ? IsYear(a, 4) && b is >= 1 and <= 12 && c is >= 1 and <= 31 && text.Length(third) <= 2
            : text.Length(first) <= 2 && text.Length(second) <= 2 && (text.Length(third) == 2 || IsYear(c, text.Length(third)))
                && ((a is >= 1 and <= 31 && b is >= 1 and <= 12) || (a is >= 1 and <= 12 && b is >= 1 and <= 31));
    }

    private static bool IsYear(int value, int length) => length == 4 && value is >= YearMin and <= YearMax;

    // 40/30/20/10 goes on: a taper, not a date.
    private static bool IsChained(Scanned text, int i) =>
        text.Touches(i) && ((text.IsMark(i, "/-.:*") && text.Touches(i + 1) && text.IsNumber(i + 1)) || (text.IsWord(i) && text[i] is not "t"));
}
