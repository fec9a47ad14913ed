using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>Units by grammar: a unit is one that UCUM's units spell. Anything else beside a number is free text.</summary>
internal static partial class Units
{
    private const int LengthMax = 40;
    private const string Ucum = "http://unitsofmeasure.org";

    private static readonly FrozenDictionary<string, string> Spoken = new (string Code, string Means)[]
    {
        ("mmHg", "mm[Hg]"), ("°C", "Cel"), ("°F", "[degF]"), ("degC", "Cel"), ("degF", "[degF]"), ("bpm", "/min"), ("beats/min", "/min"),
        ("breaths/min", "/min"), ("lb", "[lb_av]"), ("lbs", "[lb_av]"), ("in", "[in_i]"), ("kg/m²", "kg/m2"), ("sec", "s"), ("hr", "h"),
        ("K/uL", "10*3/uL"), ("M/uL", "10*6/uL"), ("years", "a"), ("yr", "a"), ("year", "a"), ("months", "mo"), ("weeks", "wk"), ("days", "d"),
    }.ToFrozenDictionary(pair => pair.Code, pair => pair.Means);

    private static readonly FrozenDictionary<string, decimal> Years = new (string Code, decimal Means)[]
    {
        ("a", 1), ("a_j", 1), ("a_g", 1), ("a_t", 1), ("mo", 1 / 12m), ("mo_j", 1 / 12m), ("wk", 7 / 365.25m), ("d", 1 / 365.25m),
        ("h", 1 / 8_766m), ("min", 1 / 525_960m), ("s", 1 / 31_557_600m),
    }.ToFrozenDictionary(pair => pair.Code, pair => pair.Means);

    /// <returns>The unit, empty for a bare number; null when there is one that is not a unit.</returns>
    public static string? Of(Quantity quantity) =>
        quantity.System is null or Ucum or "urn:oid:2.16.840.1.113883.6.8" && quantity.Code is { Length: > 0 } code ? Recognise(code)
        : quantity.System is null && quantity.Unit is { Length: > 0 } unit ? Recognise(unit)
        : quantity.Unit is null && quantity.Code is null ? ""
        : null;

    /// <returns>How many years a length of time is; null for all that is not a length of time.</returns>
    public static decimal? InYears(decimal value, string unit) => Years.TryGetValue(unit, out var year) ? value * year : null;

    private static string? Recognise(string unit)
    {
        if (unit.Length > LengthMax)
        {
            return null;
        }

        // UCUM lets anything stand in braces: {score}, but also a name.
        var bare = Annotation().Replace(Spoken.GetValueOrDefault(unit, unit), "").TrimEnd('/', '.');
        return bare.Length == 0 || IsUnit(bare) ? bare : null;
    }

    // One plain number at most (/100, mL/24.h): a row of them could be a telephone number.
    private static bool IsUnit(string bare)
    {
        var terms = (bare[0] == '/' ? bare[1..] : bare).Split('.', '/');
        return terms.All(term => Term().IsMatch(term)) && terms.Count(term => char.IsAsciiDigit(term[0]) && term.All(char.IsAsciiDigit)) <= 1;
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Annotation();

    [GeneratedRegex("""
        ^(?:
            10[*^]-?[0-9]{1,2} | [0-9]{1,3} | %
            | (?:da|[YZEPTGMkhdcmunpf])? (?: mol | eq | Eq | osm | Osm | kat | cal | Cel | Ohm | bar | Pa | Hz | Gy | Sv | Bq | Ci
                | m\[Hg\] | m\[H2O\] | \[iU\] | \[IU\] | IU | U | [mgLlsVJWNKAtB] ) (?:-?[1-9])?
            | min | h | d | wk | mo | mo_j | a | a_[jgt] | deg
            | \[ (?: degF | lb_av | oz_av | in_i | in_us | ft_i | pH | ppm | ppb | pptr | arb'U | CFU | drp | HPF | LPF
                | APL'U | GPL'U | MPL'U | beth'U | USP'U | Ch | diop | cup_us | tsp_us | tbs_us | foz_us ) \] (?:-?[1-9])?
        )\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
