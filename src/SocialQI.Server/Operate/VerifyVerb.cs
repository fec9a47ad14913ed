using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SocialQI.Grains.Keeping;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Operate;

/// <summary>
/// <c>verify</c>: every chain, as <c>audit verify</c>; then what is kept beside the journal: the snapshots from which topics wake, the lists and the search must
/// be what the journal says. Nothing is changed: <c>rebuild</c> mends lists, and a snapshot that is none is not missed.
/// </summary>
[Door(Who.Operator)]
internal static class VerifyVerb
{
    /// <summary>How often one topic is looked at again whose last events the lists have yet to read; then it is counted as not compared.</summary>
    private const int TriesMax = 100;

    /// <summary>So many topics of a kind are named at most, and all are counted.</summary>
    private const int NamedMax = 100;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };
    private static readonly Refusal NoSuchThing = new("no-such-comparison", $"There is nothing of that name to compare. There are: {string.Join(", ", Comparable.All)}.");

    public static System.CommandLine.Command Make()
    {
        var chains = new ChainOptions();
        var verb = new System.CommandLine.Command("verify", "Verify every chain, then compare snapshots, lists and search with the journal. The service must be running; it goes on meanwhile.");
        chains.AddTo(verb);
        verb.SetAction((parsed, stop) => Run(parsed, chains, stop));
        return verb;
    }

    public static void MapVerify(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/verify", CompareSome).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).RecordsFirst(Acts.Operate, "verify").ExcludeFromDescription();

    // A little at a time, so that no request lasts long and whoever asks knows how far it is.
    private static async Task<IResult> CompareSome(IGrainFactory grains, string what = "", string after = "", int max = Comparable.TopicsMax) =>
        Comparable.All.Contains(what)
            ? Results.Json(await grains.GetGrain<IKeeperGrain>("default").Compare(what, after, max))
            : ApiEndpoints.Problem(NoSuchThing);

    private static async Task<int> Run(ParseResult parsed, ChainOptions options, CancellationToken stop)
    {
        var isJson = parsed.GetValue(options.Json);
        var (verdict, fault) = await options.Verify(parsed, stop);
        if (verdict is null)
        {
            return OperatorClient.Fail(fault!);
        }
        return await OperatorClient.Call(parsed.GetValue(options.Data)!, async http =>
        {
            var compared = new List<Compared>();
            foreach (var what in Comparable.All)
            {
                var answer = isJson ? await Compare(http, what, (_, _) => { }, verdict.Topics, stop) : await Progress.Of(what, told => Compare(http, what, told, verdict.Topics, stop));
                if (answer is null)
                {
                    return 1;
                }
                compared.Add(answer);
            }
            return Tell(verdict, compared, isJson);
        });
    }

    private static async Task<Compared?> Compare(HttpClient http, string what, Action<long, long> told, long topics, CancellationToken stop)
    {
        var (compared, after, atOnce, tries) = (new Compared(what), "", Comparable.TopicsMax, 0);
        while (true)
        {
            using var response = await http.PostAsync(new Uri($"api/verify?what={what}&after={Uri.EscapeDataString(after)}&max={atOnce}", UriKind.Relative), null, stop);
            if (!response.IsSuccessStatusCode)
            {
                await OperatorClient.Fail(response, stop);
                return null;
            }
            var some = (await response.Content.ReadFromJsonAsync<ComparedSome>(stop))!;
            compared.Add(some);
            told(some.IsDone ? topics : Math.Min(compared.Topics, topics), topics);
            if (some.IsDone)
            {
                return compared;
            }
            if (some.IsLate && (atOnce > 1 || tries++ < TriesMax))
            {
                atOnce = 1;
                await Task.Delay(BetweenTries, stop);
                continue;
            }
            compared.Skipped += some.IsLate ? 1 : 0;
            (after, atOnce, tries) = (some.Through, Comparable.TopicsMax, 0);
        }
    }

    private static int Tell(Verdict verdict, IReadOnlyList<Compared> compared, bool isJson)
    {
        var isWell = verdict.Bad is null && compared.All(c => c.IsWell);
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { Chains = verdict, Compared = compared, IsWell = isWell }, Indented));
            return isWell ? 0 : 1;
        }
        _ = AuditVerb.Tell(verdict, isJson: false);
        foreach (var it in compared)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{it.What}: {it.Topics} topics compared, {it.Others} differ, {it.Strays} lines of no topic, {it.Skipped} changed too often to be compared"));
            foreach (var topic in it.Named)
            {
                Console.Error.WriteLine($"{it.What} of {topic}: not what the journal says");
            }
        }
        return isWell ? 0 : 1;
    }

    /// <summary>What comparing one thing with the journal came to.</summary>
    private sealed class Compared(string what)
    {
        public string What => what;

        public long Topics { get; private set; }

        public long Others { get; private set; }

        public long Strays { get; private set; }

        public long Skipped { get; set; }

        public List<string> Named { get; } = [];

        public bool IsWell => Others == 0 && Strays == 0;

        public void Add(ComparedSome some)
        {
            Topics += some.Compared;
            Others += some.Others.Count;
            Strays += some.Strays;
            Named.AddRange(some.Others.Take(NamedMax - Named.Count));
        }
    }
}
