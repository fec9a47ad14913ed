using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>Numbers that name a paper, a trial or a concept, and nobody.</summary>
internal static class Citations
{
    private const int FillersMax = 4;
    private const int TokensMax = 24;

    private static readonly FrozenSet<string> systems =
        "pmid pmcid pmc nct isrctn eudract doi isbn issn icd loinc snomed rxnorm omim orpha orphanet umls cpt atc cas dsm hgnc rs meddra ucum clinvar chebi uniprot ensembl refseq"
            .Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> fillers = ": . # - code codes id no number 9 10 11 cm pcs ct".Split(' ').ToFrozenSet();

    public static void Skip(Scanned text, Findings found)
    {
        for (var i = 0; i < text.Count; i++)
        {
            // A DOI: 10, a registrant of at least four digits, and anything.
            if (text[i] == "10" && text[i + 1] == "." && text.IsNumber(i + 2) && text.Length(i + 2) >= 4 && text[i + 3] == "/" && text.Touches(i + 3))
            {
                found.Skip(i, EndOfRun(text, i));
            }
            else if (systems.Contains(text[i]) && (text[i] != "rs" || (text.Touches(i + 1) && text.IsNumber(i + 1))) && !(text.IsMark(i + 1, "-") && text.Touches(i + 2) && text.IsNumber(i + 2) && text.Length(i + 2) > 2))
            {
                var at = i + 1;
                for (var k = 0; k < FillersMax && fillers.Contains(text[at]); k++)
                {
                    at++;
                }
                if (at < text.Count && (text.IsNumber(at) || text.IsNumber(at + 1)) && !text.BeginsLine(at))
                {
                    found.Skip(i, EndOfRun(text, at));
                }
            }
        }
    }

    private static int EndOfRun(Scanned text, int i)
    {
        var end = i + 1;
        while (end < i + TokensMax && text.Touches(end))
        {
            end++;
        }
        return end;
    }
}
