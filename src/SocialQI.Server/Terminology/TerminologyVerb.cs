using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SocialQI.Server.Operate;

namespace SocialQI.Server.Terminology;

/// <summary><c>terminology load FILE</c>, <c>terminology list</c>, <c>terminology choose</c>: speak to the running service.</summary>
[Door(Who.Operator)]
internal static partial class TerminologyVerb
{
    public static System.CommandLine.Command Make()
    {
        var data = new Option<string>("--data") { Description = "The data folder of the running service.", DefaultValueFactory = _ => "./data" };
        return new System.CommandLine.Command("terminology", "The code systems that conditions are found in. The service must be running.") { Load(data), List(data), Choose(data) };
    }

    private static System.CommandLine.Command Load(Option<string> data)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An ICD-10-CM code file or order file, or a FHIR CodeSystem as JSON." };
        var system = new Option<string?>("--system") { Description = "The code system's name; else as the file says." };
        var version = new Option<string?>("--version") { Description = "Its version; else as the file or its name says." };
        var current = new Option<string?>("--current") { Description = "The version that is asked from now on; else the one that is loaded." };
        var replace = new Option<bool>("--replace") { Description = "Take the place of the same version with other content." };
        var verb = new System.CommandLine.Command("load", "Load a version of a code system; older ones stay readable.") { file, system, version, current, replace, data };
        verb.SetAction((parsed, stop) =>
        {
            var named = parsed.GetValue(file)!;
            var query = Query(
                ("system", parsed.GetValue(system)), ("version", parsed.GetValue(version) ?? YearOf(named)), ("current", parsed.GetValue(current)),
                ("replace", parsed.GetValue(replace) ? "true" : null));
            return !named.Exists ? Task.FromResult(OperatorClient.Fail($"There is no file {named.Name}."))
                : named.Length > TerminologyFile.LengthMax ? Task.FromResult(OperatorClient.Fail($"The file is larger than {TerminologyFile.LengthMax / 1024 / 1024} MB."))
                : OperatorClient.Call(parsed.GetValue(data)!, http => Send(http, named, query, stop));
        });
        return verb;
    }

    private static System.CommandLine.Command List(Option<string> data)
    {
        var verb = new System.CommandLine.Command("list", "Code systems, their versions, how many concepts each has, and which is asked.") { data };
        verb.SetAction((parsed, stop) => OperatorClient.Call(parsed.GetValue(data)!, async http =>
        {
            var lines = (await http.GetFromJsonAsync<TerminologyLine[]>(new Uri("api/terminologies", UriKind.Relative), stop))!;
            foreach (var line in lines)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.System,-24} {line.Version,-16} {line.Concepts,9:n0}  {line.Loaded:yyyy-MM-dd}  {(line.IsCurrent ? "current" : "")}").TrimEnd());
            }
            return 0;
        }));
        return verb;
    }

    private static System.CommandLine.Command Choose(Option<string> data)
    {
        var system = new Option<string>("--system") { Description = "The code system.", Required = true };
        var current = new Option<string>("--current") { Description = "The version that is asked from now on.", Required = true };
        var verb = new System.CommandLine.Command("choose", "Say which loaded version of a code system is asked.") { system, current, data };
        verb.SetAction((parsed, stop) => OperatorClient.Call(parsed.GetValue(data)!, async http =>
        {
            var query = Query(("system", parsed.GetValue(system)), ("version", parsed.GetValue(current)));
            using var response = await http.PostAsync(new Uri("api/terminologies/current" + query, UriKind.Relative), null, stop);
            return response.IsSuccessStatusCode ? 0 : await OperatorClient.Fail(response, stop);
        }));
        return verb;
    }

    private static async Task<int> Send(HttpClient http, FileInfo named, string query, CancellationToken stop)
    {
        await using var file = named.OpenRead();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/terminologies" + query, UriKind.Relative));
        using var response = await Progress.Of("Sending", tell =>
        {
            request.Content = new SentFile(file, sent => tell(sent, file.Length));
            return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        });
        if (!response.IsSuccessStatusCode)
        {
            return await OperatorClient.Fail(response, stop);
        }
        switch (await Progress.Of("Keeping", tell => Last(response, tell, stop)))
        {
            case { Refusal: { } refusal }: return OperatorClient.Fail($"Refused ({refusal.Code}): {refusal.Say}");
            case { Report: { } report }: Print(report); return 0;
            default: return OperatorClient.Fail("The service broke off. What was being loaded is not there; see terminology list, and ask again.");
        }
    }

    // The last line says what became of it; null when there is none.
    private static async Task<LoadLine?> Last(HttpResponseMessage response, Action<long, long> tell, CancellationToken stop)
    {
        LoadLine? line = null;
        try
        {
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
            while (await lines.ReadLineAsync(stop) is { } text)
            {
                line = JsonSerializer.Deserialize<LoadLine>(text, JsonSerializerOptions.Web)!;
                tell(line.Kept, line.Of);
            }
        }
        catch (IOException)
        {
            return null;
        }
        return line;
    }

    private static void Print(LoadReport report)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.System} {report.Version}: {report.Outcome}, {report.Concepts:n0} concepts, {report.Headings:n0} headings left out. Current: {report.Current}."));
        foreach (var bad in report.Bad)
        {
            Console.WriteLine($"  {report.What} {bad.Line}: {bad.Why}");
        }
        if (report.BadCount > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.BadCount:n0} could not be used{(report.BadCount > report.Bad.Count ? $"; the first {report.Bad.Count} are shown" : "")}."));
        }
    }

    private static string Query(params IEnumerable<(string Name, string? Value)> values) =>
        "?" + string.Join('&', values.Where(v => v.Value is not null).Select(v => $"{v.Name}={Uri.EscapeDataString(v.Value!)}"));

    // The official files have the year in their names and nowhere else. A CodeSystem says its version itself.
    private static string? YearOf(FileInfo file) =>
        !file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase) && Year().Match(file.Name) is { Success: true } year ? year.Value : null;

    [GeneratedRegex("(?<![0-9])20[0-9]{2}(?![0-9])")]
    private static partial Regex Year();
}
