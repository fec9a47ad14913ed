using System.IO.Compression;
using System.Text;
using SocialQI.Server.Import;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests.Import;

public sealed class RefusingABundle
{
    private const int FiftyMegabytes = 50 * 1024 * 1024;
    private const int Buffer = 64 * 1024;
    private const string Canary = "Quetzalcoatl";

    [Fact]
    public async Task Of_more_than_fifty_megabytes_reads_no_further()
    {
        using var endless = new Endless("{\"resourceType\":\"Bundle\",\"id\":\""u8.ToArray());

        Assert.Equal("too-large", await CodeOf(endless, null));
        Assert.InRange(endless.Given, FiftyMegabytes, FiftyMegabytes + Buffer);
    }

    [Fact]
    public async Task That_says_it_is_too_large_reads_nothing()
    {
        using var endless = new Endless("{"u8.ToArray());

        Assert.Equal("too-large", await CodeOf(endless, FiftyMegabytes + 1L));
        Assert.Equal(0, endless.Given);
    }

    [Fact]
    public async Task That_lied_about_its_length_is_stopped_all_the_same()
    {
        using var endless = new Endless("{\""u8.ToArray());

        Assert.Equal("too-large", await CodeOf(endless, 10));
    }

    [Fact]
    public async Task That_is_a_gzip_bomb_is_never_inflated()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Bundle(Ada, Stay) + new string(' ', 5_000_000)));
        }

        using var bomb = new Endless(packed.ToArray());

        Assert.Equal("not-a-bundle", await CodeOf(bomb, null));
        Assert.InRange(bomb.Given, 1, Buffer);
    }

    [Theory]
    [InlineData("PK\u0003\u0004zip")]
    [InlineData("<Bundle xmlns=\"http://hl7.org/fhir\"/>")]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("[]")]
    [InlineData("""{"resourceType":"Patient"}""")]
    [InlineData("""{"entry":[{"resource":{"resourceType":"Bundle"}}]}""")]
    public async Task That_is_none_says_so(string content) => Assert.Equal("not-a-bundle", (await Refusal(content)).Code);

    [Fact]
    public async Task That_is_malformed_names_line_byte_and_path_but_no_content()
    {
        var refusal = await Refusal($$"""
            {"resourceType":"Bundle","entry":[
            {"resource":{"resourceType":"Patient","name":[{"family":"{{Canary}}"}]} },
            {"resource":{"resourceType":"Condition","{{Canary}}":{"x":1},"code":{"text": {{Canary}} } } }]}
            """);

        Assert.Equal(new ImportRefusal("malformed-json", "The JSON breaks off being JSON at line 3, byte 80, in $.entry[1].resource.code.text."), refusal);
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":""")]
    [InlineData("""{"resourceType":"Bundle"} {}""")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"\ud800"}}]}""")]
    [InlineData("""{"resourceType":"Bundle",/* no */"entry":[]}""")]
    public async Task That_is_not_quite_JSON_is_malformed(string content) => Assert.Equal("malformed-json", (await Refusal(content)).Code);

    [Fact]
    public async Task That_is_not_UTF_8_is_malformed()
    {
        var bytes = Encoding.UTF8.GetBytes(Bundle(Patient("1960-01-01", ""","language":"xx" """), Stay));
        bytes[Array.LastIndexOf(bytes, (byte)'x')] = 0xFF;

        Assert.Equal("malformed-json", Assert.IsType<ImportResult.Refused>(await Read(bytes)).Refusal.Code);
    }

    [Theory]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"extension\":", "[")]
    [InlineData("", "{\"a\":")]
    [InlineData("", "[")]
    public async Task That_is_nested_ten_thousand_deep_leaves_the_stack_alone(string before, string level)
    {
        var refusal = await Refusal(before + string.Concat(Enumerable.Repeat(level, 10_000)));

        Assert.Equal("too-deep", refusal.Code);
        Assert.True(refusal.Message.Length < 500);
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","status":"Quetzalcoatl"}""", "Bundle.entry[2].resource.status")]
    [InlineData("""{"resourceType":"Observation","status":"final","effectiveDateTime":"Quetzalcoatl"}""", "Bundle.entry[2].resource.effective")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":"Quetzalcoatl"}""", "Bundle.entry[2].resource.code")]
    [InlineData("""{"resourceType":"Observation","valueQuantity":5}""", "Bundle.entry[2].resource.value")]
    [InlineData("""{"resourceType":"Observation","component":[{"valueQuantity":{"value":"Quetzalcoatl"}}]}""", "Bundle.entry[2].resource.component[0].value.value")]
    public async Task That_is_not_FHIR_names_the_path_but_no_content(string resource, string path)
    {
        var refusal = await Refusal(Bundle(Ada, Stay, resource));

        Assert.Equal("wrong-fhir", refusal.Code);
        Assert.Contains(path + " (", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_resources_is_empty() => Assert.Equal("empty-bundle", (await Refusal(Bundle())).Code);

    [Fact]
    public async Task With_two_patients_is_about_more_than_one() =>
        Assert.Equal("more-than-one-patient", (await Refusal(Bundle(Ada, Patient("1970-01-01"), Stay))).Code);

    [Fact]
    public async Task Without_a_patient_is_about_more_than_one_when_its_subjects_differ()
    {
        Assert.Equal("more-than-one-patient", (await Refusal(Bundle(Stay, Sodium().Replace("Patient/ada", "Patient/eve", StringComparison.Ordinal)))).Code);
        Assert.IsType<ImportResult.Drafted>(await Read(Bundle(Stay, Sodium())));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","status":"cancelled" """)]
    public async Task Without_an_encounter_that_took_place_has_no_day_0(string status)
    {
        var resources = status.Length == 0 ? [Ada, Sodium()] : new[] { Ada, Stay.Replace(""","status":"finished" """.TrimEnd(), status, StringComparison.Ordinal) };

        Assert.Equal("no-encounter", (await Refusal(Bundle(resources))).Code);
    }

    [Fact]
    public async Task Never_throws_and_never_quotes_whatever_byte_is_broken()
    {
        var sound = Encoding.UTF8.GetBytes(Bundle(Patient("1960-01-01", $$""","name":[{"family":"{{Canary}}"}]"""), Stay,
            Sodium(more: $$""","note":[{"text":"{{Canary}}"}],"{{Canary}}":["{{Canary}}"]""")));
        for (var at = 0; at < sound.Length; at++)
        {
            foreach (var wrong in "\"{]9x\\"u8.ToArray())
            {
                var broken = sound.ToArray();
                broken[at] = wrong;
                Assert.DoesNotContain(Canary, All(await Read(broken)), StringComparison.Ordinal);
            }
        }
    }

    private static async Task<string> CodeOf(Stream content, long? declaredLength) =>
        Assert.IsType<ImportResult.Refused>(await BundleReader.Read(content, declaredLength, TestContext.Current.CancellationToken)).Refusal.Code;

    /// <summary>Begins as told, goes on with the letter a without end, and counts what was read.</summary>
    private sealed class Endless(byte[] beginning) : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'a');
            if (Given < beginning.Length)
            {
                var rest = beginning.AsSpan((int)Given);
                rest[..Math.Min(rest.Length, buffer.Length)].CopyTo(buffer.Span);
            }

            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
