using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SocialQI.Server.Operate;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Backups;

/// <summary><c>backup FILE</c>: copies the embedded database of a data folder, while the service runs, into a file that only the holder of a key can open.</summary>
[Door(Who.Operator)]
internal static class BackupVerb
{
    public const string What = "backup";

    public static System.CommandLine.Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "The file to make." };
        var key = new Option<string>("--key") { Description = "The public half of the institution's RSA key, as a PEM file.", Required = true };
        var data = new Option<string>("--data") { Description = "The data folder.", DefaultValueFactory = _ => "./data" };
        var dry = new Option<bool>("--dry-run") { Description = "Read and seal everything, and keep nothing." };
        var json = new Option<bool>("--json") { Description = "Print what was done as JSON." };
        var verb = new System.CommandLine.Command("backup", "Copy the embedded database into a sealed file. The service may run meanwhile. A PostgreSQL cluster is backed up by PostgreSQL's own means.")
        {
            file, key, data, dry, json,
        };
        verb.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(key)!, parsed.GetValue(data)!, parsed.GetValue(dry), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(string file, string keyFile, string data, bool isDry, bool isJson)
    {
        if (File.Exists(file))
        {
            return OperatorClient.Fail($"{file} is there already, and is left as it is.");
        }
        if (!File.Exists(Path.Combine(data, SqliteStore.FileName)))
        {
            return OperatorClient.Fail($"There is no store in {data}.");
        }
        var part = file + ".part";
        try
        {
            using var key = KeyFiles.Public(keyFile);
            var done = Seal(part, key, data);
            if (isDry)
            {
                File.Delete(part);
            }
            else
            {
                File.Move(part, file);
            }
            Tell(done, isDry ? null : file, isJson);
            return 0;
        }
        catch (Exception e) when (e is SealException or IOException or UnauthorizedAccessException or SchemaTooNewException or Microsoft.Data.Sqlite.SqliteException)
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
            return OperatorClient.Fail(e.Message);
        }
    }

    private static Done Seal(string part, System.Security.Cryptography.RSA key, string data)
    {
        using var to = new FileStream(part, FileMode.Create, FileAccess.Write);
        using var whole = new SealedWriting(to, SealedHeader.For(key, What));
        var (epoch, position, missing) = DataFolder.Pack(data, whole);
        whole.Finish();
        to.Flush(flushToDisk: true);
        return new(KeyFiles.NameOf(key), epoch, position, to.Length, missing);
    }

    private static void Tell(Done done, string? file, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(done, JsonSerializerOptions.Web));
            return;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.Position} events of epoch {done.Epoch}, {done.Bytes} bytes, sealed for the key {done.For}: {file ?? "not kept"}"));
        foreach (var name in done.Missing)
        {
            Console.WriteLine($"Not in it: {name} is not in the data folder.");
        }
    }

    private sealed record Done(string For, string Epoch, long Position, long Bytes, IReadOnlyList<string> Missing);
}
