using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>
/// The one connection, kept up for as long as the page lives: whoever is signed in is asked first, since a connection's rights are those of its cookie,
/// and a store's epoch says whether what is shown still counts. A server may be gone for minutes; this goes on asking.
/// </summary>
public sealed partial class Connection(HubConnection hub, Rounds rounds, Api api, Browser browser, NavigationManager navigation, TimeProvider time, ILogger<Connection> log)
{
    /// <summary>A connection that did not last this long counts as another failed attempt.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    private TaskCompletionSource nudged = new(), lost = new();
    private Task stopping = Task.CompletedTask;
    private bool isRunning;

    /// <summary>Someone is signed in here and the first question about them was answered.</summary>
    public event Func<Me, Task>? Met;

    public void Start()
    {
        if (!isRunning)
        {
            isRunning = true;
            Listen();
            _ = Run();
        }
    }

    /// <summary>Asks again at once instead of waiting: the network is back, or the person looks at the page again.</summary>
    public void TryNow() => nudged.TrySetResult();

    /// <summary>The browser says that there is no network: do not wait for the silence to be noticed.</summary>
    public void NetworkLost()
    {
        stopping = hub.StopAsync();
        lost.TrySetResult();
    }

    /// <summary>What the person may do changed by something they did.</summary>
    public async Task MeetAgain()
    {
        try
        {
            if (await api.Me() is { } me)
            {
                rounds.Knows(me);
            }
        }
        catch (HttpRequestException e)
        {
            NotReached(log, e);
        }
    }

    private void Listen()
    {
        hub.On<TopicId, JsonElement[]>(RoundsProtocol.Events, rounds.EventsArrived);
        hub.On<TopicHead[]>(RoundsProtocol.Heads, rounds.HeadsArrived);
        hub.On<TopicSignal>(RoundsProtocol.Signals, rounds.SignalArrived);
        hub.On<TopicId, long>(RoundsProtocol.CatchUp, rounds.ToldToCatchUp);
        hub.On<TopicId>(RoundsProtocol.Closed, rounds.WasClosed);
        hub.Closed += _ =>
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        };
        browser.Online += TryNow;
        browser.Offline += NetworkLost;
        browser.Active += () => _ = BeActive();
    }

    private async Task Run()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // A connection without a network takes seconds to close; its end must not be taken for that of the next one.
                await Task.WhenAny(stopping);
                var me = await api.Me();
                if (me is null || (rounds.Me is { } before && before.Id != me.Id))
                {
                    // Signed out, or someone else signed in beside this page: nothing of the person before may stay on it.
                    navigation.NavigateTo(me is null ? SignIn.Path(navigation) : navigation.Uri, forceLoad: true);
                    return;
                }
                if (rounds.Me is null)
                {
                    // The pages are drawn and ask for their lists while the line is still coming up.
                    rounds.Knows(me);
                    await (Met?.Invoke(me) ?? Task.CompletedTask);
                }
                lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
                using var patience = new CancellationTokenSource(StartPatience);
                await hub.StartAsync(patience.Token);
                var since = time.GetTimestamp();
                rounds.WentUp(me);
                await lost.Task;
                attempt = time.GetElapsedTime(since) > Steady ? 0 : attempt;
            }
#pragma warning disable CA1031 // The edge: whatever stands between this page and the service, the answer is to try again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                NotReached(log, e);
            }
            rounds.WentDown();
            await Pause(attempt);
        }
    }

    // Keeps the person signed in; where it is lost, the next one follows in half a minute.
    private async Task BeActive()
    {
        try
        {
            await (hub.State == HubConnectionState.Connected ? hub.SendAsync("Active") : Task.CompletedTask);
        }
#pragma warning disable CA1031 // The edge: whatever stands between this page and the service, it is said again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotReached(log, e);
        }
    }

    private async Task Pause(int attempt)
    {
        nudged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAny(nudged.Task, Task.Delay(Backoff.After(attempt, Random.Shared.NextDouble()), time));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The service was not reached")]
    private static partial void NotReached(ILogger log, Exception e);
}
