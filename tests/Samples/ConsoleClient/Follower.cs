using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace SocialQI.Samples.ConsoleClient;

/// <summary>Follows one topic: each event is printed once and in order, whatever is lost, repeated or cut on the way.</summary>
internal sealed class Follower(HubConnection hub, string topic) : IDisposable
{
    private static readonly string[] AskAgain = ["outcome-unknown", "busy", "not-now", "slow-down"];
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    private readonly SemaphoreSlim resuming = new(1);
    private string? epoch;
    private long last;

    public async Task Start()
    {
        hub.On<string, JsonElement[]>("Events", (_, envelopes) => Arrived(envelopes));
        hub.On<string, long>("CatchUp", (_, _) => _ = Resume());
        hub.On<string>("Closed", _ => Console.WriteLine("closed"));
        hub.Reconnected += _ => Resume();
        await hub.StartAsync();
        await Resume();
    }

    /// <summary>Posts a comment, with the same id until there is an answer: it is done once.</summary>
    public async Task Post(string text)
    {
        var id = Guid.NewGuid();
        while (true)
        {
            var answer = await Ask("Send", topic, id, new { k = "post-contribution", contribution = "comment", text });
            if (answer is { } said && !AskAgain.Contains(Refusal(said)))
            {
                Console.WriteLine(Refusal(said) is { } no ? $"refused {no}" : $"sent {id} as {said.GetProperty("last")}");
                return;
            }
            await Task.Delay(Moment);
        }
    }

    public void Dispose() => resuming.Dispose();

    private void Arrived(JsonElement[] envelopes)
    {
        foreach (var (number, envelope) in envelopes.Select(e => (e.GetProperty("n").GetInt64(), e)).Where(e => e.Item1 > last))
        {
            if (number > last + 1)
            {
                // Following from the last one brings those between, and this one again.
                _ = Resume();
                return;
            }
            last = number;
            Console.WriteLine(envelope);
        }
    }

    /// <summary>After every connection, and whenever something is missing.</summary>
    private async Task Resume()
    {
        await resuming.WaitAsync();
        while (hub.State == HubConnectionState.Connected && !await IsFollowing())
        {
            await Task.Delay(Moment);
        }
        resuming.Release();
    }

    private async Task<bool> IsFollowing()
    {
        if (await Ask("Open", topic) is not { } opened || Refusal(opened) is not null)
        {
            return false;
        }
        if (opened.GetProperty("epoch").GetString() is var now && now != epoch)
        {
            // The first time; or the history was restored from a backup, and nothing that was known counts.
            (epoch, last) = (now, opened.GetProperty("number").GetInt64());
            Console.WriteLine($"open {topic} at {last}");
        }
        if (await Ask("Follow", topic, last) is not { } followed)
        {
            return false;
        }
        epoch = Refusal(followed) is "too-far-behind" or "ahead" ? null : epoch;
        return Refusal(followed) is null;
    }

    /// <summary>Null: there was no answer.</summary>
    private async Task<JsonElement?> Ask(string method, params object?[] arguments)
    {
        try
        {
            return (JsonElement?)await hub.InvokeCoreAsync(method, typeof(JsonElement), arguments);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HubException or OperationCanceledException or WebSocketException)
        {
            return null;
        }
    }

    private static string? Refusal(JsonElement answer) => answer.TryGetProperty("refusal", out var refusal) ? refusal.GetProperty("code").GetString() : null;
}
