using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using SocialQI.Server.Auditing;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Operate;

/// <summary>
/// <c>audit verify</c>: recomputes every chain of events and of the audit, compares them with the signed checkpoints, and names the first bad row.
/// <c>audit key</c>: the key that checkpoints are verified with.
/// </summary>
[Door(Who.Operator)]
internal static class AuditVerb
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static System.CommandLine.Command Make()
    {
        var data = new Option<string>("--data") { Description = "The data folder.", DefaultValueFactory = _ => "./data" };
        return new("audit", "Verify the journal and the audit, or print the key that their checkpoints are verified with.") { Verify(data), Key(data) };
    }

    private static System.CommandLine.Command Verify(Option<string> data)
    {
        var postgres = new Option<string?>("--postgres") { Description = "The PostgreSQL database, as a connection string; without it the one in the data folder." };
        var checkpoints = new Option<string?>("--checkpoints") { Description = "The file of checkpoints, best as another machine has it." };
        var key = new Option<string?>("--public-key") { Description = "The file of the public key, best as it was noted when the service was set up." };
        var json = new Option<bool>("--json") { Description = "Print the verdict as JSON." };
        var verb = new System.CommandLine.Command("verify", "Recompute every chain and compare it with the checkpoints; name the first bad row. The service may run meanwhile.")
        {
            data, postgres, checkpoints, key, json,
        };
        verb.SetAction((parsed, stop) =>
        {
            var (options, folder) = (new AuditOptions { Checkpoints = parsed.GetValue(checkpoints) }, parsed.GetValue(data)!);
            var publicKey = parsed.GetValue(key) ?? options.KeyIn(folder) + ".pub";
            return Verify(folder, parsed.GetValue(postgres), options.CheckpointsIn(folder), publicKey, parsed.GetValue(json), stop);
        });
        return verb;
    }

    private static System.CommandLine.Command Key(Option<string> data)
    {
        var verb = new System.CommandLine.Command("key", "Print the public key. Note it where nobody on this machine can change it.") { data };
        verb.SetAction(parsed =>
        {
            var file = new AuditOptions().KeyIn(parsed.GetValue(data)!) + ".pub";
            if (!File.Exists(file))
            {
                return OperatorClient.Fail($"There is no key yet in {file}: the service makes it when it starts.");
            }
            Console.WriteLine(File.ReadAllText(file).Trim());
            return 0;
        });
        return verb;
    }

    private static async Task<int> Verify(string data, string? postgres, string checkpoints, string publicKey, bool isJson, CancellationToken stop)
    {
        if (!File.Exists(checkpoints) || !File.Exists(publicKey))
        {
            return OperatorClient.Fail($"Without checkpoints ({checkpoints}) and their key ({publicKey}) nobody can tell whether the end is missing. Name them with --checkpoints and --public-key.");
        }
        try
        {
            // The checkpoints first: the store goes on, and is then as far as they are at least.
            var seen = CheckpointReading.Read(checkpoints, (await File.ReadAllTextAsync(publicKey, stop)).Trim());
            await using var source = postgres is null ? null : PostgresStore.Source(postgres);
            var verdict = await (source is null ? SqliteStore.Verifier(data) : PostgresStore.Verifier(source)).Verify(seen.Witnesses, stop);
            return Tell(verdict with { Bad = verdict.Bad ?? seen.Bad, Restored = seen.Restorations.Count, Lost = seen.Lost.Count }, isJson);
        }
        catch (Exception e) when (e is FileNotFoundException or NpgsqlException)
        {
            return OperatorClient.Fail(e.Message);
        }
    }

    private static int Tell(Verdict verdict, bool isJson)
    {
        var rate = (verdict.Events + verdict.Rows) / Math.Max(verdict.Seconds, 0.001);
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(verdict, Indented)
            : string.Create(CultureInfo.InvariantCulture,
                $"{verdict.Events} events in {verdict.Topics} topics, {verdict.Rows} rows of the audit in {verdict.Chains} chains, {verdict.Checkpoints} checkpoints: {verdict.Seconds:f1} s, {rate:f0} rows/s"));
        if (!isJson && verdict.Restored > 0)
        {
            Console.WriteLine($"Restored from a copy: {verdict.Restored}. Checkpoints that saw what such a copy had not, which is lost: {verdict.Lost}.");
        }
        if (verdict.Bad is not { } bad)
        {
            return 0;
        }
        Console.Error.WriteLine($"First bad row: {bad.Table}, {bad.Chain}, number {bad.Number}: {bad.Wrong}.");
        return 1;
    }
}
