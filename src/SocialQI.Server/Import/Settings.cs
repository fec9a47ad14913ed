using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>Where an encounter took place, in our words for HL7's codes.</summary>
internal static class Settings
{
    public const int ReasonsMax = 20;

    /// <summary>An acute encounter is what a case is usually about, even when check-ups followed it.</summary>
    public static (string Words, bool IsAcute) Of(Coding? setting) =>
        setting?.System is { } system && system.EndsWith("/v3-ActCode", StringComparison.Ordinal) ? setting.Code switch
        {
            "IMP" or "ACUTE" or "NONAC" => ("Inpatient stay", true),
            "EMER" => ("Emergency encounter", true),
            "AMB" => ("Ambulatory encounter", false),
            "OBSENC" => ("Observation encounter", false),
            "SS" => ("Short stay", false),
            "HH" => ("Home visit", false),
            "VR" => ("Virtual encounter", false),
            _ => ("Encounter", false),
        }
        : ("Encounter", false);
}
