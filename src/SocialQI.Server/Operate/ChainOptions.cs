using System.CommandLine;
using Npgsql;
using SocialQI.Server.Auditing;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Operate;

/// <summary>Which store's chains a verb verifies, and with which checkpoints.</summary>
internal sealed class ChainOptions
{
    private readonly Option<string?> postgres = new("--postgres") { Description = "The PostgreSQL database, as a connection string; without it the one in the data folder." };
    private readonly Option<string?> checkpoints = new("--checkpoints") { Description = "The file of checkpoints, best as another machine has it." };
    private readonly Option<string?> key = new("--public-key") { Description = "The file of the public key, best as it was noted when the service was set up." };

    public Option<string> Data { get; } = new("--data") { Description = "The data folder.", DefaultValueFactory = _ => "./data" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the verdict as JSON." };

    public void AddTo(System.CommandLine.Command verb)
    {
        foreach (var option in new Option[] { Data, postgres, checkpoints, key, Json })
        {
            verb.Add(option);
        }
    }

    /// <summary>The verdict; without one, why there is none.</summary>
    public Task<(Verdict? Verdict, string? Fault)> Verify(ParseResult parsed, CancellationToken stop)
    {
        var (options, folder) = (new AuditOptions { Checkpoints = parsed.GetValue(checkpoints) }, parsed.GetValue(Data)!);
        return Verify(folder, parsed.GetValue(postgres), options.CheckpointsIn(folder), parsed.GetValue(key) ?? options.KeyIn(folder) + ".pub", stop);
    }

    private static async Task<(Verdict?, string?)> Verify(string data, string? postgres, string checkpoints, string publicKey, CancellationToken stop)
    {
        if (!File.Exists(checkpoints) || !File.Exists(publicKey))
        {
            return (null, $"Without checkpoints ({checkpoints}) and their key ({publicKey}) nobody can tell whether the end is missing. Name them with --checkpoints and --public-key.");
        }
        try
        {
            // The checkpoints first: the store goes on, and is then as far as they are at least.
            var seen = CheckpointReading.Read(checkpoints, (await File.ReadAllTextAsync(publicKey, stop)).Trim());
            await using var source = postgres is null ? null : PostgresStore.Source(postgres);
            var verdict = await (source is null ? SqliteStore.Verifier(data) : PostgresStore.Verifier(source)).Verify(seen.Witnesses, stop);
            return (verdict with { Bad = verdict.Bad ?? seen.Bad, Restored = seen.Restorations.Count, Lost = seen.Lost.Count }, null);
        }
        catch (Exception e) when (e is FileNotFoundException or NpgsqlException)
        {
            return (null, e.Message);
        }
    }
}
