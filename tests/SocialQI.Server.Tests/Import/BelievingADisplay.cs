using SocialQI.Server.Import;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests.Import;

public sealed class BelievingADisplay
{
    [Theory]
    [InlineData("Sodium\u202Emuidos")]
    [InlineData("Sodium\nExamination: forged")]
    [InlineData("So\u200Bdium")]
    [InlineData("Sodium ask ada@example.org")]
    [InlineData("Sodium https://evil.example/x")]
    [InlineData("Sodium www.evil.example")]
    [InlineData("Sodium evil.com")]
    [InlineData("Sodium MRN 12345678")]
    [InlineData("Sodium SSN 123-45-6789")]
    [InlineData("Sodium (555) 123-4567")]
    [InlineData("Sodium １２３４５６７８")]
    [InlineData("Sodium ada＠example")]
    [InlineData("Sodium on 2020-03-11")]
    [InlineData("Sodium on 3/11/20")]
    [InlineData("Sodium on March 11, 2020")]
    [InlineData("Sodium on 11 Mar 2020")]
    [InlineData("Sodium in a 97 year old")]
    public async Task Stops_when_it_could_carry_something_else(string display)
    {
        var draft = await Draft(Ada, Stay, Observation(Coded(Loinc, "2951-2", display), Millimoles(131)));

        Assert.Equal("Day 0: LOINC 2951-2: 131 mmol/L", draft.Sections[CaseSection.Findings]);
        Assert.Equal(1, draft.Report.LeftOut["suspicious display"]);
    }

    [Theory]
    [InlineData("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet")]
    [InlineData("Pain severity - 0-10 verbal numeric rating [Score] - Reported")]
    [InlineData("Hémoglobine ‰ 10³/µL")]
    [InlineData("10 marrow cells may be seen, 5 decades")]
    public async Task Goes_on_for_what_terms_really_look_like(string display)
    {
        var draft = await Draft(Ada, Stay, Observation(Coded(Loinc, "2951-2", display), Millimoles(131)));

        Assert.Equal($"Day 0: {display}: 131 mmol/L", draft.Sections[CaseSection.Findings]);
    }

    [Fact]
    public async Task Ends_at_two_hundred_characters_and_never_within_a_character()
    {
        var draft = await Draft(Ada, Stay, Procedure(new string('x', 198) + "\U0001F9A0 and more", Day0));

        Assert.Equal("Procedure: " + new string('x', 198) + "…", draft.Facts[0].Text);
    }
}
