using System.CommandLine;
using System.Text.Json;
using Npgsql;
using SocialQI.Storage.Inspecting;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Operate;

/// <summary>
/// <c>migrate</c>: brings the database to the schema that this program knows, as its start would; before the first node of a new version is started, so that
/// the step is one of its own. Forward only. What older nodes need stays until no node is older.
/// </summary>
[Door(Who.Operator)]
internal static class MigrateVerb
{
    public static System.CommandLine.Command Make()
    {
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be done, and change nothing." };
        var json = new Option<bool>("--json") { Description = "Print it as JSON." };
        var verb = new System.CommandLine.Command("migrate", "Bring the database to this program's schema. Takes the settings the service takes; a cluster may serve from it meanwhile.") { dry, json };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => Run([.. parsed.UnmatchedTokens], parsed.GetValue(dry), parsed.GetValue(json), stop));
        return verb;
    }

    private static async Task<int> Run(string[] args, bool isDry, bool isJson, CancellationToken stop)
    {
        var (_, options) = Service.Configured(args);
        if (options.Fault is { } fault)
        {
            return OperatorClient.Fail(fault);
        }
        await using var source = options.Postgres is { } connection ? PostgresStore.Source(connection) : null;
        var before = await Look(options, source, stop);
        if (before.Ailments.FirstOrDefault(a => a.IsGrave) is { } ailment)
        {
            return OperatorClient.Fail(ailment.Words);
        }
        try
        {
            if (!isDry)
            {
                await Apply(options, source);
            }
        }
        catch (Exception e) when (Service.Reason(e) is { } reason)
        {
            return OperatorClient.Fail(reason);
        }
        Tell(new(before.Schema, before.Known, isDry), isJson);
        return 0;
    }

    private static async Task<Inspection> Look(ServiceOptions options, NpgsqlDataSource? source, CancellationToken stop) =>
        source is not null ? await PostgresInspection.Of(source, TimeProvider.System, stop)
        : File.Exists(Path.Combine(options.Data, SqliteStore.FileName)) ? SqliteInspection.Of(options.Data)
        : SqliteInspection.OfNothing;

    private static async Task Apply(ServiceOptions options, NpgsqlDataSource? source)
    {
        await using var store = source is null ? await SqliteStore.Open(options.Data) : await PostgresStore.Open(source);
        await store.ApplyOrleansScript();
    }

    private static void Tell(Migrated done, bool isJson) => Console.WriteLine(
        isJson ? JsonSerializer.Serialize(done, JsonSerializerOptions.Web)
        : done.From == done.To ? $"The database has schema {done.To}: there is nothing to do."
        : $"Schema {done.From} {(done.IsDry ? "would become" : "became")} {done.To}.");

    private sealed record Migrated(int From, int To, bool IsDry);
}
