using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public partial class ImportingACase(House house) : Story(house)
{
    private const string Bundle = """
        {"resourceType":"Bundle","type":"collection","entry":[
          {"resource":{"resourceType":"Patient","id":"ada","gender":"female","birthDate":"1960-01-01","name":[{"family":"Lovegrove","given":["Ada"]}]}},
          {"resource":{"resourceType":"Encounter","id":"stay","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"EMER"},
            "subject":{"reference":"Patient/ada"},"period":{"start":"2020-03-10"}}},
          {"resource":{"resourceType":"Condition","id":"fever","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
            "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"E87.1","display":"Hypo-osmolality and hyponatremia"}]},"subject":{"reference":"Patient/ada"},"onsetDateTime":"2020-03-10"}},
          {"resource":{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2951-2","display":"Sodium"}]},"subject":{"reference":"Patient/ada"},
            "effectiveDateTime":"2020-03-11","valueQuantity":{"value":118,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}}
        ]}
        """;

    [Fact]
    public async Task Makes_a_draft_that_its_author_opens_and_a_member_sees_appear()
    {
        var ines = await Arrive("ines.falkner", "cases");
        await Expect(ines.Page.GetByTestId("cases").GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        await ines.Mark();

        var imani = await Arrive("imani.cole", await Import());
        await Expect(imani.Page.GetByTestId("stage")).ToHaveTextAsync("Draft");
        await Expect(imani.Contributions.Filter(new() { HasText = "118 mmol/L" })).ToHaveCountAsync(1);
        await Expect(imani.Page.Locator("body")).Not.ToContainTextAsync("Lovegrove");
        await Describe(imani);
        await imani.Page.GetByTestId("open-case").ClickAsync();
        await imani.Page.GetByTestId("audience-communities").CheckAsync();
        await imani.Page.GetByLabel("Blood and Fever").CheckAsync();
        await imani.Page.GetByTestId("attest").CheckAsync();
        await imani.Page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await Expect(imani.Page.GetByTestId("stage")).ToHaveTextAsync("Open · day 1");

        await ines.Page.GetByTestId("cases").GetByText("Raise the sodium tonight, or wait?").ClickAsync();
        Assert.True(await ines.Stayed(), "The page was loaded again.");
        await ines.Write("By four in six hours, no more.");
        await imani.Sees("By four in six hours, no more.");
    }

    private static async Task Describe(Visitor author)
    {
        await author.Page.GetByTestId("revise-case").ClickAsync();
        await author.Page.GetByLabel("The question").FillAsync("Raise the sodium tonight, or wait?");
        await author.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Sodium of 118 without a reason");
        await author.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(author.Page.GetByTestId("question")).ToHaveTextAsync("Raise the sodium tonight, or wait?");
    }

    private async Task<string> Import()
    {
        var file = Path.Combine(House.Service.Data, "ada.json");
        await File.WriteAllTextAsync(file, Bundle, TestContext.Current.CancellationToken);
        var (code, said) = await House.Service.Verb("import", file, "--as", "imani.cole");
        Assert.True(code == 0, said);
        return CasePath().Match(said).Value;
    }

    [GeneratedRegex(@"case/case\.[^\s]+")]
    private static partial Regex CasePath();
}
