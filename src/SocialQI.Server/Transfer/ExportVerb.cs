using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SocialQI.Server.Auditing;
using SocialQI.Server.Backups;
using SocialQI.Server.Operate;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;
using SocialQI.Storage.Transfer;

namespace SocialQI.Server.Transfer;

/// <summary>
/// <c>export HOME FILE</c>: all that an institution has here, in a file that only the holder of its key can open and another network can take in: its topics with
/// their whole histories and images, its people as the directory has them, and its part of the audit.
/// </summary>
[Door(Who.Operator)]
internal static class ExportVerb
{
    private const int EventsAtOnce = 200;
    private const int ActsAtOnce = 1_000;

    public static System.CommandLine.Command Make()
    {
        var home = new Argument<string>("HOME") { Description = "The institution, by its id." };
        var file = new Argument<string>("FILE") { Description = "The file to make." };
        var key = new Option<string>("--key") { Description = "The public half of the institution's RSA key, as a PEM file.", Required = true };
        var data = new Option<string>("--data") { Description = "The data folder, of a silo in a cluster.", DefaultValueFactory = _ => "./data" };
        var postgres = new Option<string?>("--postgres") { Description = "The cluster's database, as a connection string; without it the one in the data folder." };
        var dry = new Option<bool>("--dry-run") { Description = "Read and seal everything, and keep nothing." };
        var json = new Option<bool>("--json") { Description = "Print what was done as JSON." };
        var verb = new System.CommandLine.Command("export", "Write all that an institution has here into a sealed file that another network can adopt. The service may run meanwhile.")
        {
            home, file, key, data, postgres, dry, json,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) =>
            Run([.. parsed.UnmatchedTokens, "--data", parsed.GetValue(data)!, .. parsed.GetValue(postgres) is { } database ? (string[])["--postgres", database] : []], parsed.GetValue(home)!, parsed.GetValue(file)!, parsed.GetValue(key)!, parsed.GetValue(dry), parsed.GetValue(json), stop));
        return verb;
    }

    private static async Task<int> Run(string[] args, string home, string file, string keyFile, bool isDry, bool isJson, CancellationToken stop)
    {
        var (_, options) = Service.Configured(args);
        if (Fault(options, home, file) is { } fault)
        {
            return OperatorClient.Fail(fault);
        }
        var institution = InstitutionId.Parse(home);
        var part = file + ".part";
        try
        {
            await using var source = options.Postgres is { } connection ? PostgresStore.Source(connection) : null;
            await using var snapshot = await (source is null ? SqliteStore.Home(options.Data, institution, stop) : PostgresStore.Home(source, institution, stop));
            var done = await Seal(part, keyFile, snapshot, institution, CheckpointKey.Open(options.Audit.KeyIn(options.Data)), stop);
            if (!isDry)
            {
                File.Move(part, file);
            }
            Tell(done, isDry ? "not kept" : file, isJson);
            return 0;
        }
        catch (Exception e) when (e is SealException or IOException or UnauthorizedAccessException or Npgsql.NpgsqlException or Microsoft.Data.Sqlite.SqliteException)
        {
            return OperatorClient.Fail(e.Message);
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private static string? Fault(ServiceOptions options, string home, string file) =>
        options.Fault
        ?? (!InstitutionId.TryParse(home, out var institution) || institution == InstitutionId.Network ? $"{home} is no institution's id."
            : File.Exists(file) ? $"{file} is there already, and is left as it is."
            : !File.Exists(options.Audit.KeyIn(options.Data)) ? $"There is no key in {options.Audit.KeyIn(options.Data)} to sign the file with: name the data folder of a silo with --data."
            : null);

    private static async Task<HomeEnding> Seal(string part, string keyFile, HomeSnapshot snapshot, InstitutionId home, CheckpointKey signing, CancellationToken stop)
    {
        using var key = KeyFiles.Public(keyFile);
        var topics = await snapshot.Topics(stop);
        if (topics.Count == 0)
        {
            throw new SealException($"{home} has nothing here.");
        }
        await using var to = new FileStream(part, FileMode.Create, FileAccess.Write);
        using var whole = new SealedWriting(to, SealedHeader.For(key, HomeFile.What));
        HomeEnding ending;
        using (var file = new HomeWriting(whole))
        {
            var (epoch, position) = await snapshot.Place(stop);
            var people = await snapshot.People(stop);
            file.Add(HomeFile.Opening, new HomeOpening(HomeFile.Format, home, epoch, position));
            file.Add(HomeFile.People, people);
            ending = new(topics.Count, topics.Sum(t => t.Events), 0, people.Count, 0, []);
            foreach (var topic in topics)
            {
                ending = ending with { Images = ending.Images + await Images(file, snapshot, topic.Topic, stop) };
                await Events(file, snapshot, topic, stop);
            }
            ending = ending with { Acts = await Acts(file, snapshot, stop) };
            file.End(ending, signing);
        }
        whole.Finish();
        to.Flush(flushToDisk: true);
        return ending;
    }

    private static async Task<int> Images(HomeWriting file, HomeSnapshot snapshot, TopicId topic, CancellationToken stop)
    {
        var hashes = await snapshot.Images(topic, stop);
        foreach (var hash in hashes)
        {
            file.AddNext(HomeFile.Image, new HomeImage(topic, await snapshot.Image(topic, hash, stop)));
        }
        return hashes.Count;
    }

    private static async Task Events(HomeWriting file, HomeSnapshot snapshot, CarriedTopic topic, CancellationToken stop)
    {
        for (var after = 0L; after < topic.Events;)
        {
            var events = await snapshot.Events(topic.Topic, after, EventsAtOnce, stop);
            if (events.Count == 0)
            {
                throw new SealException($"{topic.Topic} ends after number {after}, and its head says {topic.Events}. Verify the store first.");
            }
            after = events[^1].Number;
            file.AddNext(HomeFile.Events, new HomePiece(topic.Topic, events, await snapshot.Commands(topic.Topic, events[0].Number, after, stop), after == topic.Events));
        }
    }

    private static async Task<long> Acts(HomeWriting file, HomeSnapshot snapshot, CancellationToken stop)
    {
        var count = 0L;
        for (var acts = await snapshot.Acts(0, ActsAtOnce, stop); acts.Count > 0; acts = await snapshot.Acts(acts[^1].Id, ActsAtOnce, stop))
        {
            file.AddNext(HomeFile.Acts, acts.Select(a => a.Row));
            count += acts.Count;
        }
        return count;
    }

    private static void Tell(HomeEnding done, string where, bool isJson) =>
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(new { done.Topics, done.Events, done.Images, done.People, done.Acts }, JsonSerializerOptions.Web)
            : string.Create(CultureInfo.InvariantCulture, $"{done.Topics} topics with {done.Events} events and {done.Images} images, {done.People} people, {done.Acts} rows of the audit: {where}"));
}
