// A whole client: signs in, lists the cases that are open to this person, follows one, prints its envelopes, and posts each line that is typed.
// It shares no code with the service; all it knows is in src/ARCHITECTURE.md, "Writing a client".
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Samples.ConsoleClient;

if (args is not [var address, var user, var password, ..])
{
    Console.Error.WriteLine("ConsoleClient ADDRESS USER PASSWORD [TOPIC]");
    return 2;
}
var cookies = new CookieContainer();
using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = new Uri(address) };
using var answer = await http.PostAsJsonAsync("api/sign-in", new { user, password });
answer.EnsureSuccessStatusCode();

var cases = (await http.GetFromJsonAsync<JsonElement>("api/cases")).GetProperty("lines");
foreach (var line in cases.EnumerateArray())
{
    Console.WriteLine($"case {line.GetProperty("topic")} {line.GetProperty("title")}");
}

await using var hub = new HubConnectionBuilder()
    .WithUrl(new Uri(http.BaseAddress, "hub/rounds"), HttpTransportType.WebSockets, options => (options.Cookies, options.SkipNegotiation) = (cookies, true))
    .WithAutomaticReconnect(new ForEver())
    .Build();
using var follower = new Follower(hub, args.Length > 3 ? args[3] : cases[0].GetProperty("topic").GetString()!);
await follower.Start();
while (await Console.In.ReadLineAsync() is { } text)
{
    await follower.Post(text);
}
return 0;

/// <summary>Never gives up; not all at once after an outage.</summary>
internal sealed class ForEver : IRetryPolicy
{
    public TimeSpan? NextRetryDelay(RetryContext retryContext) =>
        TimeSpan.FromSeconds(0.2 + (Random.Shared.NextDouble() * Math.Min(5, 0.2 * Math.Pow(2, retryContext.PreviousRetryCount))));
}
