using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using SocialQI.Storage.Inspecting;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Operate;

/// <summary><c>topics</c>: the largest topics, or the hottest, by id and number alone: an operator learns nothing of what they hold.</summary>
[Door(Who.Operator)]
internal static class TopicsVerb
{
    private const int Usual = 20;

    public static System.CommandLine.Command Make()
    {
        var hottest = new Option<bool>("--hottest") { Description = $"By how many of the store's last {TopicCensus.LatelyEvents} events are theirs, and not by all of theirs." };
        var max = new Option<int>("--max") { Description = $"So many at most, up to {TopicCensus.TopicsMax}.", DefaultValueFactory = _ => Usual };
        var json = new Option<bool>("--json") { Description = "Print them as JSON." };
        var verb = new System.CommandLine.Command("topics", "List the largest topics, or the hottest, by id. Ballots are left out. Takes the settings the service takes.") { hottest, max, json };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => Run([.. parsed.UnmatchedTokens], parsed.GetValue(hottest), parsed.GetValue(max), parsed.GetValue(json), stop));
        return verb;
    }

    private static async Task<int> Run(string[] args, bool isHottest, int max, bool isJson, CancellationToken stop)
    {
        var (_, options) = Service.Configured(args);
        if (options.Fault is { } fault)
        {
            return OperatorClient.Fail(fault);
        }
        try
        {
            await using var source = options.Postgres is { } connection ? PostgresStore.Source(connection) : null;
            var census = source is null ? SqliteStore.Census(options.Data) : PostgresStore.Census(source);
            Tell(await (isHottest ? census.Hottest(max, stop) : census.Largest(max, stop)), isJson);
            return 0;
        }
        catch (Exception e) when (e is FileNotFoundException or NpgsqlException or Microsoft.Data.Sqlite.SqliteException)
        {
            return OperatorClient.Fail(e.Message);
        }
    }

    private static void Tell(IReadOnlyList<TopicSize> topics, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(topics, JsonSerializerOptions.Web));
            return;
        }
        foreach (var topic in topics)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{topic.Events,9} events, {topic.Lately,6} lately  {topic.Topic}"));
        }
    }
}
