using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>Addresses of people and pages in the net.</summary>
internal static class Addresses
{
    private const int TokensMax = 40;

    private static readonly FrozenSet<string> schemes = Vocabulary.Words("http https ftp ftps sftp hxxp hxxps");

    // Those that are no word of a sentence whose full stop lost its space.
    private static readonly FrozenSet<string> endings = Vocabulary.Words(
        "com org net edu gov mil info biz example uk eu de ch fr nl dk pl cz jp cn ru br au nz ca ie es se fi io app dev online site health invalid test local");

    private static readonly FrozenSet<string> endingsBeforeAPath = Vocabulary.Words("be me ly co at it no is us in to tv cc gl link page blog cloud care");

    public static void Find(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            var end = Email(text, i, out var first) ?? 0;
            if (end > 0 && found.Add(IdentifierKind.Email, first, end))
            {
                i = end - 1;
            }
        }
        for (var i = 0; i < text.Count; i++)
        {
            if (!found.IsTaken(i) && Url(text, i) is { } end && found.Add(IdentifierKind.Url, i, end))
            {
                i = end - 1;
            }
        }
    }

    // Found at its @, or at what is written for it: (at), [at].
    private static int? Email(Scanned text, int i, out int first)
    {
        first = i;
        var isWritten = text.IsMark(i, "([{") && text[i + 1] == "at" && text.IsMark(i + 2, ")]}");
        if (!isWritten && text[i] != "@")
        {
            return null;
        }
        while (first > 0 && first > i - TokensMax && (first == i || text.Touches(first)) && IsLocal(text, first - 1))
        {
            first--;
        }
        while (first < i && text.IsMark(first, ".-'"))
        {
            first++;
        }
        return first == i ? null : Domain(text, i + (isWritten ? 3 : 1));
    }

    private static bool IsLocal(Scanned text, int i) => text.IsWord(i) || text.IsNumber(i) || text.IsMark(i, "._-+%'&");

    // Labels with dots between, at least two; the last is letters.
    private static int? Domain(Scanned text, int i)
    {
        var (at, end) = (i, -1);
        while (at < text.Count && at < i + TokensMax && Label(text, at) is { } label)
        {
            if (at > i && text.IsWord(label - 1) && text.Length(label - 1) >= 2)
            {
                end = label;
            }
            var dot = text[label] == "." && text.Touches(label) && text.Touches(label + 1) ? 1
                : text.IsMark(label, "([{") && text[label + 1] == "dot" && text.IsMark(label + 2, ")]}") ? 3
                : 0;
            if (dot == 0)
            {
                break;
            }
            at = label + dot;
        }
        return end > 0 ? end : null;
    }

    private static int? Label(Scanned text, int i)
    {
        var end = i;
        while (end < text.Count && end < i + TokensMax && (end == i || text.Touches(end)) && (text.IsWord(end) || text.IsNumber(end) || (end > i && text.IsMark(end, "-_") && text.Touches(end + 1))))
        {
            end++;
        }
        return end == i ? null : end;
    }

    private static int? Url(Scanned text, int i)
    {
        if (schemes.Contains(text[i]) && text.Has(i + 1, [":", "/", "/"]) && text.Touches(i + 4))
        {
            return EndOfUrl(text, i + 4);
        }
        if (!text.IsWord(i) && !text.IsNumber(i) || (text.Touches(i) && !text.IsMark(i - 1, "(<[\"':,")) || text[i] is "e" or "i")
        {
            return null;
        }
        return Domain(text, i) is not { } end || !text.IsWord(i) && !text.IsWord(i + 1) ? null
            : text[i] == "www" ? EndOfUrl(text, end - 1)
            : text.Touches(end) && text[end] == "/" && text.Touches(end + 1) && (endings.Contains(text[end - 1]) || endingsBeforeAPath.Contains(text[end - 1])) ? EndOfUrl(text, end)
            : endings.Contains(text[end - 1]) && text.Length(i) > 1 && (text.AsWritten(end - 1) == text[end - 1] || text.IsShouted(i)) ? end
            : null;
    }

    // Up to the next space, without the sentence's own marks at its end; a closing bracket belongs to it only with the opening one.
    private static int EndOfUrl(Scanned text, int i)
    {
        var (end, open) = (i, 0);
        while (end < text.Count && (end == i || text.Touches(end)) && !text.IsMark(end, "<>\"") && !(text.IsMark(end, ")") && open == 0))
        {
            open += text.IsMark(end, "(") ? 1 : text.IsMark(end, ")") ? -1 : 0;
            end++;
        }
        while (end > i + 1 && text.IsMark(end - 1, ".,;:!?'-"))
        {
            end--;
        }
        return end;
    }
}
