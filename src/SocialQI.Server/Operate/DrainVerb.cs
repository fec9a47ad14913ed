using System.CommandLine;
using SocialQI.Server.Auditing;

namespace SocialQI.Server.Operate;

/// <summary><c>drain</c>: ends a node as SIGTERM would, and waits until it has ended.</summary>
[Door(Who.Operator)]
internal static class DrainVerb
{
    /// <summary>Longer than any orderly end takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    public static System.CommandLine.Command Make()
    {
        var data = new Option<string>("--data") { Description = "The data folder of the running service.", DefaultValueFactory = _ => "./data" };
        var dry = new Option<bool>("--dry-run") { Description = "Say how many clients would have to move, and change nothing." };
        var verb = new System.CommandLine.Command("drain", "End a running gateway in order: it takes nobody new, tells its clients to move, finishes what was asked, and ends. A silo alone is ended by SIGTERM.") { data, dry };
        verb.SetAction((parsed, stop) => OperatorClient.Call(parsed.GetValue(data)!, http => Run(http, parsed.GetValue(dry), stop)));
        return verb;
    }

    public static void MapDrain(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/drain", Drain).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).RecordsFirst(Acts.Operate, "drain").ExcludeFromDescription();

    private static IResult Drain(Draining draining, HttpResponse response, bool dry = false)
    {
        var clients = draining.Clients;
        if (!dry)
        {
            // Whoever asks is told before it ends.
            response.OnCompleted(() =>
            {
                draining.Begin();
                return Task.CompletedTask;
            });
        }
        return Results.Json(new ToDrain(clients));
    }

    private static async Task<int> Run(HttpClient http, bool isDry, CancellationToken stop)
    {
        using var response = await http.PostAsync(new Uri($"api/drain?dry={isDry}", UriKind.Relative), null, stop);
        if (!response.IsSuccessStatusCode)
        {
            return await OperatorClient.Fail(response, stop);
        }
        var clients = (await response.Content.ReadFromJsonAsync<ToDrain>(stop))!.Clients;
        if (isDry)
        {
            Console.WriteLine($"{clients} clients would be told to move.");
            return 0;
        }
        Console.WriteLine($"It takes nobody new, and tells {clients} clients to move.");
        return await Ended(http, stop) ? 0 : OperatorClient.Fail($"It has not ended within {Patience.TotalSeconds:0} s.");
    }

    private static async Task<bool> Ended(HttpClient http, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var pace = new PeriodicTimer(Period);
        try
        {
            while (await pace.WaitForNextTickAsync(patience.Token))
            {
                using var _ = await http.GetAsync(new Uri("livez", UriKind.Relative), patience.Token);
            }
        }
        catch (HttpRequestException)
        {
            Console.WriteLine("It has ended.");
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // As long as anybody waits.
        }
        return false;
    }

    private sealed record ToDrain(int Clients);
}
