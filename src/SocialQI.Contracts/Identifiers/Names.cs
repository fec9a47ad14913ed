using System.Collections.Immutable;

namespace SocialQI.Identifiers;

/// <summary>Names of people where a word before them, or a common given name, gives them away. Eponyms are none.</summary>
internal static class Names
{
    private const int PartsMax = 5;

    private static readonly ImmutableArray<string[]> leads =
    [
        .. "name is|names are|known as|named|called|signed by|signed|next of kin|referred by|seen by|reviewed by|discussed with|spoke to|spoke with|spoken to|speaking to|dictated by|written by|reported by|witnessed by|accompanied by|interpreter|surname|first name|last name|forename|maiden name|full name|patient name|name of patient|name|née|contact|attending|operator|surgeon|consultant|regards|gp|cared for by|treated by|under the care of|operated by|examined by|assessed by|on behalf of|c / o"
            .Split('|').Select(l => l.Split(' ')).OrderByDescending(l => l.Length),
    ];

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (found.IsTaken(i) || !text.IsWord(i))
            {
                continue;
            }
            if ((Titled(text, i) ?? OfPatient(text, i) ?? OfKin(text, i) ?? Led(text, i) ?? Given(text, i)) is { } name && found.Add(IdentifierKind.Name, name.First, name.End))
            {
                i = name.End - 1;
            }
        }
    }

    // Mr. Otto Tarn, Prof. Dr. Soll, mrs grieve
    private static (int First, int End)? Titled(Scanned text, int i)
    {
        if (!NameWords.Titles.Contains(text[i]) || (text.Touches(i) && !text.IsMark(i - 1, "(\"'/,:;[")))
        {
            return null;
        }
        var (at, last) = (i + 1, i);
        at += text.IsMark(at, ".") ? 1 : 0;
        // "Mr & Mrs Carter"
        at += (text.IsMark(at, "&") || text[at] == "and") && NameWords.PlainTitles.Contains(text[at + 1]) ? 1 : 0;
        for (var k = 0; k < 6 && (NameWords.Titles.Contains(text[at]) && text.IsWord(at + 1) | text.IsMark(at + 1, ".") || NameWords.Degrees.Contains(text[at]) && text.IsMark(at + 1, ".")); k++)
        {
            last = NameWords.Titles.Contains(text[at]) ? at : last;
            at += text.IsMark(at + 1, ".") ? 2 : 1;
        }
        var isWord = NameWords.Words.Contains(text[last]);
        // MR, MS and DR in capitals are also an examination, a valve and two diseases.
        var isShort = text.IsShouted(last) && text[last] is "mr" or "ms" or "dr";
        if (isWord && !text.IsCapital(last) || (text[last] == "fr" || text[last] == "col" || text[last] == "sig") && !text.IsMark(last + 1, "."))
        {
            return text[last] is "nurse" or "sister" or "doctor" or "consultant" && Parts(text, at) is { } lower && lower.Names > 0 && !NameWords.Kin.Contains(text[last]) ? (i, lower.End) : null;
        }
        if (Parts(text, at, allowsCapitals: !isShort || IsAllCapitals(text, i, at)) is { } parts && (parts.Names > 0 || (parts.Names == 0 && parts.End > at && text.IsMark(at + 1, "."))))
        {
            return isShort && text[at - 1] != "." && text[at] is "r" or "s" ? null : (i, parts.End);
        }
        return !isWord && !isShort && NameWords.PlainTitles.Contains(text[last]) && !text.IsNumber(last - 1) && IsPlainName(text, at) ? (i, at + 1) : null;
    }

    private static bool IsAllCapitals(Scanned text, int i, int at) => text.IsShouted(at) && (i == 0 || text.IsMark(i - 1, ".,;:") || text.IsShouted(i - 1)) && text.IsShouted(at + 1);

    private static bool IsPlainName(Scanned text, int i) =>
        text.IsWord(i) && !text.IsCapital(i) && text.Length(i) > 2 && !text.BeginsLine(i) && !Vocabulary.Common.Contains(text[i]) && !NameWords.NoName.Contains(text[i]) && !NameWords.Clinical.Contains(text[i])
        && !Vocabulary.Units.Contains(text[i]) && !NameWords.Titles.Contains(text[i]);

    // "Patient John Smithers", "Pt J. Smithers", "my patient Leopold"
    private static (int First, int End)? OfPatient(Scanned text, int i)
    {
        if (text[i] is not ("patient" or "pt" or "patiente" or "patientin" or "paciente" or "client" or "boy" or "girl") || text.IsMark(i + 1, "'"))
        {
            return null;
        }
        var at = text.IsMark(i + 1, ":,") ? i + 2 : i + 1;
        if (Parts(text, at) is not { } parts || parts.Names == 0)
        {
            return null;
        }
        // One capitalised word may be anything at all; where "patient" itself begins a heading two may be one too.
        var isSure = parts.Names + parts.Initials > 1 || text.IsMark(i + 1, ":") || (text[i - 1] is "my" or "our" or "her" or "his" or "the" or "this" or "named" or "" && !text.IsCapital(i) && at == i + 1);
        return isSure && !NameWords.Peoples.Contains(text[at]) ? (at, parts.End) : null;
    }

    // "her husband Peter", "the daughter of Ottoline Grieve"
    private static (int First, int End)? OfKin(Scanned text, int i)
    {
        if (!NameWords.Kin.Contains(text[i]))
        {
            return null;
        }
        var at = text.IsMark(i + 1, ",:(") ? i + 2 : text[i + 1] is "of" or "called" or "named" or "is" ? i + 2 : i + 1;
        if (text.IsMark(i + 1, ",") && !text.IsMark(at + 1, ",") && !(text[i - 1] is "his" or "her" or "the" or "their" or "my" or "a") || (text[i + 1] == "is" && !text.IsMark(at + 1, ",.")))
        {
            return null;
        }
        return Parts(text, at) is { Names: > 0 } parts && !NameWords.Peoples.Contains(text[at]) && !text.IsShouted(at) && !PlaceWords.Large.Contains(text[at]) ? (at, parts.End) : null;
    }

    // "name: PIKE, ROSALIND", "referred by Amara Quill", "signed, Henrik Soll"
    private static (int First, int End)? Led(Scanned text, int i)
    {
        foreach (var lead in leads)
        {
            if (!text.Has(i, lead))
            {
                continue;
            }
            var at = i + lead.Length;
            var isSaid = text.IsMark(at, ":");
            at += text.IsMark(at, ":,(") ? 1 : 0;
            at += text[at] is "is" or "a" or "as" ? 1 : 0;
            var isName = lead[^1] is "name" or "surname" or "forename" or "is" or "are" or "named" or "called" or "kin" or "née" or "interpreter";
            if (Parts(text, at, allowsCapitals: isName && isSaid, allowsComma: isName && isSaid) is not { Names: > 0 } parts || text[i - 1] is "drug" or "brand" or "trade" or "generic")
            {
                return null;
            }
            // Teams, drugs and diseases are called, too.
            return (isName && lead[^1] is not "called" || parts.Names + parts.Initials > 1 || (isSaid && lead[^1] is not "contact") || (lead[^1] == "called" && text[i - 1] is not ("was" or "is" or "we" or "i" or "team" or "also") && text[at + 1] is not ("and" or "for")))
                && lead[0] is not "known" ? (at, parts.End) : null;
        }
        return null;
    }

    // "John Smithers": a common given name and a word that is no eponym's.
    private static (int First, int End)? Given(Scanned text, int i) =>
        text.IsCapital(i) && !text.IsShouted(i) && NameWords.Given.Contains(text[i]) && !PlaceWords.Large.Contains(text[i]) && !(text.Touches(i) && text.IsWord(i - 1)) && !text.IsMark(i - 1, "-@")
        && Parts(text, i) is { } parts && parts.Names > 1 && !text.IsMark(parts.End, "-") ? (i, parts.End) : null;

    private readonly record struct NameParts(int End, int Names, int Initials);

    // Names, initials and particles, as far as they go; null where a disease, a sign or a test follows, for then they are its name.
    private static NameParts? Parts(Scanned text, int i, bool allowsCapitals = false, bool allowsComma = false)
    {
        var (at, end, names, initials) = (i, i, 0, 0);
        while (at < text.Count && at < i + (2 * PartsMax) && names < PartsMax && (at == i || !text.BeginsLine(at) || text.IsCapital(at) && at == i))
        {
            if (text.IsCapital(at) && text.Length(at) == 1 && (text.IsMark(at + 1, ".") || text.IsCapital(at + 1)) && text[at] is not "i")
            {
                initials++;
                end = at += text.IsMark(at + 1, ".") ? 2 : 1;
            }
            else if (IsPart(text, at, allowsCapitals))
            {
                names++;
                end = ++at;
                at += text.IsMark(at, "-") && text.Touches(at + 1) && text.IsCapital(at + 1) ? 1 : 0;
                at += allowsComma && names == 1 && text.IsMark(at, ",") && text.IsCapital(at + 1) && !text.BeginsLine(at + 1) ? 1 : 0;
            }
            else if (NameWords.Particles.Contains(text[at]) && (names > 0 || initials > 0 || !text.IsCapital(at)) && text.IsWord(at + 1) && (names > 0 || text.IsCapital(at + 1) || text.IsCapital(at + 2)))
            {
                at++;
            }
            else
            {
                break;
            }
        }
        return end > i && !IsEponym(text, end) ? new(end, names, initials) : null;
    }

    private static bool IsPart(Scanned text, int i, bool allowsCapitals) =>
        text.IsCapital(i) && text.Length(i) > 1 && (allowsCapitals || !text.IsShouted(i) || text[i].Contains('\'', StringComparison.Ordinal) && text.Length(i) > 3 && text[i][1] == '\'') && !Vocabulary.Common.Contains(text[i]) && !NameWords.NoName.Contains(text[i])
        && !NameWords.Clinical.Contains(text[i]) && !NameWords.PlainTitles.Contains(text[i]) && !Months.IsWeekday(text[i]) && !(text[i].EndsWith("'s", StringComparison.Ordinal) && NameWords.Clinical.Contains(text[i + 1]))
        && !(text.Touches(i + 1) && text.IsNumber(i + 1));

    private static bool IsEponym(Scanned text, int end) => NameWords.Clinical.Contains(text[end]) || (text.IsMark(end, "'") && NameWords.Clinical.Contains(text[end + 1]));
}
