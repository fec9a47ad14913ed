using System.CommandLine;
using System.Text.Json;
using SocialQI.Storage.Inspecting;
using SocialQI.Storage.Postgres;

namespace SocialQI.Server.Operate;

/// <summary><c>nodes</c>: the silos that are members of the cluster, as its database has them.</summary>
[Door(Who.Operator)]
internal static class NodesVerb
{
    public static System.CommandLine.Command Make()
    {
        var json = new Option<bool>("--json") { Description = "Print them as JSON." };
        var verb = new System.CommandLine.Command("nodes", "List the silos of the cluster. Takes the settings the service takes.") { json };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => Run([.. parsed.UnmatchedTokens], parsed.GetValue(json), stop));
        return verb;
    }

    private static async Task<int> Run(string[] args, bool isJson, CancellationToken stop)
    {
        var (_, options) = Service.Configured(args);
        if (options.Fault is { } fault)
        {
            return OperatorClient.Fail(fault);
        }
        if (options.Postgres is not { } connection)
        {
            return OperatorClient.Fail("An embedded service is one process and no cluster. Name the cluster's database with --postgres.");
        }
        await using var source = PostgresStore.Source(connection);
        var seen = await PostgresInspection.Of(source, TimeProvider.System, stop);
        if (seen.Ailments.FirstOrDefault(a => a.Name == PostgresInspection.Unreachable) is { } unreachable)
        {
            return OperatorClient.Fail(unreachable.Words);
        }
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(seen.Silos, JsonSerializerOptions.Web));
            return 0;
        }
        var now = TimeProvider.System.GetUtcNow();
        foreach (var silo in seen.Silos)
        {
            Console.WriteLine(Line(silo, now));
        }
        Console.WriteLine($"{seen.Silos.Count} silos.");
        return 0;
    }

    private static string Line(MemberSilo silo, DateTimeOffset now) => $"{silo.Address}:{silo.Port}  {silo.Name}  alive {(now - silo.SaidAlive).TotalSeconds:0} s ago";
}
