using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SocialQI.Server.Terminology;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>The operator's verb and the door it uses: what is loaded is found by whoever is signed in; what is refused leaves nothing.</summary>
public sealed class LoadingATerminology(TheService service)
{
    private const string Sample = "A000    Cholera due to Vibrio cholerae 01\nQ181    Glimmering of the preauricular sinus\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comes_after_the_starter_list() => await Waiting.Until("the starter list is there", async () => (await Listed()).Any(v => v is { System: StarterList.System, IsCurrent: true } && v.Concepts >= 400));

    [Fact]
    public async Task Is_found_by_whoever_is_signed_in_with_the_synonyms_of_the_starter_list()
    {
        var lines = StarterList.Read().Concepts.Select(c => $"{c.Code.Replace(".", "", StringComparison.Ordinal),-8}{c.Title}, of the full list");
        var report = await Loaded("icd-10-cm", "2026", Sample + string.Join('\n', lines.Where(l => !l.StartsWith("A000", StringComparison.Ordinal))) + "\nno line\n");

        Assert.Equal(("loaded", "2026", 1), (report.Outcome, report.Current, report.BadCount));
        using var http = service.Client(await service.Register(TheService.NorthHarbour));
        Assert.Equal("Q18.1", Assert.Single(await Asked(http, "glimering preauric", l => l.Length > 0)).Code);
        var found = (await Asked(http, "HLH", l => l.Length > 0 && l[0].Title.EndsWith("of the full list", StringComparison.Ordinal)))[0];
        Assert.Equal(("D76.1", "HLH"), (found.Code, found.FoundBy));
    }

    [Fact]
    public async Task Tells_how_far_it_is_while_it_goes()
    {
        using var http = service.OperatorClient();
        var file = string.Join('\n', Enumerable.Range(0, 4_500).Select(n => $"B{n / 100:00}{n % 100:00}  Condition {n}"));
        using var answer = await http.PostAsync("api/terminologies?system=telling&version=1", new StringContent(file), Stop);
        var lines = (await answer.Content.ReadAsStringAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<LoadLine>(l, JsonSerializerOptions.Web)!).ToList();
        Assert.Equal([0, 1_000, 2_000, 3_000, 4_000, 4_500, 4_500], lines.Select(l => l.Kept));
        Assert.Equal(4_500, lines[^1].Report!.Concepts);
        Assert.All(lines[..^1], l => Assert.Null(l.Report));
    }

    [Fact]
    public async Task Again_is_unchanged_and_with_other_content_refused_until_it_may_replace()
    {
        Assert.Equal("loaded", (await Loaded("again", "1", Sample)).Outcome);
        Assert.Equal("unchanged", (await Loaded("again", "1", Sample)).Outcome);
        Assert.Equal("other-content", await Refused("system=again&version=1", "A000 Cholera"));
        Assert.Equal("replaced", (await Loaded("again", "1", "A000 Cholera", "&replace=true")).Outcome);
    }

    [Fact]
    public async Task Leaves_the_older_version_and_lets_the_operator_choose()
    {
        await Loaded("choosing", "2025", Sample);
        Assert.Equal("2025", (await Loaded("choosing", "2026", "A000 Cholera", "&current=2025")).Current);
        using var http = service.OperatorClient();
        using var chosen = await http.PostAsync("api/terminologies/current?system=choosing&version=2026", null, Stop);
        Assert.Equal(HttpStatusCode.NoContent, chosen.StatusCode);
        Assert.Equal([("2026", 1, true), ("2025", 2, false)], (await Listed()).Where(v => v.System == "choosing").OrderByDescending(v => v.Version).Select(v => (v.Version, v.Concepts, v.IsCurrent)));
        using var missing = await http.PostAsync("api/terminologies/current?system=choosing&version=1066", null, Stop);
        Assert.Equal("no-such-version", await missing.Code());
    }

    [Theory]
    [InlineData("system=refused&version=1", "Dear colleague", "nothing-usable")]
    [InlineData("system=refused&version=1", "<xml/>", "not-a-terminology")]
    [InlineData("system=refused", Sample, "no-version")]
    [InlineData("system=starter&version=1", Sample, "reserved-name")]
    [InlineData("system=refused&version=1&current=1066", Sample, "no-such-version")]
    public async Task That_cannot_be_is_refused_by_name_and_leaves_nothing(string query, string file, string code)
    {
        Assert.Equal(code, await Refused(query, file));
        Assert.DoesNotContain(await Listed(), v => v.System == "refused" || v is { System: "starter", Version: "1" });
    }

    [Fact]
    public async Task That_is_too_large_is_refused()
    {
        using var http = service.OperatorClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/terminologies?system=large&version=1") { Content = new StreamContent(new Endless(TerminologyFile.LengthMax + 1_000_000)) };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("too-large", await answer.Code());
        Assert.DoesNotContain(await Listed(), v => v.System == "large");
    }

    [Fact]
    public async Task By_somebody_without_the_key_finds_no_door()
    {
        using var http = service.Client(await service.Demo("gideon.marsh"));
        using var answer = await http.PostAsync("api/terminologies?version=1", new StringContent(Sample), Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Asked_by_a_stranger_or_too_much_of_is_refused()
    {
        using var stranger = service.Client();
        using var nobody = await stranger.GetAsync("api/conditions?q=HLH", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        using var http = service.Client(await service.Register(TheService.NorthHarbour));
        using var much = await http.GetAsync("api/conditions?q=" + new string('x', ConditionLine.QueryLengthMax + 1), Stop);
        Assert.Equal("too-long", await much.Code());
    }

    [Fact]
    public async Task By_the_verb_shows_progress_bad_lines_and_what_became_of_it()
    {
        var folder = Directory.CreateTempSubdirectory("socialqi-terms-").FullName;
        var file = Path.Combine(folder, "icd_codes_2031.txt");
        await File.WriteAllTextAsync(file, Sample + "nonsense\n", Stop);

        var (code, said) = await Verb("load", file, "--system", "by-verb");
        Assert.True(code == 0, said);
        Assert.Matches(@"Sending: (\d+) of \1\b", said);
        Assert.Contains("Keeping: 2 of 2", said, StringComparison.Ordinal);
        Assert.Contains("by-verb 2031: loaded, 2 concepts", said, StringComparison.Ordinal);
        Assert.Contains("line 3: ", said, StringComparison.Ordinal);

        var (listed, list) = await Verb("list");
        Assert.True(listed == 0, list);
        Assert.Matches(@"by-verb +2031 +2 .* current", list);

        await File.WriteAllTextAsync(file, "A000 Cholera\n", Stop);
        var (refused, why) = await Verb("load", file, "--system", "by-verb");
        Assert.Equal(1, refused);
        Assert.Contains("--replace", why, StringComparison.Ordinal);

        var (chosen, nothing) = await Verb("choose", "--system", "by-verb", "--current", "1066");
        Assert.Equal(1, chosen);
        Assert.Contains("no-such-version", nothing, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private Task<(int Code, string Said)> Verb(params string[] words) =>
        ServerProcess.Run(Path.Combine(AppContext.BaseDirectory, "SocialQI.Server.dll"), ["terminology", .. words, "--data", service.Folder], input: null);

    private async Task<LoadReport> Loaded(string system, string version, string file, string more = "")
    {
        using var http = service.OperatorClient();
        using var answer = await http.PostAsync($"api/terminologies?system={system}&version={version}{more}", new StringContent(file), Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, said);
        return JsonSerializer.Deserialize<LoadLine>(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], JsonSerializerOptions.Web)!.Report!;
    }

    private async Task<string?> Refused(string query, string file)
    {
        using var http = service.OperatorClient();
        using var answer = await http.PostAsync("api/terminologies?" + query, new StringContent(file), Stop);
        return await answer.Code();
    }

    private async Task<TerminologyLine[]> Listed()
    {
        using var http = service.OperatorClient();
        return (await http.GetFromJsonAsync<TerminologyLine[]>("api/terminologies", Stop))!;
    }

    private static async Task<ConditionLine[]> Asked(HttpClient http, string typed, Func<ConditionLine[], bool> isIt)
    {
        ConditionLine[] found = [];
        await Waiting.Until($"\"{typed}\" is found", async () =>
        {
            using var answer = await http.GetAsync("api/conditions?q=" + Uri.EscapeDataString(typed), Stop);
            found = answer.IsSuccessStatusCode ? Json.Decode<ConditionLine[]>(await answer.Content.ReadAsByteArrayAsync(Stop)) : [];
            return isIt(found);
        });
        return found;
    }

    /// <summary>Letters without an end of line, as many as asked for.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var now = (int)Math.Min(count, length - given);
            buffer.AsSpan(offset, now).Fill((byte)'A');
            given += now;
            return now;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
