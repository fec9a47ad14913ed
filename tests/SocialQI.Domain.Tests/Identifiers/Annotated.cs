using System.Text;
using SocialQI.Identifiers;

namespace SocialQI.Domain.Tests.Identifiers;

/// <summary>A sentence with what a person would mark in it.</summary>
internal sealed record Annotated(string Text, IReadOnlyList<Identifier> Marked)
{
    public static IReadOnlyList<Annotated> Read(string file)
    {
        using var reader = new StreamReader(typeof(Annotated).Assembly.GetManifestResourceStream(file)!);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(Of)];
    }

    // {{kind:text}}, and \n for a line break.
    private static Annotated Of(string line)
    {
        var text = new StringBuilder();
        var marked = new List<Identifier>();
        foreach (var (piece, at) in line.Replace("\\n", "\n", StringComparison.Ordinal).Split("{{").Select((p, k) => (p, k)))
        {
            if (at == 0)
            {
                text.Append(piece);
                continue;
            }
            var end = piece.IndexOf("}}", StringComparison.Ordinal);
            var colon = piece.IndexOf(':', StringComparison.Ordinal);
            marked.Add(new(Enum.Parse<IdentifierKind>(piece[..colon], ignoreCase: true), text.Length, end - colon - 1));
            text.Append(piece.AsSpan(colon + 1, end - colon - 1)).Append(piece.AsSpan(end + 2));
        }
        return new(text.ToString(), marked);
    }
}

/// <summary>How well the detector marks what a person would mark.</summary>
internal sealed class Measure
{
    private readonly List<(IdentifierKind Kind, string Outcome)> counted = [];
    private readonly List<string> misses = [];

    public IReadOnlyList<string> Misses => misses;

    public Measure(IEnumerable<Annotated> sentences)
    {
        foreach (var sentence in sentences)
        {
            var found = IdentifierDetector.Find(sentence.Text).ToList();
            foreach (var expected in sentence.Marked)
            {
                var at = found.FindIndex(f => f.Kind == expected.Kind && Covers(f, expected));
                counted.Add((expected.Kind, at >= 0 ? "hit" : "missed"));
                if (at >= 0)
                {
                    found.RemoveAt(at);
                }
                else
                {
                    misses.Add($"missed {expected.Kind} \"{Words(sentence, expected)}\" in: {sentence.Text}");
                }
            }
            foreach (var wrong in found)
            {
                counted.Add((wrong.Kind, "wrong"));
                misses.Add($"wrong {wrong.Kind} \"{Words(sentence, wrong)}\" in: {sentence.Text}");
            }
        }
    }

    public static IReadOnlyList<IdentifierKind> Kinds { get; } = Enum.GetValues<IdentifierKind>();

    public double Recall(params IEnumerable<IdentifierKind> kinds) => Share("missed", kinds);

    public double Precision(params IEnumerable<IdentifierKind> kinds) => Share("wrong", kinds);

    private double Share(string other, IEnumerable<IdentifierKind> kinds)
    {
        var hits = counted.Count(c => c.Outcome == "hit" && kinds.Contains(c.Kind));
        var all = hits + counted.Count(c => c.Outcome == other && kinds.Contains(c.Kind));
        return all == 0 ? 1 : (double)hits / all;
    }

    // Not half a number: what they share is most of the shorter, and the longer has at most a few words more ("town of Dunmore").
    private static bool Covers(Identifier found, Identifier expected)
    {
        const int More = 16;
        var shared = Math.Min(found.End, expected.End) - Math.Max(found.Start, expected.Start);
        var (shorter, longer) = (Math.Min(found.Length, expected.Length), Math.Max(found.Length, expected.Length));
        return shared > 0 && 2 * shared > shorter && longer <= shorter + More && (found.Length >= expected.Length || 3 * found.Length >= 2 * expected.Length);
    }

    private static string Words(Annotated sentence, Identifier marked) => sentence.Text.Substring(marked.Start, marked.Length);
}
