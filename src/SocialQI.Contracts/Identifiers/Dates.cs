using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SocialQI.Identifiers;

/// <summary>Dates more exact than a year: in figures, with a month's name, or a feast's.</summary>
internal static class Dates
{
    private static readonly FrozenSet<string> before = Vocabulary.Words("on since until till by from dated of between and to before after and or the");

    private static readonly FrozenSet<string> beforePartial = Vocabulary.Words(
        "admitted discharged seen dated appointment appt followup up visit dob born died presented readmitted transferred surgery operated reviewed scan");

    private static readonly FrozenSet<string> scores = Vocabulary.Words(
        "gcs score scored scores scale pain power strength murmur grade vas nrs mrc mmse moca apgar acuity vision reflexes pulses glasgow stage quadrants tone class asa nyha doses odds ratio");

    private static readonly FrozenSet<string> beforeMonth = Vocabulary.Words("in since until till by during last this next early mid late before after from and to through of end beginning start ab seit im en depuis");

    private static readonly FrozenSet<string> parts = Vocabulary.Words("early late mid middle end beginning start anfang mitte ende début fin");

    private static readonly ImmutableArray<string[]> feasts =
    [
        .. "christmas day|christmas eve|new year's day|new year's eve|new years eve|new year's|boxing day|thanksgiving day|thanksgiving|easter sunday|easter monday|good friday|ash wednesday|valentine's day|independence day|halloween|heiligabend|silvester"
            .Split('|').Select(f => f.Split(' ')),
    ];

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (!found.IsTaken(i) && At(text, i) is { } end && found.Add(IdentifierKind.Date, i, WithTime(text, end)))
            {
                i = end - 1;
            }
        }
    }

    /// <summary>The end of a date in figures that begins here; null when there is none.</summary>
    public static int? NumericAt(Scanned text, int i) => NumericDates.Full(text, i);

    private static int? At(Scanned text, int i) =>
        Months.IsWeekday(text[i]) ? AfterWeekday(text, i)
        : parts.Contains(text[i]) ? AfterPart(text, i)
        : feasts.Where(f => text.Has(i, f)).Select(f => (int?)(i + f.Length)).FirstOrDefault()
        ?? NumericDates.Full(text, i)
        ?? NumericDates.Short(text, i, IsDated(text, i), IsBefore(text, i))
        ?? NumericDates.OfBirth(text, i)
        ?? DayFirst(text, i)
        ?? MonthFirst(text, i)
        ?? MonthAlone(text, i);

    // "Monday 3 June", "Friday the 13th": a weekday alone is none.
    private static int? AfterWeekday(Scanned text, int i)
    {
        var at = i + 1;
        at += text.IsMark(at, ".,") ? 1 : 0;
        at += text.IsMark(at, ",") ? 1 : 0;
        at += text[at] is "the" or "den" or "le" or "el" ? 1 : 0;
        return at >= text.Count || Months.IsWeekday(text[at]) ? null
            : DayFirst(text, at) ?? MonthFirst(text, at) ?? NumericDates.Full(text, at) ?? NumericDates.Short(text, at, true, true)
            ?? (text[at - 1] == "the" && IsDay(text, at) && Months.IsOrdinal(text[at + 1]) ? at + 2 : null);
    }

    private static int? AfterPart(Scanned text, int i)
    {
        var at = i + 1;
        at += text.IsMark(at, "-") ? 1 : 0;
        at += text[at] is "of" or "de" ? 1 : 0;
        return text.IsCapital(at) && Months.IsName(text[at]) || (text[at - 1] == "-" && Months.IsName(text[at])) ? WithYear(text, at + 1) ?? at + 1 : null;
    }

    // 14 March 2024, the 14th of March, 05-JAN-2021, 5jan2021, 3. Oktober 2023.
    private static int? DayFirst(Scanned text, int i)
    {
        var at = text[i] == "the" && Months.IsOrdinal(text[i + 2]) ? i + 1 : i;
        if (!IsDay(text, at))
        {
            return null;
        }
        at++;
        at += text.Touches(at) && Months.IsOrdinal(text[at]) ? 1 : 0;
        at += text.IsMark(at, ".-/,") ? 1 : 0;
        at += text[at] is "of" or "de" or "di" or "day" && Months.IsOrdinal(text[at - 1]) || text[at] is "of" or "de" ? 1 : 0;
        at += text[at] == "of" ? 1 : 0;
        if (!Months.IsName(text[at]) || text.IsMark(at + 1, "-") && text.IsCapital(at + 2) || IsPlural(text, at))
        {
            return null;
        }
        var end = WithYear(text, at + 1);
        return Months.IsMonth(text, at) || end is not null ? end ?? (text.IsMark(at + 1, ".") && text.Length(at) < 5 && !text.BeginsLine(at + 2) && !text.IsCapital(at + 2) ? at + 2 : at + 1) : null;
    }

    // March 14, 2024; Nov 12; March 14th.
    private static int? MonthFirst(Scanned text, int i)
    {
        if (!Months.IsName(text[i]) || (text.Touches(i) && !text.IsMark(i - 1, "(\"'/,;:[")))
        {
            return null;
        }
        var at = i + 1;
        at += text.IsMark(at, ".-/") ? 1 : 0;
        at += text[at] == "the" ? 1 : 0;
        if (!IsDay(text, at) || text.BeginsLine(at))
        {
            return null;
        }
        var isOrdinal = text.Touches(at + 1) && Months.IsOrdinal(text[at + 1]);
        var day = at + (isOrdinal ? 2 : 1);
        if (text.Touches(day) && (text.IsMark(day, "%:/*+") || text.IsWord(day) || (text.IsMark(day, ".-") && text.IsNumber(day + 1) && text.Touches(day + 1) && text.Length(day + 1) != 4)))
        {
            return null;
        }
        var end = WithYear(text, day);
        return end ?? (isOrdinal && Months.IsName(text[i]) || (Months.IsMonth(text, i) && text[i] is not "oct" || text.IsCapital(i) && !text.IsShouted(i)) && !Vocabulary.Units.Contains(text[day]) ? day : null);
    }

    // March 2024; in March.
    private static int? MonthAlone(Scanned text, int i)
    {
        if (!Months.IsName(text[i]) || text.IsMark(i - 1, "-") || (text.IsMark(i + 1, "-") && text.IsCapital(i + 2)))
        {
            return null;
        }
        return WithYear(text, i + 1) is { } end && (text[end - 1].Length == 4 || text.IsMark(end - 2, "'")) && !text.BeginsLine(end - 1) ? end
            : text.IsCapital(i) && !text.IsShouted(i) && text.Length(i) > 2 && beforeMonth.Contains(text[i - 1]) && !text.IsCapital(i + 1) && text[i + 1] is not ("fracture" or "fractures" or "'") ? i + 1
            : null;
    }

    // ", 2024", " 2024", "-21", "'24", "of 2024".
    private static int? WithYear(Scanned text, int i)
    {
        var at = i;
        at += text.IsMark(at, ".") ? 1 : 0;
        at += text.IsMark(at, ",-/") || text[at] is "of" or "de" or "del" ? 1 : 0;
        var isShort = text.IsMark(at, "'") || text.IsMark(at - 1, "-/");
        at += text.IsMark(at, "'") ? 1 : 0;
        return text.Touches(at + 1) && (text.IsWord(at + 1) && text[at + 1] is not "t" || text.IsMark(at + 1, "%")) ? null
            : text.IsNumber(at) && (text.Length(at) == 4 && text.Value(at) is >= 1850 and <= 2150 || (isShort && text.Length(at) == 2)) ? at + 1
            : null;
    }

    private static bool IsDay(Scanned text, int i) =>
        text.Value(i) is >= 1 and <= 31 && text.Length(i) <= 2 && !(text.Touches(i) && (text.IsWord(i - 1) || (text.IsMark(i - 1, ".,/-+:") && (text.IsNumber(i - 2) || text.IsWord(i - 2)))));

    // "2 or 3 March fractures" is no date.
    private static bool IsPlural(Scanned text, int i) => text[i + 1] is "fracture" or "fractures";

    private static bool IsDated(Scanned text, int i) => (beforePartial.Contains(text[i - 1]) || ((text.IsMark(i - 1, ":") || text[i - 1] == "on") && beforePartial.Contains(text[i - 2]))) && !IsScored(text, i);

    private static bool IsBefore(Scanned text, int i) => before.Contains(text[i - 1]) && !IsScored(text, i);

    private static bool IsScored(Scanned text, int i)
    {
        for (var k = 1; k <= 8; k++)
        {
            if (scores.Contains(text[i - k]))
            {
                return true;
            }
        }
        return false;
    }

    // 2024-03-14T09:30:00Z
    private static int WithTime(Scanned text, int end)
    {
        if (!text.Touches(end) || text[end] != "t" || !text.IsNumber(end + 1))
        {
            return end;
        }
        end += 2;
        for (var k = 0; k < 4 && text.IsMark(end, ":.+-") && text.Touches(end) && text.IsNumber(end + 1); k++)
        {
            end += 2;
        }
        return text.Touches(end) && text[end] == "z" ? end + 1 : end;
    }
}
