using System.Collections.Immutable;

namespace SocialQI.Identifiers;

/// <summary>Places smaller than a state: addresses, codes of the post, and towns somebody lives in or comes from.</summary>
internal static class Places
{
    private const int PartsMax = 4;

    private static readonly ImmutableArray<string> occupations = ["teacher", "worker", "driver", "maker", "keeper", "woman", "smith"];

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (!found.IsTaken(i) && (StreetAddresses.At(text, i) ?? At(text, i)) is { } place && found.Add(IdentifierKind.Place, place.First, place.End))
            {
                i = place.End - 1;
            }
        }
    }

    private static (int First, int End)? At(Scanned text, int i) =>
        PostalCode(text, i) ?? Box(text, i) ?? Coordinates(text, i) ?? Region(text, i) ?? LivedIn(text, i) ?? InState(text, i);

    private static (int, int)? PostalCode(Scanned text, int i)
    {
        if (text[i] is "zip" or "zipcode" or "postcode" or "postal" or "plz" or "postleitzahl" or "eircode")
        {
            var at = i + 1;
            for (var k = 0; k < 5 && text[at] is "code" or ":" or "is" or "was" or "." or "no" or "#" or "-" or "of" or "number" or "("; k++)
            {
                at++;
            }
            return text.IsNumber(at) && text.Length(at) is 4 or 5 or 3 or 9 ? (at, text.IsMark(at + 1, "-") && text.IsNumber(at + 2) ? at + 3 : at + 1)
                : (UnitedKingdom(text, at) ?? Canada(text, at)) is { } end ? (at, end)
                : null;
        }
        return (UnitedKingdom(text, i) ?? Canada(text, i)) is { } bare && !text.Touches(i) ? (i, bare) : null;
    }

    // K1A 0B1
    private static int? Canada(Scanned text, int i) =>
        text.IsCapital(i) && text.Length(i) == 1 && text.Value(i + 1) is >= 0 and <= 9 && text.Touches(i + 1) && text.IsCapital(i + 2) && text.Touches(i + 2) && text.Length(i + 2) == 1
            && text.Value(i + 3) is >= 0 and <= 9 && !text.BeginsLine(i + 3) && !text.Touches(i + 3) && text.IsCapital(i + 4) && text.Touches(i + 4) && text.Length(i + 4) == 1
            && text.Value(i + 5) is >= 0 and <= 9 && text.Touches(i + 5) && !text.Touches(i + 6) | text.IsMark(i + 6, ".,;)") ? i + 6 : null;

    // SW1A 4XQ: an area, a space, a digit and two of the letters that no sign or unit is made of.
    internal static int? UnitedKingdom(Scanned text, int i)
    {
        if (!text.IsCapital(i) || text.Length(i) > 2 || !text.IsNumber(i + 1) || !text.Touches(i + 1) || text.Length(i + 1) > 2 || (text.Length(i) == 2 && !text.IsShouted(i)))
        {
            return null;
        }
        var at = i + 2;
        at += text.Touches(at) && text.IsCapital(at) && text.Length(at) == 1 ? 1 : 0;
        return text.IsNumber(at) && text.Length(at) == 1 && !text.BeginsLine(at) && text.IsShouted(at + 1) && text.Touches(at + 1) && text.Length(at + 1) == 2
            && !text[at + 1].Any(c => "cikmov".Contains(c, StringComparison.Ordinal)) ? at + 2 : null;
    }

    private static (int, int)? Box(Scanned text, int i)
    {
        var at = text[i] == "po" ? i + 1 : text.Has(i, ["p", ".", "o", "."]) ? i + 4 : text[i] == "postfach" ? i : -1;
        return at == i && text.IsNumber(at + 1) ? (i, at + 2) : at > i && text[at] == "box" && text.IsNumber(at + 1) ? (i, at + 2) : null;
    }

    // Two decimal fractions of at least three places: where on the globe.
    private static (int, int)? Coordinates(Scanned text, int i)
    {
        if (Degrees(text, i) is not { } first)
        {
            return null;
        }
        var at = first + (text[first] == "°" ? 1 : 0);
        at += text[at] is "n" or "s" ? 1 : 0;
        return text.IsMark(at, ",") && Degrees(text, text.IsMark(at + 1, "-") ? at + 2 : at + 1) is { } end ? (i, end) : null;
    }

    private static int? Degrees(Scanned text, int i) =>
        text.Value(i) is >= 0 and <= 180 && text[i + 1] == "." && text.Touches(i + 1) && text.IsNumber(i + 2) && text.Touches(i + 2) && text.Length(i + 2) >= 3 && !text.IsMark(i - 1, ".") ? i + 3 : null;

    // Quarry County; the county of Wexcombe.
    private static (int, int)? Region(Scanned text, int i)
    {
        if (PlaceWords.RegionsOf.Contains(text[i]) && text[i + 1] == "of" && Name(text, i + 2) is { } named)
        {
            return (i, named);
        }
        if (text[i] is "village" or "town" or "hometown" or "city" or "suburb" && Name(text, text.IsMark(i + 1, ",:") ? i + 2 : i + 1) is { } called)
        {
            return (text.IsMark(i + 1, ",:") ? i + 2 : i + 1, called);
        }
        if (!IsName(text, i) || (text.Touches(i) && text.IsWord(i - 1)) || Vocabulary.Common.Contains(text[i]))
        {
            return null;
        }
        for (var at = i + 1; at < i + PartsMax && text.IsCapital(at) && !text.BeginsLine(at) && !text.Touches(at); at++)
        {
            if (PlaceWords.Regions.Contains(text[at]))
            {
                return text[at + 1] is "general" or "hospital" or "infirmary" or "nurse" or "nurses" or "clinic" or "council" || text.IsCapital(at + 1) && text[at] is "district" or "city" or "county" ? null : (i, at + 1);
            }
        }
        return null;
    }

    // "lives in Thornby", "a farmer from Springfield", "born near Nether Cawdle".
    private static (int, int)? LivedIn(Scanned text, int i)
    {
        if (text[i] is not ("in" or "from" or "near" or "to" or "at" or "outside" or "around" or "on" or "aus" or "à" or "en" or "visiting" or "bei" or "im" or "of"))
        {
            return null;
        }
        var at = i + 1;
        at += text[at] is "the" && PlaceWords.RegionsOf.Contains(text[at + 1]) ? 1 : 0;
        var before = text[i - 1] is "just" or "somewhere" or "back" or "down" or "over" or "alone" or "again" or "currently" or "here" or "now" ? text[i - 2] : text[i - 1];
        var isLiving = text[i] == "visiting" || (PlaceWords.Living.Contains(before) && (before is not ("is" or "was" or "home" or "up") || text[i] is "from" or "in" && IsSomebody(text, i - 2) || (before == "up" && text[i - 2] == "grew")));
        if (text[i] is "to" or "on" or "at" && before is not ("moved" or "relocated" or "commutes" or "commuted" or "commuting" or "travelled" or "traveled" or "lives" or "living" or "lived" or "resides" or "residing" or "emigrated")
            || (text[i] == "of" && before is not ("resident" or "native"))
            || (before is "transferred" or "referred" or "transfer" or "retrieved" or "evacuated" or "airlifted" && text[i] != "from"))
        {
            return null;
        }
        if (!isLiving && !(text[i] == "from" && (IsPerson(before) || text.BeginsLine(i) && (text[i + 1] == "the" || text.IsMark(i + 2, ",") && text[i + 3] is "he" or "she" or "they"))))
        {
            return null;
        }
        return Name(text, at) is { } end ? (at, WithState(text, end))
            : before is "lives" or "resides" or "living" or "lived" && text[i] is "in" && IsLowerName(text, at) ? (at, at + 1)
            : null;
    }

    private static bool IsPerson(string word) =>
        PlaceWords.People.Contains(word) || occupations.Any(e => word.EndsWith(e, StringComparison.Ordinal));

    private static bool IsSomebody(Scanned text, int i) => text[i] is "he" or "she" or "patient" or "who" or "family" or "employer" or "they" or "home" or "house" or "workplace" or "school";

    private static bool IsLowerName(Scanned text, int i) =>
        text.IsWord(i) && !text.IsCapital(i) && text.Length(i) > 3 && !Vocabulary.Common.Contains(text[i]) && !PlaceWords.Large.Contains(text[i])
        && text[i] is not ("assisted" or "sheltered" or "rural" or "poverty" or "squalor" or "supported" or "nursing" or "care" or "residential" or "social" or "shared" or "hostel" or "rented" or "crowded" or "temporary" or "fear"
            or "isolation" or "close" or "poor" or "extreme" or "good" or "remission" or "denial" or "pain" or "urban" or "accommodation" or "housing" or "prison" or "institution" or "university" or "student" or "remote" or "warden" or "independent" or "emergency" or "state" or "foster" or "military" or "public" or "private" or "large" or "small");

    // Up to four capitalised words, not all of them large.
    private static int? Name(Scanned text, int i)
    {
        var end = i;
        end += text[end] is "the" && PlaceWords.RegionsOf.Contains(text[end + 1]) ? 1 : 0;
        if (PlaceWords.RegionsOf.Contains(text[end]) && text[end + 1] == "of")
        {
            end += 2;
        }
        var (first, isSmall) = (end, false);
        while (end < first + PartsMax && (end == first || !text.BeginsLine(end)) && IsName(text, end))
        {
            isSmall |= !PlaceWords.Large.Contains(text[end]);
            end++;
            end += text.IsMark(end, "-") && text.Touches(end) && text.Touches(end + 1) && text.IsCapital(end + 1) ? 1 : 0;
            end += text[end] is "upon" or "sur" or "am" or "on" or "de" or "la" or "del" && text.IsCapital(end + 1) && !text.BeginsLine(end + 1) ? 1 : 0;
        }
        return end > first && isSmall && !(text.IsMark(end - 1, "-")) && !PlaceWords.NoPlace.Contains(text[first]) && !NameWords.Clinical.Contains(text[end]) && text[end] is not ("disease" or "syndrome" or "virus") ? end : null;
    }

    private static bool IsName(Scanned text, int i) =>
        text.IsCapital(i) && text.Length(i) > 2 && !text.IsShouted(i) && !PlaceWords.NoPlace.Contains(text[i]) && !Months.IsName(text[i]) && !NameWords.Peoples.Contains(text[i])
        || (text.IsCapital(i) && text[i] is "st" or "mt" or "ft");

    // "Millbrook, Ohio", "Ashgrove, OH 43105"
    private static int WithState(Scanned text, int end) =>
        !text.IsMark(end, ",") ? (text.IsShouted(end) && PlaceWords.StatesShort.Contains(text[end]) ? WithZip(text, end + 1) : end)
        : text.IsShouted(end + 1) && PlaceWords.StatesShort.Contains(text[end + 1]) ? WithZip(text, end + 2)
        : text.IsCapital(end + 1) && PlaceWords.Large.Contains(text[end + 1]) ? WithZip(text, end + 2)
        : end;

    private static int WithZip(Scanned text, int end) =>
        text.IsNumber(end) && text.Length(end) == 5 && !text.BeginsLine(end) ? (text.IsMark(end + 1, "-") && text.IsNumber(end + 2) ? end + 3 : end + 1) : end;

    // A state in two letters and five digits need nobody who lives there.
    private static (int, int)? InState(Scanned text, int i)
    {
        if (text.IsShouted(i) && text.Length(i) == 2 && PlaceWords.StatesShort.Contains(text[i]) && WithZip(text, i + 1) is var end && end > i + 1)
        {
            return (i, end);
        }
        return IsName(text, i) && !text.Touches(i) && !Vocabulary.Common.Contains(text[i]) && text.IsMark(i + 1, ",")
            && WithState(text, i + 1) is var far && far > i + 1 && (text.IsNumber(far - 1) || (text.Length(far - 1) > 2 && !PlaceWords.Large.Contains(text[i]) && text[far - 1] is not ("the" or "central" or "georgia" or "virginia" or "victoria" or "chad" or "north" or "south" or "east" or "west" or "new" or "united" or "jordan"))) ? (i, far) : null;
    }
}
