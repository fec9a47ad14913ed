using SocialQI.Cases;
using SocialQI.Storage;

namespace SocialQI.Server.Terminology;

/// <summary>The concepts of a file while it is read: each checked, no code twice.</summary>
internal sealed class Concepts(BadLines bad)
{
    private readonly Dictionary<string, int> lines = [];
    private readonly List<Concept> taken = [];

    public IReadOnlyList<Concept> Taken => taken;

    public int Headings { get; set; }

    /// <summary>The code with its dot after the third character.</summary>
    public static string Dotted(string code) => code.Length > 3 && code[3] != '.' ? code.Insert(3, ".") : code;

    /// <exception cref="TerminologyRefusedException">There are too many.</exception>
    public void Take(int line, string code, string title, IEnumerable<string> synonyms)
    {
        if (!Condition.IsCode(code))
        {
            bad.Add(line, "It has no ICD-10 code, such as A00.0, where one should stand.");
            return;
        }
        if (PlainText.RefuseLine("title", title, Concept.TextLengthMax) is { } refusal)
        {
            bad.Add(line, refusal.Say);
            return;
        }
        var dotted = Dotted(code);
        if (!lines.TryAdd(dotted, line))
        {
            bad.Add(line, $"Its code stood at {bad.What} {lines[dotted]:n0} already.");
            return;
        }
        if (taken.Count == TerminologyFile.ConceptsMax)
        {
            throw new TerminologyRefusedException(Refusal.TooMany("concepts in a code system", TerminologyFile.ConceptsMax));
        }
        taken.Add(new Concept(
            dotted, title,
            [.. synonyms.Where(s => s != title && PlainText.RefuseLine("synonym", s, Concept.TextLengthMax) is null).Distinct().Take(Concept.SynonymsMax)]));
    }
}
