using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.Backups;

/// <summary>
/// <c>restore FILE</c>: makes a data folder of a backup. Nothing is in that folder before all of it was found to be what was sealed, verified against the
/// checkpoints and given a new epoch; and what the checkpoints saw after the backup is said to be lost.
/// </summary>
[Door(Who.Operator)]
internal static class RestoreVerb
{
    public static System.CommandLine.Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var key = new Option<string>("--key") { Description = "The private half of the key it is sealed for, as a PEM file; a password is read from standard input.", Required = true };
        var data = new Option<string>("--data") { Description = "The data folder to make.", DefaultValueFactory = _ => "./data" };
        var checkpoints = new Option<string?>("--checkpoints") { Description = "The newest file of checkpoints there is, best as another machine has it; without it that in the backup." };
        var dry = new Option<bool>("--dry-run") { Description = "Open and verify everything, and keep nothing." };
        var json = new Option<bool>("--json") { Description = "Print what was done as JSON." };
        var verb = new System.CommandLine.Command("restore", "Make a data folder of a backup, under a new epoch, and say what was lost. Start the service on it afterwards.")
        {
            file, key, data, checkpoints, dry, json,
        };
        verb.SetAction((parsed, stop) =>
            Run(parsed.GetValue(file)!, parsed.GetValue(key)!, parsed.GetValue(data)!, parsed.GetValue(checkpoints), parsed.GetValue(dry), parsed.GetValue(json), stop));
        return verb;
    }

    private static async Task<int> Run(string file, string keyFile, string data, string? checkpoints, bool isDry, bool isJson, CancellationToken stop)
    {
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
        using var key = KeyFiles.Private(keyFile, Password);
        using var from = new FileStream(file, FileMode.Open, FileAccess.Read);
        var header = SealedHeader.Read(from, key);
        if (header.What != BackupVerb.What)
        {
            throw new SealException($"{file} is sealed, and holds no backup: {header.What}.");
        }
        using var whole = new SealedReading(from, header);
        DataFolder.Unpack(whole, folder);
    }

    private static string Password()
    {
        Console.Write("Password of the key: ");
        return Console.In.ReadLine() ?? "";
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
