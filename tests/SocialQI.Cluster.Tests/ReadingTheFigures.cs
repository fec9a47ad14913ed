using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SocialQI.Cases;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>What the processes tell Prometheus, and what operators are given to look at it with.</summary>
[Collection<AtTheHospitals>]
public sealed partial class ReadingTheFigures(Hospitals hospitals)
{
    // Prometheus' own: whether it got an answer.
    private const string Up = "up";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEnumerable<Uri> Processes => [hospitals.Silo.Address, hospitals.Edge.Address, hospitals.Both.Address];

    [Fact]
    public async Task Finds_every_name_that_rules_and_dashboards_ask_for()
    {
        var told = await Told();
        var asked = Expressions().SelectMany(e => Names(e.Text).Select(name => (e.File, name))).ToList();

        Assert.True(asked.Count > 30);
        Assert.Equal([], asked.Where(a => a.name != Up && !told.Contains(a.name)).Distinct());
    }

    [Fact]
    public void Takes_the_names_out_of_what_is_asked()
    {
        Assert.Equal(
            ["a_bucket", "b:c", "d"],
            Names("""histogram_quantile(0.99, sum by (instance, le) (rate(a_bucket{job="x",le=~"y|z"}[5m]))) / on (w) group_left (v) b:c > 1e3 or vector(0) and max without (u) (d offset 5m)"""));
    }

    [Fact]
    public async Task Is_for_this_machine_and_through_no_proxy()
    {
        using var http = new HttpClient();
        foreach (var process in Processes)
        {
            Assert.Equal(HttpStatusCode.OK, await Status(http, process, null));
            Assert.Equal(HttpStatusCode.NotFound, await Status(http, process, ("X-Forwarded-For", "127.0.0.1")));
            Assert.Equal(HttpStatusCode.NotFound, await Status(http, process, ("Forwarded", "for=127.0.0.1")));
            Assert.Equal(HttpStatusCode.NotFound, await Status(http, process, ("Host", "rounds.example")));
        }
    }

    [Fact]
    public async Task Shows_no_login_of_the_database()
    {
        var told = string.Concat(await Task.WhenAll(Processes.Select(Read)));
        Assert.Contains("db_client_connection_pool_name=\"service\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Username", told, StringComparison.OrdinalIgnoreCase);
    }

    // All names that the processes tell once somebody has followed what somebody else wrote.
    private async Task<HashSet<string>> Told()
    {
        var (imani, wen) = (await hospitals.Person("imani.cole"), await hospitals.Person("wen.halloran"));
        var topic = await imani.Start(hospitals.Both.Address, new(VisibilityKind.Network));
        await using var line = new Line(wen, hospitals.Edge.Address);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        line.Events += (_, _) => heard.TrySetResult();
        Assert.Null((await line.Start().Ask<Answer>("Follow", topic, 0))?.Refusal);
        await imani.Do(hospitals.Both.Address, topic, new PostContribution(ContributionKind.Comment, "Troponin is back."));
        await Ward.Within("what was written to be heard", heard.Task);
        return [.. (await Task.WhenAll(Processes.Select(Read))).SelectMany(t => Sample().Matches(t)).Select(m => m.Groups[1].Value)];
    }

    private static async Task<string> Read(Uri process)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(process, "metrics"), Stop);
    }

    private static async Task<HttpStatusCode> Status(HttpClient http, Uri process, (string Name, string Value)? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(process, "metrics"));
        if (header is var (name, value))
        {
            request.Headers.Add(name, value);
        }
        using var answer = await http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static IEnumerable<(string File, string Text)> Expressions()
    {
        var folder = Path.Combine(ServerProcess.Root, "deploy");
        var rules = Path.Combine(folder, "prometheus/rules.yaml");
        return
        [
            .. Rule().Matches(File.ReadAllText(rules)).Select(m => (Path.GetFileName(rules), m.Groups[1].Value)),
            .. Directory.EnumerateFiles(Path.Combine(folder, "grafana"), "*.json").SelectMany(f => In(JsonDocument.Parse(File.ReadAllText(f)).RootElement).Select(e => (Path.GetFileName(f), e))),
        ];
    }

    private static IEnumerable<string> In(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Object => part.EnumerateObject().SelectMany(p => p.Name == "expr" ? [p.Value.GetString()!] : In(p.Value)),
        JsonValueKind.Array => part.EnumerateArray().SelectMany(In),
        _ => [],
    };

    // What is left of a question without its texts, its labels and its lists of them, and is called as no function is.
    private static IEnumerable<string> Names(string question) =>
        Name().Matches(Aside().Replace(question, " ")).Select(m => m.Value).Where(n => n is not ("or" or "and" or "unless" or "offset" or "bool")).Distinct();

    [GeneratedRegex(@"^([a-zA-Z_:][\w:]*)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"^\s+expr: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|""[^""]*""|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)|\b\d[\w.]*")]
    private static partial Regex Aside();

    [GeneratedRegex(@"\b[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
