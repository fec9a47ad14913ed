using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using SocialQI.Server.SignIn;
using SocialQI.Storage.Postgres;
using Spectre.Console;

namespace SocialQI.Server.Operate.Doctoring;

/// <summary><c>doctor</c>: looks at everything the service would need with the settings it would have, changes nothing, and names what is wrong and what to do.</summary>
[Door(Who.Operator)]
internal static class DoctorVerb
{
    private const int Ill = 1;
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static System.CommandLine.Command Make()
    {
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var verb = new System.CommandLine.Command("doctor", "Look at settings, database, disk, keys, certificates, clocks and peers, and name what is wrong. Takes the settings the service takes; the service may run meanwhile.")
        {
            json,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction(async (parsed, stop) => Tell(await Examine([.. parsed.UnmatchedTokens], stop), parsed.GetValue(json)));
        return verb;
    }

    /// <summary>All that was found, the gravest first.</summary>
    internal static async Task<IReadOnlyList<Finding>> Examine(string[] args, CancellationToken stop)
    {
        var (builder, options) = Service.Configured(args);
        var isRunning = await IsRunning(options.Data);
        List<Finding> findings = [.. ConfigurationFindings.Of(builder.Configuration, options, isRunning), .. FolderFindings.Of(options)];
        if (options is { Postgres: { } connection, Fault: null })
        {
            await using var source = PostgresStore.Source(connection);
            findings.AddRange(await Database(source, stop));
        }
        return [.. findings.OrderByDescending(f => f.Gravity)];
    }

    private static async Task<IReadOnlyList<Finding>> Database(NpgsqlDataSource source, CancellationToken stop)
    {
        var seen = await PostgresInspection.Of(source, TimeProvider.System, stop);
        return [.. StoreFindings.Of(seen), .. await StoreFindings.Peers(seen, TimeProvider.System)];
    }

    private static async Task<bool> IsRunning(string data)
    {
        if (OperatorKey.Read(data) is not { } service)
        {
            return false;
        }
        try
        {
            using var http = new HttpClient { BaseAddress = service.Address, Timeout = AnswersWithin };
            using var answer = await http.GetAsync(new Uri("livez", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static int Tell(IReadOnlyList<Finding> findings, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(findings, Json));
        }
        foreach (var finding in isJson ? [] : findings)
        {
            var (mark, color) = finding.Gravity switch { Gravity.Fault => ("fault", "red"), Gravity.Warning => ("warning", "yellow"), _ => ("well", "green") };
            AnsiConsole.MarkupLine($"[{color}]{mark,-7}[/] [bold]{finding.Name}[/]");
            // Not folded: whoever reads it from a file folds it for themselves.
            Console.WriteLine("        " + finding.Words);
        }
        return findings.Any(f => f.Gravity == Gravity.Fault) ? Ill : 0;
    }
}
