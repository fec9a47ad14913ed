using System.CommandLine;
using SocialQI.Grains.Keeping;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Storage;

namespace SocialQI.Server.Operate;

/// <summary>
/// <c>rebuild NAME</c>: makes a list that people read again from the journal, while the service runs. Readers see a topic's old lines until its new ones
/// take their place, each topic in one transaction. Broken off, it goes on where it was when it is given again.
/// </summary>
[Door(Who.Operator)]
internal static class RebuildVerb
{
    private static readonly string Names = string.Join(", ", ListNames.All);
    private static readonly Refusal NoSuchList = new("no-such-list", $"There is no list of that name. The lists are: {Names}.");

    public static System.CommandLine.Command Make()
    {
        var name = new Argument<string?>("NAME") { Description = $"The list: {Names}.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All lists, one after the other." };
        var anew = new Option<bool>("--anew") { Description = "From the beginning, also where an earlier time was broken off." };
        var data = new Option<string>("--data") { Description = "The data folder of the running service.", DefaultValueFactory = _ => "./data" };
        var verb = new System.CommandLine.Command("rebuild", "Make a list again from the journal. The service must be running; it goes on meanwhile.") { name, all, anew, data };
        verb.SetAction(async (parsed, stop) =>
        {
            var lists = parsed.GetValue(all) ? ListNames.All : [.. ListNames.All.Where(l => l == parsed.GetValue(name))];
            return lists.Count == 0
                ? OperatorClient.Fail(NoSuchList.Say)
                : await OperatorClient.Call(parsed.GetValue(data)!, http => Run(http, lists, parsed.GetValue(anew), stop));
        });
        return verb;
    }

    public static void MapRebuild(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/rebuild", RebuildSome).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).RecordsFirst(Acts.Operate, "rebuild").ExcludeFromDescription();

    // A little at a time, so that no request lasts long and whoever asks knows how far it is.
    private static async Task<IResult> RebuildSome(IGrainFactory grains, string name = "", bool anew = false) =>
        ListNames.All.Contains(name)
            ? Results.Json(await grains.GetGrain<IKeeperGrain>("default").MakeAgain(name, anew))
            : ApiEndpoints.Problem(NoSuchList);

    private static async Task<int> Run(HttpClient http, IReadOnlyList<string> lists, bool anew, CancellationToken stop)
    {
        foreach (var list in lists)
        {
            var code = await Progress.Of(list, told => Run(http, list, anew, told, stop));
            if (code != 0)
            {
                return code;
            }
        }
        return 0;
    }

    private static async Task<int> Run(HttpClient http, string list, bool anew, Action<long, long> told, CancellationToken stop)
    {
        while (true)
        {
            using var response = await http.PostAsync(new Uri($"api/rebuild?name={list}&anew={anew}", UriKind.Relative), null, stop);
            if (!response.IsSuccessStatusCode)
            {
                return await OperatorClient.Fail(response, stop);
            }
            var some = (await response.Content.ReadFromJsonAsync<RemadeSome>(stop))!;
            told(some.Done, some.Total);
            if (some.IsDone)
            {
                return 0;
            }
            anew = false;
        }
    }
}
