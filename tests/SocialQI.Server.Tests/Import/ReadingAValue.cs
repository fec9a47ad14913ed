using SocialQI.Server.Import;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests.Import;

public sealed class ReadingAValue
{
    [Theory]
    [InlineData(""" "valueQuantity":{"value":185.8289545670521,"system":"http://unitsofmeasure.org","code":"cm"} """, "185.8 cm")]
    [InlineData(""" "valueQuantity":{"value":0.00123456,"comparator":"<","system":"http://unitsofmeasure.org","code":"ug/L"} """, "< 0.001235 ug/L")]
    [InlineData(""" "valueQuantity":{"value":12500000,"system":"http://unitsofmeasure.org","code":"[IU]/mL"} """, "12500000 [IU]/mL")]
    [InlineData(""" "valueQuantity":{"value":80,"unit":"mmHg"} """, "80 mm[Hg]")]
    [InlineData(""" "valueQuantity":{"value":3,"system":"http://unitsofmeasure.org","code":"{score}"} """, "3")]
    [InlineData(""" "valueQuantity":{"value":5,"unit":"Mr. Smith"} """, "5 (unit not recognised)")]
    [InlineData(""" "valueQuantity":{"value":5,"unit":"617.555.019.9"} """, "5 (unit not recognised)")]
    [InlineData(""" "valueBoolean":true """, "yes")]
    [InlineData(""" "valueInteger":15 """, "15")]
    [InlineData(""" "valueRange":{"low":{"value":1,"unit":"g"},"high":{"value":2,"unit":"g"}} """, "1 g to 2 g")]
    [InlineData(""" "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"266919005","display":"Never smoker"}]} """, "Never smoker")]
    public async Task Says(string value, string said)
    {
        var draft = await Draft(Ada, Stay, Observation(Coded(Loinc, "2951-2", "Test"), value));

        Assert.Equal($"Test: {said}", Assert.Single(draft.Facts).Text);
    }

    [Fact]
    public async Task Says_an_interpretation_in_our_own_words()
    {
        var draft = await Draft(Ada, Stay, Sodium(more:
            ""","interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"LL","display":"forged"}]}]"""));

        Assert.Equal("Sodium: 131 mmol/L (critically low)", Assert.Single(draft.Facts).Text);
    }

    [Fact]
    public async Task Says_the_components_of_a_panel()
    {
        var draft = await Draft(Ada, Stay, Observation(Coded(Loinc, "85354-9", "Blood pressure"), $$"""
            "component":[{"code":{{Coded(Loinc, "8480-6", "systolic")}},"valueQuantity":{"value":90,"unit":"mmHg"} },
                         {"code":{{Coded(Loinc, "8462-4", "diastolic")}},"valueQuantity":{"value":50,"unit":"mmHg"} }]
            """));

        Assert.Equal("Blood pressure: systolic 90 mm[Hg], diastolic 50 mm[Hg]", Assert.Single(draft.Facts).Text);
    }

    [Fact]
    public async Task Of_earlier_days_keeps_the_latest_of_each_kind()
    {
        var draft = await Draft(Ada, Stay, Sodium("2020-01-01"), Sodium("2020-02-01"), Sodium("2020-01-15"));

        Assert.Equal("Sodium: 131 mmol/L (day -38)", draft.Sections[CaseSection.History]);
        Assert.Equal(2, draft.Report.LeftOut["earlier value of the same measurement"]);
        Assert.Equal(1, draft.Report.Taken["Observation"]);
    }
}
