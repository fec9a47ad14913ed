using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.Backups;

/// <summary>
/// <c>restore FILE</c>: makes a data folder of a backup. Without a file, <c>restore --postgres</c>: goes on with a database that PostgreSQL restored. Nothing is in that folder before all of it was found to be what was sealed, verified against the
/// checkpoints and given a new epoch; and what the checkpoints saw after the backup is said to be lost.
/// </summary>
[Door(Who.Operator)]
internal static class RestoreVerb
{
    public static System.CommandLine.Command Make()
    {
        var file = new Argument<string?>("FILE") { Description = "The backup of an embedded service.", Arity = ArgumentArity.ZeroOrOne };
        var key = new Option<string?>("--key") { Description = "The private half of the key it is sealed for, as a PEM file; a password is read from standard input." };
        var postgres = new Option<string?>("--postgres") { Description = "The database that PostgreSQL restored, as a connection string, instead of a FILE." };
        var acknowledge = new Option<bool>("--acknowledge") { Description = "The database has been restored already, with another node: tell this node's checkpoints." };
        var data = new Option<string>("--data") { Description = "The data folder to make.", DefaultValueFactory = _ => "./data" };
        var checkpoints = new Option<string?>("--checkpoints") { Description = "The newest file of checkpoints there is, best as another machine has it; without it that in the backup." };
        var dry = new Option<bool>("--dry-run") { Description = "Open and verify everything, and keep nothing." };
        var json = new Option<bool>("--json") { Description = "Print what was done as JSON." };
        var verb = new System.CommandLine.Command("restore", "Make a data folder of a backup, or go on with a database that PostgreSQL restored (--postgres); under a new epoch, and say what was lost. Start the service afterwards.")
        {
            file, key, postgres, data, checkpoints, acknowledge, dry, json,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => parsed.GetValue(file) is { } backup
            ? Run(backup, parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(checkpoints), parsed.GetValue(dry), parsed.GetValue(json), stop)
            : Accept(
                [.. parsed.UnmatchedTokens, "--data", parsed.GetValue(data)!, .. parsed.GetValue(postgres) is { } database ? (string[])["--postgres", database] : []], parsed.GetValue(checkpoints),
                parsed.GetValue(dry) ? AcceptMode.Try : parsed.GetValue(acknowledge) ? AcceptMode.Acknowledge : AcceptMode.Restore, parsed.GetValue(json), stop));
        return verb;
    }

    private static async Task<int> Accept(string[] args, string? checkpoints, AcceptMode mode, bool isJson, CancellationToken stop)
    {
        var (_, options) = Service.Configured(args);
        if ((options.Fault ?? (options.Postgres is null ? "Name the backup, or with --postgres the database that PostgreSQL restored." : null)) is { } fault)
        {
            return OperatorClient.Fail(fault);
        }
        try
        {
            Tell(await Accepting.Run(options, options.Postgres!, checkpoints, mode, stop), mode == AcceptMode.Try ? null : "it can be served", isJson);
            return 0;
        }
        catch (Exception e) when (e is SealException or IOException or UnauthorizedAccessException or Npgsql.NpgsqlException || Service.Reason(e) is not null)
        {
            return OperatorClient.Fail(e.Message);
        }
    }

    private static async Task<int> Run(string file, string? keyFile, string data, string? checkpoints, bool isDry, bool isJson, CancellationToken stop)
    {
        if (keyFile is null)
        {
            return OperatorClient.Fail("Name the private half of the key it is sealed for with --key.");
        }
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
        {
            return OperatorClient.Fail($"There is something in {data} already, and it is left as it is. Name a folder that is empty or not there.");
        }
        var folder = $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))}.restoring-{Guid.NewGuid():N}";
        try
        {
            Open(file, keyFile, folder);
            var restored = await Restoring.Run(folder, checkpoints, stop);
            if (!isDry)
            {
                Move(folder, data);
            }
            Tell(restored, isDry ? null : data, isJson);
            return 0;
        }
        catch (Exception e) when (e is SealException or IOException or UnauthorizedAccessException or NoCopyException or SchemaTooNewException or Microsoft.Data.Sqlite.SqliteException)
        {
            return OperatorClient.Fail(e.Message);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Open(string file, string keyFile, string folder)
    {
        using var key = KeyFiles.Private(keyFile);
        using var from = new FileStream(file, FileMode.Open, FileAccess.Read);
        var header = SealedHeader.Read(from, key);
        if (header.What != BackupVerb.What)
        {
            throw new SealException($"{file} is sealed, and holds no backup: {header.What}.");
        }
        using var whole = new SealedReading(from, header);
        DataFolder.Unpack(whole, folder);
    }

    private static void Move(string folder, string data)
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data);
        }
        Directory.Move(folder, data);
    }

    private static void Tell(Restored done, string? folder, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(done, JsonSerializerOptions.Web));
            return;
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{done.Position} events in epoch {done.Epoch} instead of {done.Previous}, verified with {done.Checkpoints} checkpoints: {folder ?? "it can be restored, and nothing was kept"}"));
        Console.WriteLine("Everybody signs in again. Tokens that were ended, rights that were taken away and texts that were redacted after the backup are as they were then: end, take and redact them again.");
        if (done.Lost.Count > 0)
        {
            Console.WriteLine($"Lost, as far as checkpoints saw it (ballots are not told, nor what came within the last minute):");
        }
        foreach (var lost in done.Lost)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {lost.Topic}: numbers {lost.First} to {lost.Last}"));
        }
    }
}
