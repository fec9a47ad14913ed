using System.Globalization;
using System.Text;
using System.Text.Json;
using SocialQI.Server.Import;
using Xunit;

namespace SocialQI.Server.Tests.Import;

/// <summary>Small bundles by hand. Ada was born in 1960 and came to the emergency department on 10 March 2020: day 0.</summary>
internal static class Fhir
{
    public const string Day0 = "2020-03-10";
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string Icd10Cm = "http://hl7.org/fhir/sid/icd-10-cm";

    public static readonly string Ada = Patient("1960-01-01");

    public static readonly string Stay = Encounter(Day0);

    public static string Patient(string birth, string more = "") => $$"""{"resourceType":"Patient","id":"ada","gender":"female","birthDate":"{{birth}}"{{more}} }""";

    public static string Encounter(string start, string setting = "EMER", string more = "") => $$"""
        {"resourceType":"Encounter","id":"stay","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{setting}}"},
         "subject":{"reference":"Patient/ada"},"period":{"start":"{{start}}"}{{more}} }
        """;

    public static string Coded(string system, string code, string? display = null) => display is null
        ? $$"""{"coding":[{"system":"{{system}}","code":"{{code}}"}]}"""
        : $$"""{"coding":[{"system":"{{system}}","code":"{{code}}","display":{{JsonSerializer.Serialize(display)}}}]}""";

    public static string Sodium(string on = Day0, string more = "") => Observation(Coded(Loinc, "2951-2", "Sodium"), Millimoles(131), on, more);

    public static string Millimoles(decimal value) =>
        $$""" "valueQuantity":{"value":{{value.ToString(CultureInfo.InvariantCulture)}},"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"} """;

    public static string Observation(string code, string value, string on = Day0, string more = "") => $$"""
        {"resourceType":"Observation","status":"final","code":{{code}},"subject":{"reference":"Patient/ada"},"effectiveDateTime":"{{on}}",{{value}}{{more}} }
        """;

    public static string Condition(string code, string on, string status = "active", string more = "") => $$"""
        {"resourceType":"Condition","id":"c{{on}}","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"{{status}}"}]},
         "code":{{code}},"subject":{"reference":"Patient/ada"},"onsetDateTime":"{{on}}"{{more}} }
        """;

    public static string Procedure(string display, string on, string more = "") => $$"""
        {"resourceType":"Procedure","status":"completed","code":{{Coded(Snomed, "80146002", display)}},"subject":{"reference":"Patient/ada"},
         "performedDateTime":"{{on}}"{{more}} }
        """;

    public static string Bundle(params string[] resources) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(",\n", resources.Select(resource => $$"""{"resource":{{resource}}}"""))}}]}""";

    public static Task<ImportResult> Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static async Task<ImportResult> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await BundleReader.Read(stream, bytes.Length, TestContext.Current.CancellationToken);
    }

    public static async Task<ImportedCase> Draft(params string[] resources) => Assert.IsType<ImportResult.Drafted>(await Read(Bundle(resources))).Case;

    public static async Task<ImportRefusal> Refusal(string json) => Assert.IsType<ImportResult.Refused>(await Read(json)).Refusal;

    /// <summary>All that leaves the reader, as one text.</summary>
    public static string All(ImportResult result) => JsonSerializer.Serialize(result, result.GetType());

    public static string All(ImportedCase draft) => JsonSerializer.Serialize(draft);
}
