using System.Text;
using SocialQI.Server.Terminology;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>Each official form is recognised by what stands in it; a bad line is told by its number and the rest is taken.</summary>
public sealed class ReadingAFile
{
    private const string CodeFile = """
        A000    Cholera due to Vibrio cholerae 01, biovar cholerae
        A0100   Typhoid fever, unspecified
        I10     Essential (primary) hypertension
        S72001A Fracture of unspecified part of neck of right femur, initial encounter for closed fracture
        """;

    private const string OrderFile = """
        00001 A00     0 Cholera                                                      Cholera
        00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to Vibrio cholerae 01, biovar cholerae
        00003 A0100   1 Typhoid fever, unsp                                          Typhoid fever, unspecified
        """;

    private const string CodeSystem = """
        {"resourceType":"CodeSystem","url":"http://hl7.org/fhir/sid/icd-10-cm","version":"2026","content":"complete","concept":[
          {"code":"A00-B99","display":"Infections","concept":[
            {"code":"A00","display":"Cholera","property":[{"code":"notSelectable","valueBoolean":true}],"concept":[
              {"code":"A00.0","display":"Classical cholera","designation":[{"value":"Asiatic cholera"},{"value":"Classical cholera"},{"value":""}]},
              {"code":"A00.9"},
              {"code":"V-07","display":"A vehicle"}]}]},
          {"code":"I10","display":"Essential hypertension"}]}
        """;

    [Fact]
    public async Task The_code_file_gives_each_code_its_dot()
    {
        var read = await Read(CodeFile);
        Assert.Equal((TerminologyFile.IcdTenCm, null, 0, 0), (read.System, read.Version, read.Headings, read.Bad.Count));
        Assert.Equal(["A00.0", "A01.00", "I10", "S72.001A"], read.Concepts.Select(c => c.Code));
        Assert.Equal("Cholera due to Vibrio cholerae 01, biovar cholerae", read.Concepts[0].Title);
    }

    [Fact]
    public async Task The_order_file_gives_long_titles_and_leaves_headings_out()
    {
        var read = await Read(OrderFile);
        Assert.Equal((1, 0), (read.Headings, read.Bad.Count));
        Assert.Equal([("A00.0", "Cholera due to Vibrio cholerae 01, biovar cholerae"), ("A01.00", "Typhoid fever, unspecified")], read.Concepts.Select(c => (c.Code, c.Title)));
    }

    [Fact]
    public async Task A_code_system_gives_its_name_version_and_synonyms()
    {
        var read = await Read(CodeSystem);
        Assert.Equal((TerminologyFile.IcdTenCm, "2026", 2), (read.System, read.Version, read.Headings));
        Assert.Equal(["A00.0", "I10"], read.Concepts.Select(c => c.Code));
        Assert.Equal(["Asiatic cholera"], read.Concepts[0].Synonyms);
        Assert.Equal([4, 5], read.Bad.Kept.Select(b => b.Line));
    }

    [Theory]
    [InlineData("\uFEFF" + CodeFile)]
    [InlineData("\n\n" + CodeFile + "\n\n")]
    public async Task A_mark_at_the_beginning_and_empty_lines_are_nothing(string file) => Assert.Equal(4, (await Read(file)).Concepts.Count);

    [Fact]
    public async Task Windows_line_ends_are_line_ends() => Assert.Equal("Essential (primary) hypertension", (await Read(CodeFile.ReplaceLineEndings("\r\n"))).Concepts[2].Title);

    [Fact]
    public async Task Bad_lines_are_told_by_number_and_the_rest_is_taken()
    {
        var read = await Read("A000 Cholera\nnonsense here\nA001\nA000 Cholera again\nA002 " + new string('x', 401) + "\n\nA009 Cholera, unspecified");
        Assert.Equal(["A00.0", "A00.9"], read.Concepts.Select(c => c.Code));
        Assert.Equal([2, 3, 4, 5], read.Bad.Kept.Select(b => b.Line));
        Assert.Contains("line 1", read.Bad.Kept[2].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_bad_lines_the_first_hundred_are_kept_and_all_counted()
    {
        var read = await Read("A000 Cholera\n" + string.Join('\n', Enumerable.Repeat("?? nothing", 250)));
        Assert.Equal((250, 100), (read.Bad.Count, read.Bad.Kept.Count));
        Assert.Equal(101, read.Bad.Kept[^1].Line);
    }

    [Theory]
    [InlineData("", "not-a-terminology")]
    [InlineData("   \n ", "not-a-terminology")]
    [InlineData("<CodeSystem/>", "not-a-terminology")]
    [InlineData("PK\u0003\u0004\0\0", "not-a-terminology")]
    [InlineData("{\"resourceType\":\"Bundle\"}", "not-a-terminology")]
    [InlineData("{\"resourceType\":\"CodeSystem\",\"concept\":[}", "malformed-json")]
    [InlineData("{\"resourceType\":\"CodeSystem\",\"content\":\"not-present\"}", "nothing-usable")]
    [InlineData("Dear colleague,\nplease find attached", "nothing-usable")]
    public async Task With_nothing_to_use_is_refused_whole(string file, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<TerminologyRefusedException>(() => Read(file))).Refusal.Code);

    [Fact]
    public async Task With_nothing_to_use_says_what_was_wrong_with_the_first_line() =>
        Assert.Contains("line 1", (await Assert.ThrowsAsync<TerminologyRefusedException>(() => Read("Dear colleague"))).Refusal.Say, StringComparison.Ordinal);

    [Fact]
    public async Task With_more_concepts_than_may_be_is_refused()
    {
        var file = new StringBuilder();
        for (var n = 0; n <= TerminologyFile.ConceptsMax; n++)
        {
            file.Append((char)('A' + (n % 26))).Append((n / 26 % 100).ToString("00", null)).Append((n / 2_600).ToString("0000", null)).Append(" x\n");
        }
        Assert.Equal("too-many", (await Assert.ThrowsAsync<TerminologyRefusedException>(() => Read(file.ToString()))).Refusal.Code);
    }

    [Fact]
    public async Task The_official_size_is_read_whole() => Assert.Equal(CodeBook.Codes, (await Read(string.Join('\n', CodeBook.Lines))).Concepts.Count);

    private static Task<TerminologyContent> Read(string text) => TerminologyFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
