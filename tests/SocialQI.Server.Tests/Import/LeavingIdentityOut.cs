using SocialQI.Server.Import;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests.Import;

/// <summary>A canary sits in every place where a person could be named; none may be heard.</summary>
public sealed class LeavingIdentityOut
{
    private const string Canary = "Quetzalcoatl";
    private const string Date = "2020-03-11";

    public static TheoryData<string, string, string> Places => new()
    {
        { "name", OfPatient($$""" "name":[{"family":"{{Canary}}","given":["{{Canary}}"],"text":"{{Canary}}"}] """), "names" },
        { "address", OfPatient($$""" "address":[{"line":["{{Canary}}"],"city":"{{Canary}}","postalCode":"{{Canary}}","text":"{{Canary}}"}] """), "addresses" },
        { "telecom", OfPatient($$""" "telecom":[{"system":"email","value":"{{Canary}}"}] """), "contacts" },
        { "identifier", OfPatient($$""" "identifier":[{"system":"urn:{{Canary}}","value":"{{Canary}}"}] """), "identifiers" },
        { "contact", OfPatient($$""" "contact":[{"name":{"family":"{{Canary}}"} }] """), "contacts" },
        { "photo", OfPatient($$""" "photo":[{"contentType":"image/png","title":"{{Canary}}","data":"{{Canary}}"}] """), "attachments" },
        { "link", OfPatient($$""" "link":[{"other":{"reference":"Patient/2","display":"{{Canary}}"},"type":"seealso"}] """), "people and places" },
        { "narrative", OfPatient($$""" "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">{{Canary}}</div>"} """), "narrative text" },
        { "extension", OfPatient($$""" "extension":[{"url":"http://{{Canary}}","valueString":"{{Canary}}"}] """), "extensions" },
        { "primitive extension", OfPatient($$""" "_birthDate":{"extension":[{"url":"http://e.org","valueString":"{{Canary}}"}]} """), "extensions" },
        { "contained", OfPatient($$""" "contained":[{"resourceType":"Patient","id":"x","name":[{"family":"{{Canary}}"}]}] """), "contained resources" },
        { "unknown element", OfPatient($$""" "{{Canary}}":"{{Canary}}" """), "" },
        { "note", OfSodium($$""" "note":[{"authorString":"{{Canary}}","text":"{{Canary}}"}] """), "notes" },
        { "performer", OfSodium($$""" "performer":[{"display":"{{Canary}}"}] """), "people and places" },
        { "device", OfSodium($$""" "device":{"display":"{{Canary}}"} """), "" },
        { "meta", OfSodium($$""" "meta":{"source":"{{Canary}}","tag":[{"system":"{{Canary}}","code":"{{Canary}}","display":"{{Canary}}"}]} """), "" },
        { "body site text", OfSodium($$""" "bodySite":{"text":"{{Canary}}"} """), "free text" },
        { "reference range text", OfSodium($$""" "referenceRange":[{"text":"{{Canary}}"}] """), "free text" },
        { "interpretation text", OfSodium($$""" "interpretation":[{"coding":[{"system":"http://{{Canary}}","code":"{{Canary}}","display":"{{Canary}}"}],"text":"{{Canary}}"}] """), "free text" },
        { "interpretation code", OfSodium($$""" "interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"{{Canary}}"}]}] """), "" },
        { "valueString", Observation(Coded(Loinc, "2951-2", "Sodium"), $$""" "valueString":"{{Canary}}" """), "free text" },
        { "concept text", Observation($$"""{"coding":[{"system":"{{Loinc}}","code":"2951-2"}],"text":"{{Canary}}"}""", Millimoles(131)), "free text" },
        { "unknown system", Observation(Coded("http://hospital.example/codes", Canary, Canary), Millimoles(131)), "unknown code system" },
        { "no system", Observation($$"""{"coding":[{"code":"{{Canary}}","display":"{{Canary}}"}]}""", Millimoles(131)), "unknown code system" },
        { "code of no shape", Observation(Coded(Loinc, Canary), Millimoles(131)), "code that its system cannot have" },
        { "record number as a code", Observation(Coded(Snomed, "5551234567", Canary), Millimoles(131)), "code that its system cannot have" },
        { "unit", Observation(Coded(Loinc, "2951-2", "Sodium"), $$""" "valueQuantity":{"value":1,"unit":"{{Canary}}"} """), "unit outside UCUM" },
        { "unit annotation", Observation(Coded(Loinc, "2951-2", "Sodium"), $$""" "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"{ {{Canary}} }"} """), "" },
        { "value display", Observation(Coded(Loinc, "2951-2", "Sodium"), $$""" "valueCodeableConcept":{"coding":[{"system":"http://x","code":"1","display":"{{Canary}}"}],"text":"{{Canary}}"} """), "unknown code system" },
        { "component", Observation(Coded(Loinc, "2951-2", "Sodium"), $$""" "component":[{"code":{"text":"{{Canary}}"},"valueString":"{{Canary}}"}] """), "free text" },
        { "encounter place", Encounter(Day0, more: $$""","location":[{"location":{"display":"{{Canary}}"} }],"serviceProvider":{"display":"{{Canary}}"}"""), "people and places" },
        { "encounter class", Encounter(Day0, Canary), "" },
        { "report form", Report($$""" "presentedForm":[{"title":"{{Canary}}","data":"QUJD"}] """), "attachments" },
        { "report conclusion", Report($$""" "conclusion":"{{Canary}}" """), "free text" },
        { "dosage", Prescription($$""" "dosageInstruction":[{"text":"{{Canary}}","patientInstruction":"{{Canary}}"}] """), "free text" },
        { "practitioner", $$"""{"resourceType":"Practitioner","name":[{"family":"{{Canary}}"}]}""", "resource type Practitioner" },
        { "type of resource", $$"""{"resourceType":"{{Canary}}"}""", "resource type unknown" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Says_no_word_from(string place, string resource, string counted)
    {
        var bundle = resource.Contains("\"Patient\",\"id\":\"ada\"", StringComparison.Ordinal) ? new[] { resource, Stay, Sodium() } : [Ada, Stay, resource];
        var draft = await Draft(bundle);

        Assert.False(All(draft).Contains(Canary, StringComparison.OrdinalIgnoreCase), place);
        Assert.True(counted.Length == 0 || draft.Report.LeftOut.ContainsKey(counted), place + " is counted");
    }

    [Fact]
    public async Task Writes_no_date_of_the_file()
    {
        var draft = await Draft(Ada, Stay, Sodium(Date, ""","issued":"2020-03-11T07:08:09Z" """), Procedure("Appendectomy", "2011-05-06"),
            Condition(Coded(Icd10Cm, "I10"), "1999-09-09"), Observation(Coded(Loinc, "11368-8", "Onset"), """ "valueDateTime":"2020-03-09" """));

        var all = All(draft);
        Assert.All(["2020", "1960", "2011", "1999", "03-1", "07:08"], date => Assert.DoesNotContain(date, all, StringComparison.Ordinal));
        Assert.True(draft.Report.LeftOut["dates"] >= 6);
    }

    [Fact]
    public async Task Leaves_out_a_display_that_repeats_the_patients_name_and_shows_the_code()
    {
        var draft = await Draft(Patient("1960-01-01", ""","name":[{"family":"Lovelace17","given":["Ada"]}]"""), Stay,
            Observation(Coded(Loinc, "2951-2", "Sodium of Mrs. LOVELACE"), Millimoles(131)));

        Assert.Equal("Day 0: LOINC 2951-2: 131 mmol/L", draft.Sections[CaseSection.Findings]);
        Assert.Equal(1, draft.Report.LeftOut["display that names a person or place of this file"]);
    }

    [Fact]
    public async Task Rounds_away_a_number_that_only_somebody_could_have()
    {
        var draft = await Draft(Ada, Stay, Observation(Coded(Loinc, "2951-2", "Sodium"), Millimoles(5551234567)),
            Observation(Coded(Loinc, "2823-3", "Potassium"), """ "valueInteger":55512345 """));

        Assert.Equal("Day 0: Sodium: 5551230000 mmol/L", draft.Sections[CaseSection.Findings]);
        Assert.Equal(1, draft.Report.LeftOut["long number without a unit"]);
    }

    private static string OfPatient(string more) => Patient("1960-01-01", "," + more);

    private static string OfSodium(string more) => Sodium(more: "," + more);

    private static string Report(string more) => $$"""
        {"resourceType":"DiagnosticReport","status":"final","code":{{Coded(Loinc, "24331-1", "Lipid panel")}},"effectiveDateTime":"{{Day0}}",{{more}} }
        """;

    private static string Prescription(string more) => $$"""
        {"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/ada"},"authoredOn":"{{Day0}}",
         "medicationCodeableConcept":{{Coded("http://www.nlm.nih.gov/research/umls/rxnorm", "562251", "Amoxicillin")}},{{more}} }
        """;
}
