using System.Globalization;
using SocialQI.Server.Terminology;
using SocialQI.Storage;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>
/// An official list as large as the real one, made up: 75,000 codes, titles in its manner, some 12,000 words. The codes of the starter list are in it,
/// under titles that nobody would type. Always the same.
/// </summary>
internal static class CodeBook
{
    public const int Codes = 75_000;

    private const int Words = 12_000;

    private static readonly string[] Kinds =
        ["Acute", "Chronic", "Recurrent", "Congenital", "Other specified", "Unspecified", "Displaced", "Nondisplaced", "Open", "Superficial", "Traumatic", "Secondary", "Benign", "Malignant"];

    private static readonly string[] Things =
        ["fracture", "laceration", "neoplasm", "infarction", "hemorrhage", "infection", "ulcer", "abscess", "burn", "contusion", "dislocation", "disorder", "stenosis", "embolism", "degeneration", "deformity"];

    private static readonly string[] Sites =
        ["femur", "radius", "ulna", "humerus", "tibia", "lumbar spine", "colon", "stomach", "kidney", "bladder", "lung", "heart", "aorta", "retina", "cornea", "ear", "skin", "breast", "thyroid", "liver", "pancreas", "brain"];

    private static readonly string[] Sides = ["right", "left", "unspecified side", "bilateral"];

    private static readonly string[] Encounters = ["initial encounter", "subsequent encounter with delayed healing", "subsequent encounter with nonunion", "sequela", "without complication"];

    private static readonly string[] Fronts =
        ["cardi", "neur", "nephr", "hepat", "gastr", "oste", "derm", "hemat", "pneum", "enter", "arthr", "my", "angi", "encephal", "ophthalm", "ot", "rhin", "aden", "chondr", "cyst", "splen", "thyr", "pancreat", "spondyl", "phleb"];

    private static readonly string[] Middles = ["o", "omy", "ocyt", "ofibr", "olith", "oscler", "ovascul", "oblast", "opath", "otox", "omal", "ogen", "ophil", "ostas", "oplas", "oschis", "ospasm", "otroph", "ometr", "onecr"];

    private static readonly string[] Ends = ["itis", "osis", "oma", "opathy", "emia", "algia", "ectasia", "itic", "otic", "ia", "ism", "uria", "iasis", "oid", "ation", "ectomy", "ular", "ic", "al", "ase", "in", "ene", "ium", "ate"];

    private static readonly Lazy<IReadOnlyList<Concept>> All = new(() => [.. Make()]);

    public static IReadOnlyList<Concept> Concepts => All.Value;

    /// <summary>As the official code file.</summary>
    public static IEnumerable<string> Lines => Concepts.Select(c => $"{c.Code.Replace(".", "", StringComparison.Ordinal),-8}{c.Title}");

    private static string Word(int n)
    {
        var mixed = (int)(n * 7_919L % Words);
        return Fronts[mixed % Fronts.Length] + Middles[mixed / Fronts.Length % Middles.Length] + Ends[mixed / (Fronts.Length * Middles.Length) % Ends.Length];
    }

    private static IEnumerable<Concept> Make()
    {
        var starter = StarterList.Read().Concepts;
        var taken = starter.Select(c => c.Code).ToHashSet();
        var place = 0;
        foreach (var concept in starter)
        {
            yield return new Concept(concept.Code, $"Zz{place++.ToString(CultureInfo.InvariantCulture)} entry of the tabular list, not elsewhere classified", []);
        }
        for (var n = 0; place < Codes; n++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + (n % 26))}{n / 26 % 100:00}.{n / 2_600 % 1_000:000}");
            if (taken.Add(code))
            {
                place++;
                yield return new Concept(code, Title(n), []);
            }
        }
    }

    private static string Title(int n) => string.Join(
        ' ', Kinds[n % Kinds.Length], Word(n), Things[n / 5 % Things.Length], "of", Sides[n / 11 % Sides.Length], Sites[n / 3 % Sites.Length] + ",", Encounters[n / 7 % Encounters.Length]);
}
