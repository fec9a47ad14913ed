using SocialQI.Server.Import;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests.Import;

public sealed class TellingTheDay
{
    [Theory]
    [InlineData("1930-03-11", "Patient: 89 years old, female.")]
    [InlineData("1930-03-10", "Patient: 90 or older, female.")]
    [InlineData("1915-01-01", "Patient: 90 or older, female.")]
    [InlineData("1930", "Patient: 90 or older, female.")]
    [InlineData("2019-12-01", "Patient: under 1 year old, female.")]
    [InlineData("2021-01-01", "Patient: age not given, female.")]
    public async Task Tells_an_age_of_at_most_89(string birth, string said)
    {
        var draft = await Draft(Patient(birth), Stay);

        Assert.StartsWith(said, draft.Sections[CaseSection.Presentation], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-03-01", "(day -9)")]
    [InlineData("2019-03-11", "(day -365)")]
    [InlineData("2019-02-01", "(about a year before)")]
    [InlineData("1995-03-10", "(about 25 years before)")]
    [InlineData("1995", "(about 25 years before)")]
    public async Task Tells_days_within_a_year_before_and_years_beyond(string on, string said)
    {
        var draft = await Draft(Ada, Stay, Procedure("Appendectomy", on));

        Assert.Equal("Procedure: Appendectomy " + said, draft.Sections[CaseSection.History]);
    }

    [Theory]
    [InlineData("1925-01-01")]
    [InlineData(null)]
    public async Task Tells_no_number_of_years_when_the_patient_is_or_may_be_over_89(string? birth)
    {
        var patient = birth is null ? [] : new[] { Patient(birth) };
        var draft = await Draft([.. patient, Stay, Procedure("Tonsillectomy", "1935-01-01"), Procedure("Appendectomy", "2020-03-01")]);

        Assert.Equal("Procedure: Appendectomy (day -9)\nProcedure: Tonsillectomy (more than a year before)", draft.Sections[CaseSection.History]);
    }

    [Theory]
    [InlineData("1900-01-01", "day outside the window")]
    [InlineData("2035-01-01", "day outside the window")]
    [InlineData("2020-03", "imprecise date")]
    public async Task Leaves_out_what_no_day_can_be_told_of(string on, string reason)
    {
        var draft = await Draft(Ada, Stay, Procedure("Appendectomy", on));

        Assert.DoesNotContain("Appendectomy", All(draft), StringComparison.Ordinal);
        Assert.Equal(1, draft.Report.LeftOut[reason]);
    }

    [Fact]
    public async Task Ends_at_the_ninetieth_birthday()
    {
        var draft = await Draft(Patient("1930-03-20"), Stay, Sodium("2020-03-19"), Sodium("2020-03-20"));

        Assert.Equal(9, Assert.Single(draft.Facts).Day);
        Assert.Equal(1, draft.Report.LeftOut["day that would tell an age over 89"]);
    }

    [Theory]
    [InlineData("30525-0", "Age", """ "valueInteger":97 """)]
    [InlineData("64218-1", "How long have you smoked", """ "valueQuantity":{"value":40,"unit":"years"} """)]
    public async Task Leaves_out_ages_and_spans_of_years_of_the_very_old(string code, string display, string value)
    {
        var asked = Observation(Coded(Loinc, code, display), value);

        Assert.Empty((await Draft(Patient("1923-01-01"), Stay, asked)).Facts);
        Assert.Single((await Draft(Ada, Stay, asked)).Facts);
    }

    [Fact]
    public async Task Leaves_out_a_span_of_more_than_89_years_of_anybody()
    {
        var draft = await Draft(Ada, Stay, Observation(Coded(Loinc, "39156-5", "Mother's years"), """ "valueQuantity":{"value":1140,"unit":"months"} """));

        Assert.Equal(1, draft.Report.LeftOut["ages over 89"]);
        Assert.Empty(draft.Facts);
    }

    [Fact]
    public async Task Compares_two_instants_in_the_time_zone_of_the_encounter()
    {
        var draft = await Draft(Ada, Encounter("2020-03-10T23:00:00-05:00"), Sodium("2020-03-11T04:30:00Z"));

        Assert.Equal(0, Assert.Single(draft.Facts).Day);
    }
}
