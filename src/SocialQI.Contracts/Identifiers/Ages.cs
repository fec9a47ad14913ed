using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>Ages over 89: so few people reach them that they name somebody. "90 or older" is how to write them, and is no such age.</summary>
internal static class Ages
{
    private const int Min = 90;
    private const int Max = 125;

    private static readonly FrozenSet<string> years = Vocabulary.Words("year years yr yrs yo jahre jahren jahr ans an años anos anni jaar lat år");

    private static readonly FrozenSet<string> adjectives = Vocabulary.Words("jährige jähriger jährigen jähriges jährig jarige jarig enne åriga årig");

    private static readonly FrozenSet<string> tens = Vocabulary.Words("ninety");

    private static readonly FrozenSet<string> units = Vocabulary.Words("one two three four five six seven eight nine");

    private static readonly FrozenSet<string> alone = Vocabulary.Words("nonagenarian nonagenarians centenarian centenarians supercentenarian");

    private static readonly FrozenSet<string> sexes = Vocabulary.Words("male female man woman lady gentleman widow widower f m");

    private static readonly FrozenSet<string> possessors = Vocabulary.Words("her his their");

    private static readonly FrozenSet<string> afterIs = Vocabulary.Words("and but when now , . ; ! ) years yo in so who although though because this next");

    private static readonly FrozenSet<string> noAge = Vocabulary.Words("for over after in last past within than under every about score scored temp temperature hr spo2 sats saturation saturations crp esr weight bp map rate pulse");

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (!found.IsTaken(i) && At(text, i) is { } end && !IsBound(text, end) && found.Add(IdentifierKind.Age, i, end))
            {
                i = end - 1;
            }
        }
    }

    private static int? At(Scanned text, int i)
    {
        if (alone.Contains(text[i]))
        {
            return i + 1;
        }
        if (text.IsWord(i))
        {
            return Spelled(text, i) is { } spelled ? Years(text, spelled, i) ?? (IsSaid(text, i) ? spelled : null)
                : text[i] == "nineties" && PossessedBy(text, i) ? i + 1
                : null;
        }
        if (text.Value(i) is not (>= Min and <= Max) || (text.Touches(i) && !text.IsMark(i - 1, "(,\"'/:;~")))
        {
            return null;
        }
        var at = i + 1;
        if (text[at] == "th" && text.Touches(at) && text[at + 1] == "birthday" || (text[at] == "st" && text[at + 1] == "birthday"))
        {
            return at + 2;
        }
        if (text.IsMark(i - 1, "(") && text.IsMark(at, ",") && sexes.Contains(text[at + 1]) || (text[i - 1] == "now" && text.IsMark(at, ",")))
        {
            return at;
        }
        return text[i] == "90" && text.Touches(at) && text[at] is "s" && PossessedBy(text, i) ? at + 1
            : Years(text, at, i) ?? Sex(text, at, i) ?? (IsPlain(text, at) && IsSaid(text, i) ? at : null);
    }

    // year-old, years of age, y/o, y.o., yrs old, Jahre, -jährige.
    private static int? Years(Scanned text, int i, int first)
    {
        var at = i;
        at += text.IsMark(at, "-") ? 1 : 0;
        if (adjectives.Contains(text[at]))
        {
            return at + 1;
        }
        if (text[at] == "y" && text.IsMark(at + 1, "/.-") && text[at + 2] == "o")
        {
            return text.IsMark(at + 3, ".") && text[at + 1] == "." ? at + 4 : at + 3;
        }
        if (text[at] is "y" or "j" && text.Touches(at) || (text[at] is "j" && text.IsMark(at + 1, ".")))
        {
            return at + 1;
        }
        if (text[at].StartsWith("yo", StringComparison.Ordinal) && text[at] is "yo" or "yom" or "yof" or "yold")
        {
            return at + 1;
        }
        if (!years.Contains(text[at]))
        {
            return null;
        }
        var end = at + 1;
        end += text.IsMark(end, ".") && text[at] is "yr" or "yrs" ? 1 : 0;
        var old = end + (text.IsMark(end, "-") ? 1 : 0);
        return text[old] is "old" or "olds" or "alt" or "alte" or "alter" or "oud" ? old + 1
            : text[end] == "of" && text[end + 1] == "age" ? end + 2
            : text[end] is "young" ? end + 1
            : !noAge.Contains(text[first - 1]) && text[end] is not ("ago" or "later" or "after" or "before" or "earlier" or "of") ? end
            : null;
    }

    // "97F" at a sentence's beginning is a woman; elsewhere it may be a temperature.
    private static int? Sex(Scanned text, int i, int first) =>
        !sexes.Contains(text[i]) || text.BeginsLine(i) ? null
        : text.Length(i) > 1 ? (text.Touches(i) || noAge.Contains(text[first - 1]) ? null : i + 1)
        : text.IsCapital(i) && (first == 0 || text[first - 1] is "a" or "an" or "the" or "this" or "our" or "(" or "." or "pt" or "patient") && (text[i + 1] is "with" or "who" or "presenting" or "presents" or "," or "." or "admitted" or "from" or "" or "found" or "seen") ? i + 1
        : null;

    // "aged 94", "age: 95", "died at 96", "turned 100", "she is 92 and".
    private static bool IsSaid(Scanned text, int i)
    {
        var k = i - 1;
        for (var skipped = 0; skipped < 3 && text[k] is ":" or "of" or "at" or "just" or "now" or "is" or "was" or "=" or "-" or "over" or "nearly" or "almost" or "about"; skipped++)
        {
            k--;
        }
        var isBetween = k < i - 1;
        return text[k] is "aged" or "ages" or "age" or "turned" or "turning" or "alter" or "âge" or "edad" || (text[k] is "died" or "dead" or "deceased" or "passed" or "away" && text[i - 1] == "at")
            || (isBetween && text[i - 1] is "is" or "was" or "now" && text[k] is "he" or "she" or "who" or "patient" or "mother" or "father" or "grandmother" or "grandfather" && afterIs.Contains(text[i + 1]))
            || text[i - 1] is "he's" or "she's" || (text[i - 1] == "to" && text[i - 2] is "lived" or "lives" or "living") || (text[i - 1] == "be" && text[i - 2] == "will" && text[i - 3] is "he" or "she");
    }

    private static bool IsPlain(Scanned text, int i) =>
        i >= text.Count || (!text.IsMark(i, "%/") && !(text.IsMark(i, ".-:") && text.Touches(i + 1) && text.IsNumber(i + 1)) && !(text.Touches(i) && text.IsWord(i)) && (!Vocabulary.Units.Contains(text[i]) || text[i] is "years" or "year"));

    private static bool PossessedBy(Scanned text, int i) => possessors.Contains(text[i - 1]) || (text[i - 1] is "early" or "mid" or "late" or "-" && (possessors.Contains(text[i - 2]) || possessors.Contains(text[i - 3])));

    private static bool IsBound(Scanned text, int end) => text[end] is "or" or "and" && text[end + 1] is "older" or "over" or "above" or "more" or "plus";

    // ninety-two, ninety five, a hundred and two
    private static int? Spelled(Scanned text, int i)
    {
        if (tens.Contains(text[i]))
        {
            var unit = text.IsMark(i + 1, "-") ? i + 2 : i + 1;
            return units.Contains(text[unit]) ? unit + 1 : i + 1;
        }
        if (text[i] is "neunzig" or "hundredyearold")
        {
            return i + 1;
        }
        if (text[i] != "hundred")
        {
            return null;
        }
        return text[i + 1] == "and" && units.Contains(text[i + 2]) ? i + 3 : i + 1;
    }
}
