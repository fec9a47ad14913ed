using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Wire;

namespace SocialQI.Cluster.Tests;

/// <summary>
/// A connection as a browser keeps it: lost, it is made again, to the next of its gateways that answers. A question without an answer is asked again by
/// whoever asked it.
/// </summary>
internal sealed class Line : IAsyncDisposable
{
    // As the page has them.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    private readonly Uri[] gateways;
    private readonly CookieContainer cookies;
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private TaskCompletionSource<HubConnection> up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task running = Task.CompletedTask;

    /// <param name="person">Whose.</param>
    /// <param name="gateways">Tried in turn, the first one first.</param>
    public Line(Person person, params Uri[] gateways)
    {
        this.gateways = gateways;
        cookies = person.Cookies;
    }

    /// <summary>It is there again, after however many losses.</summary>
    public event Action? WentUp;

    public event Action<string, JsonElement[]>? Events;

    public event Action<TopicSignal>? Signals;

    public event Action<string>? CatchUp;

    public event Action<string>? Closed;

    /// <summary>Errors without words: nobody ever got one of these from a service that says what is so.</summary>
    public List<string> Unspoken { get; } = [];

    /// <summary>The gateway it goes to now; null while it is down.</summary>
    public Uri? Gateway { get; private set; }

    public Line Start()
    {
        running = Run();
        return this;
    }

    /// <summary>When there is a connection.</summary>
    public Task<HubConnection> Up()
    {
        lock (gate)
        {
            return up.Task;
        }
    }

    /// <summary>When it goes to another gateway than these.</summary>
    public async Task Elsewhere(params Uri[] than)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WentUp += Look;
        Look();
        await there.Task;
        WentUp -= Look;

        void Look()
        {
            if (Gateway is { } gateway && !than.Contains(gateway))
            {
                there.TrySetResult();
            }
        }
    }

    /// <summary>Leaves its gateway for the next one that it knows.</summary>
    public async Task Move() => await (await Up()).StopAsync(ended.Token);

    /// <summary>Sends a command; null when there was no answer. A gateway that is silent is left for the next one.</summary>
    public Task<Answer?> Send(TopicId topic, Guid id, JsonElement command) => Ask<Answer>(CommandPatience, silent => _ = silent.StopAsync(), "Send", topic.ToString(), id, command);

    /// <summary>Asks the hub; null when there was no answer.</summary>
    public Task<T?> Ask<T>(string method, params object?[] arguments) where T : class => Ask<T>(AnswerPatience, _ => { }, method, arguments);

    private async Task<T?> Ask<T>(TimeSpan patience, Action<HubConnection> silent, string method, params object?[] arguments) where T : class
    {
        var hub = default(HubConnection);
        try
        {
            hub = await Up().WaitAsync(ended.Token);
            return await hub.InvokeCoreAsync<T>(method, arguments, ended.Token).WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            silent(hub!);
            return null;
        }
        catch (HubException e)
        {
            lock (Unspoken)
            {
                Unspoken.Add($"{method}: {e.Message}");
            }
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ended.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>How long a browser waits before it asks again.</summary>
    public Task Pause() => Task.Delay(BetweenAttempts, ended.Token);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await running.WaitAsync(AnswerPatience);
        ended.Dispose();
    }

    private async Task Run()
    {
        for (var attempt = 0; !ended.IsCancellationRequested; attempt++)
        {
            try
            {
                await Hold(gateways[attempt % gateways.Length]);
            }
            catch (Exception)
            {
                // The next one, then.
            }
            await Task.WhenAny(Pause());
        }
    }

    // Returns when the connection was lost.
    private async Task Hold(Uri gateway)
    {
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(gateway, RoundsProtocol.Path), options =>
        {
            (options.Cookies, options.SkipNegotiation, options.Transports) = (cookies, true, HttpTransportType.WebSockets);
        }).Build();
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        };
        hub.On<string, JsonElement[]>(RoundsProtocol.Events, (topic, events) => Events?.Invoke(topic, events));
        hub.On<TopicSignal>(RoundsProtocol.Signals, signal => Signals?.Invoke(signal));
        hub.On<string, long>(RoundsProtocol.CatchUp, (topic, _) => CatchUp?.Invoke(topic));
        hub.On<string>(RoundsProtocol.Closed, topic => Closed?.Invoke(topic));
        await hub.StartAsync(ended.Token).WaitAsync(AnswerPatience, ended.Token);
        Gateway = gateway;
        lock (gate)
        {
            up.TrySetResult(hub);
        }
        WentUp?.Invoke();
        await lost.Task.WaitAsync(ended.Token);
        Gateway = null;
        lock (gate)
        {
            up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
