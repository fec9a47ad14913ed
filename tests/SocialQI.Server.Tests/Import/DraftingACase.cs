using SocialQI.Server.Import;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests.Import;

public sealed class DraftingACase
{
    private static readonly string Pneumonia = """{"coding":[{"system":"http://snomed.info/sct","code":"233604007","display":"Pneumonia (disorder)"},"""
        + """{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"J189","display":"Pneumonia, unspecified organism"}]}""";

    [Fact]
    public async Task Is_titled_by_the_diagnosis_of_the_index_encounter_and_takes_its_ICD_10_code()
    {
        var draft = await Draft(Ada, Condition(Pneumonia, Day0), Encounter(Day0, more: $$""","diagnosis":[{"condition":{"reference":"Condition/c{{Day0}}"} }]"""));

        Assert.Equal("Imported: Pneumonia", draft.Title);
        Assert.Equal(new CodedCondition("J18.9", "Pneumonia, unspecified organism"), draft.Condition);
    }

    [Fact]
    public async Task Is_titled_by_the_reason_of_the_encounter_when_it_names_no_diagnosis()
    {
        var draft = await Draft(Ada, Encounter(Day0, more: $$""","reasonCode":[{{Coded(Snomed, "29857009", "Chest pain (finding)")}}]"""));

        Assert.Equal("Imported: Chest pain", draft.Title);
        Assert.Null(draft.Condition);
    }

    [Fact]
    public async Task Falls_back_on_the_most_recent_active_condition()
    {
        var draft = await Draft(Ada, Stay,
            Condition(Coded(Icd10Cm, "I10", "Hypertension"), "2010-01-01"),
            Condition(Coded(Icd10Cm, "E11.9", "Diabetes"), "2015-01-01"),
            Condition(Coded(Icd10Cm, "J01.90", "Sinusitis"), "2019-01-01", status: "resolved"));

        Assert.Equal(new CodedCondition("E11.9", "Diabetes"), draft.Condition);
    }

    [Fact]
    public async Task Counts_from_the_last_acute_encounter_even_when_a_check_up_followed()
    {
        var draft = await Draft(Ada, Encounter("2019-01-01"), Encounter(Day0, "IMP"), Encounter("2020-06-01", "AMB"), Sodium("2020-03-12"));

        Assert.Contains("Inpatient stay", draft.Sections[CaseSection.Presentation], StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(draft.Facts).Day);
        Assert.Equal(2, draft.Report.LeftOut["encounter other than the index encounter"]);
    }

    [Fact]
    public async Task Puts_each_resource_into_its_section()
    {
        var vital = Observation(Coded(Loinc, "8867-4", "Heart rate"), """ "valueQuantity":{"value":118,"unit":"beats/min"} """,
            more: ""","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}]""");
        var draft = await Draft(Ada, Stay, vital, Sodium("2020-03-11"), Condition(Coded(Icd10Cm, "I10", "Hypertension"), "2008-03-10"),
            Procedure("Appendectomy", "2020-03-11"), Penicillin);

        Assert.Equal("Patient: 60 years old, female.\nDay 0: Emergency encounter.", draft.Sections[CaseSection.Presentation]);
        Assert.Equal("Condition: Hypertension [I10] (about 12 years before)\nAllergy or intolerance: Penicillin, high criticality, reaction: Hives",
            draft.Sections[CaseSection.History]);
        Assert.Equal("Day 0: Heart rate: 118 /min", draft.Sections[CaseSection.Examination]);
        Assert.Equal("Day 1: Sodium: 131 mmol/L", draft.Sections[CaseSection.Findings]);
        Assert.Equal("Day 1: Procedure: Appendectomy", draft.Sections[CaseSection.Course]);
    }

    [Fact]
    public async Task Groups_its_facts_by_day_and_leaves_the_days_before_to_the_history()
    {
        var draft = await Draft(Ada, Stay, Sodium("2020-03-12"), Procedure("Appendectomy", "2020-03-12"), Procedure("Lumbar puncture", "2020-03-10"),
            Sodium("2020-03-01"));

        Assert.Equal([new DayFact(0, "Procedure: Lumbar puncture"), new DayFact(2, "Procedure: Appendectomy\nSodium: 131 mmol/L")], draft.Facts);
        Assert.Equal("Sodium: 131 mmol/L (day -9)", draft.Sections[CaseSection.History]);
    }

    [Fact]
    public async Task Cuts_a_long_section_at_a_line_and_says_how_many_more_there_were()
    {
        var many = Enumerable.Range(0, 300).Select(number => Procedure($"Procedure with a long name {new string('x', 100)} {number}", Day0));
        var draft = await Draft([Ada, Stay, .. many]);

        var lines = draft.Sections[CaseSection.Course].Split('\n');
        Assert.InRange(draft.Sections[CaseSection.Course].Length, ImportedCase.SectionLengthMax - 250, ImportedCase.SectionLengthMax);
        Assert.Equal($"({300 - lines.Length + 1} more lines left out)", lines[^1]);
        Assert.True(Assert.Single(draft.Facts).Text.Length <= ImportedCase.FactLengthMax);
    }

    [Fact]
    public async Task Keeps_no_more_than_two_hundred_days()
    {
        var start = new DateOnly(2020, 3, 10);
        var draft = await Draft([Ada, Stay, .. Enumerable.Range(0, 250).Select(day => Sodium(start.AddDays(day).ToString("yyyy-MM-dd", null)))]);

        Assert.Equal(ImportedCase.FactsMax, draft.Facts.Count);
        Assert.Equal(50, draft.Report.LeftOut["days beyond the limit"]);
    }

    [Fact]
    public async Task Reports_what_was_taken_and_what_was_not()
    {
        var draft = await Draft(Ada, Stay, Sodium(), """{"resourceType":"Claim"}""", """{"resourceType":"JohnSmith"}""");

        Assert.Equal(new Dictionary<string, int> { ["Encounter"] = 1, ["Observation"] = 1, ["Patient"] = 1 }, draft.Report.Taken);
        Assert.Equal(1, draft.Report.LeftOut["resource type Claim"]);
        Assert.Equal(1, draft.Report.LeftOut["resource type unknown"]);
    }

    [Fact]
    public async Task Finds_the_drug_that_a_prescription_points_at()
    {
        var draft = await Draft(Ada, Stay,
            $$"""
            {"resourceType":"MedicationRequest","status":"active","intent":"order","medicationReference":{"reference":"Medication/m"},
             "subject":{"reference":"Patient/ada"},"authoredOn":"{{Day0}}"}
            """,
            $$"""{"resourceType":"Medication","id":"m","code":{{Coded("http://www.nlm.nih.gov/research/umls/rxnorm", "562251", "Amoxicillin 250 MG")}}}""");

        Assert.Equal("Day 0: Medication ordered: Amoxicillin 250 MG", draft.Sections[CaseSection.Course]);
    }

    [Theory]
    [InlineData(""" "status":"not-done" """)]
    [InlineData(""" "status":"entered-in-error" """)]
    [InlineData(""" "status":"completed","modifierExtension":[{"url":"http://example.org/negated","valueBoolean":true}] """)]
    public async Task Leaves_out_what_was_not_done_or_may_mean_the_opposite(string status)
    {
        var draft = await Draft(Ada, Stay, Procedure("Appendectomy", Day0).Replace("\"status\":\"completed\"", status, StringComparison.Ordinal));

        Assert.DoesNotContain("Appendectomy", All(draft), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_out_what_is_about_somebody_else()
    {
        var draft = await Draft(Ada, Stay, Sodium().Replace("Patient/ada", "Patient/mother", StringComparison.Ordinal));

        Assert.Empty(draft.Facts);
        Assert.Equal(1, draft.Report.LeftOut["about somebody else"]);
    }

    private static string Penicillin => $$"""
        {"resourceType":"AllergyIntolerance","criticality":"high","code":{{Coded(Snomed, "764146007", "Penicillin (substance)")}},"patient":{"reference":"Patient/ada"},
         "reaction":[{"manifestation":[{{Coded(Snomed, "247472004", "Hives")}}]}]}
        """;
}
