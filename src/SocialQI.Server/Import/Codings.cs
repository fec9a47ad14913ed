using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>What a coded concept says, in words; where its display is missing or was left out, the code itself.
/// The code stands with its system: <c>LOINC 8302-2</c>.</summary>
internal sealed record Phrase(string Text, string Code, CodedCondition? Icd10);

/// <summary>Reads concepts, but only the codings of systems known here, and only codes of those systems' shape: a record number must not pass as a code.</summary>
internal sealed partial class Codings(Displays displays, Tally leftOut)
{
    private const int CodingsMax = 20;
    private const string Icd10Cm = "ICD-10-CM";

    private static readonly FrozenDictionary<string, (string Name, Regex Shape)> Systems = new Dictionary<string, (string, Regex)>
    {
        ["http://hl7.org/fhir/sid/icd-10-cm"] = (Icd10Cm, Icd10Shape()),
        ["urn:oid:2.16.840.1.113883.6.90"] = (Icd10Cm, Icd10Shape()),
        ["http://snomed.info/sct"] = ("SNOMED CT", SnomedShape()),
        ["urn:oid:2.16.840.1.113883.6.96"] = ("SNOMED CT", SnomedShape()),
        ["http://loinc.org"] = ("LOINC", LoincShape()),
        ["urn:oid:2.16.840.1.113883.6.1"] = ("LOINC", LoincShape()),
        ["http://www.nlm.nih.gov/research/umls/rxnorm"] = ("RxNorm", RxNormShape()),
        ["urn:oid:2.16.840.1.113883.6.88"] = ("RxNorm", RxNormShape()),
        ["http://hl7.org/fhir/sid/cvx"] = ("CVX", CvxShape()),
        ["urn:oid:2.16.840.1.113883.12.292"] = ("CVX", CvxShape()),
    }.ToFrozenDictionary();

    /// <returns>Null when no coding of a known system is there.</returns>
    public Phrase? Say(CodeableConcept? concept)
    {
        var known = (concept?.Coding ?? []).Take(CodingsMax).Select(Say).OfType<(string System, string Code, string? Display)>().ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var best = known.FirstOrDefault(coding => coding.Display is not null, known[0]);
        var text = best.Display ?? $"{best.System} {best.Code}";
        var icd10 = known.Where(coding => coding.System == Icd10Cm).Select(coding => new CodedCondition(coding.Code, coding.Display ?? text)).FirstOrDefault();
        return new Phrase(text, $"{best.System} {best.Code}", icd10);
    }

    public IReadOnlyList<Phrase> SayAll(IEnumerable<CodeableConcept> concepts) => [.. concepts.Take(CodingsMax).Select(Say).OfType<Phrase>()];

    /// <summary>A code of one of HL7's own small lists, for a word of ours; null when the list is another.</summary>
    public static string? Of(CodeableConcept? concept, string list) => concept?.Coding.FirstOrDefault(coding =>
        coding.System is { } system && system.EndsWith('/' + list, StringComparison.Ordinal))?.Code;

    private (string System, string Code, string? Display)? Say(Coding coding)
    {
        if (coding.System is null || !Systems.TryGetValue(coding.System, out var system))
        {
            leftOut.Add("unknown code system");
            return null;
        }

        if (coding.Code is null || !system.Shape.IsMatch(coding.Code))
        {
            leftOut.Add("code that its system cannot have");
            return null;
        }

        var code = system.Name == Icd10Cm && coding.Code.Length > 3 && !coding.Code.Contains('.') ? coding.Code.Insert(3, ".") : coding.Code;
        return (system.Name, code, displays.Safe(coding.Display));
    }

    [GeneratedRegex(@"^[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?\z")]
    private static partial Regex Icd10Shape();

    // The two digits before the check digit tell a concept (00, 10) from descriptions and relationships, and from most other numbers.
    [GeneratedRegex(@"^[1-9][0-9]{2,14}[01]0[0-9]\z")]
    private static partial Regex SnomedShape();

    [GeneratedRegex(@"^(?:LP|LA)?[0-9]{1,6}-[0-9]\z")]
    private static partial Regex LoincShape();

    [GeneratedRegex(@"^[1-9][0-9]{0,7}\z")]
    private static partial Regex RxNormShape();

    [GeneratedRegex(@"^[0-9]{1,3}\z")]
    private static partial Regex CvxShape();
}
