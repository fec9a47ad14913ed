using System.Text;
using SocialQI.Wire;

namespace SocialQI.Storage.Search;

/// <summary>A piece of a text around what was found in it.</summary>
internal static class Snippet
{
    private const int LengthMax = 240;

    /// <summary>How much before the first hit is shown.</summary>
    private const int Before = 60;

    /// <summary>How many hits are looked at to find the best place.</summary>
    private const int HitsMax = 100;

    private const char Omitted = '…';

    public static string Of(string text, IReadOnlySet<string> stems)
    {
        var hits = Words.Of(text).Where(w => stems.Contains(w.Stem)).ToList();
        var (start, end) = Window(text, hits);
        var piece = new StringBuilder();
        var at = start;
        foreach (var hit in hits.Where(h => h.Start >= start && h.Start + h.Length <= end))
        {
            Append(piece, text, at, hit.Start);
            piece.Append(Found.HitBegins);
            at = hit.Start + hit.Length;
            Append(piece, text, hit.Start, at);
            piece.Append(Found.HitEnds);
        }
        Append(piece, text, at, end);
        return (start > 0 ? Omitted.ToString() : "") + piece.ToString().Trim() + (end < text.Length ? Omitted.ToString() : "");
    }

    // Where most different words stand together.
    private static (int Start, int End) Window(string text, List<Word> hits)
    {
        var best = hits.Count == 0 ? 0 : hits.Take(HitsMax).MaxBy(first => (StemsFrom(first, hits), -first.Start)).Start;
        var start = text.Length <= LengthMax ? 0 : AtSpace(text, Math.Min(Math.Max(0, best - Before), text.Length - LengthMax), best);
        var end = Math.Min(text.Length, start + LengthMax);
        // Not within a character of two halves, where no space is near.
        return (start, end < text.Length && char.IsLowSurrogate(text[end]) ? end - 1 : end);
    }

    private static int StemsFrom(Word first, List<Word> hits) =>
        hits.Take(HitsMax).Where(h => h.Start >= first.Start && h.Start + h.Length <= first.Start + LengthMax - Before).DistinctBy(h => h.Stem).Count();

    private static int AtSpace(string text, int from, int max)
    {
        var space = from == 0 ? -1 : text.AsSpan(from, Math.Max(0, max - from)).IndexOfAny(' ', '\n');
        return space >= 0 ? from + space + 1 : from < text.Length && char.IsLowSurrogate(text[from]) ? from + 1 : from;
    }

    // One line, and nobody's own marks.
    private static void Append(StringBuilder piece, string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (text[i] is not (Found.HitBegins or Found.HitEnds))
            {
                piece.Append(char.IsControl(text[i]) ? ' ' : text[i]);
            }
        }
    }
}
