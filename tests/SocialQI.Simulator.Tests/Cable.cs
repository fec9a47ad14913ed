using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using SocialQI.Server.Gateway;

namespace SocialQI.Simulator.Tests;

/// <summary>
/// A connection between a client and its gateway. What is sent comes in order, or not, and never after the connection was cut; each side hears of that in
/// its own time.
/// </summary>
internal sealed class Cable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Installation around;
    private readonly Actor client;
    private readonly Action<JsonElement> hears;
    private readonly Action leave;
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan lastUp, lastDown;
    private bool isCut;

    /// <param name="around">Where.</param>
    /// <param name="gateway">To which gateway.</param>
    /// <param name="client">From whom.</param>
    /// <param name="person">Who is signed in there.</param>
    /// <param name="hears">Hears what the gateway calls.</param>
    public Cable(Installation around, Gateway gateway, Actor client, ClinicianId person, Action<JsonElement> hears)
    {
        (this.around, this.client, this.hears, Gateway) = (around, client, hears, gateway);
        var gone = new CancellationTokenSource();
        (Gone, leave) = (gone.Token, gone.Cancel);
        Connection = new Connection(new Socket(around.World.Id().ToString("n"), Call), person, around.World.Id()) { Scheduler = gateway.Pool };
    }

    public Gateway Gateway { get; }

    public Connection Connection { get; }

    /// <summary>When the client knows that it is cut.</summary>
    public Task Lost => lost.Task;

    /// <summary>When the gateway knows that it is cut.</summary>
    public CancellationToken Gone { get; }

    /// <summary>True when the gateway has taken it.</summary>
    public async Task<bool> Connect() => await Ask<object>(() =>
    {
        Gateway.Rounds.Add(Connection);
        return Task.FromResult<object>(true);
    }) is not null;

    /// <summary>Asks the gateway; null when there was no answer.</summary>
    /// <param name="question">What it does there.</param>
    /// <param name="arrives">Called with the answer, the moment it is at the client's.</param>
    public Task<T?> Ask<T>(Func<Task<T>> question, Action<T>? arrives = null) where T : class
    {
        var answer = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        around.World.In(Patience, () => client.Post(() => answer.TrySetResult(null)));
        _ = Lost.ContinueWith(_ => answer.TrySetResult(null), client);
        Send(ref lastUp, () => Gateway.Pool.Post(() => _ = Do()));
        return answer.Task;

        async Task Do()
        {
            try
            {
                var it = await question();
                Send(ref lastDown, () =>
                {
                    arrives?.Invoke(it);
                    client.Post(() => answer.TrySetResult(it));
                });
            }
            catch (OperationCanceledException) when (Gone.IsCancellationRequested)
            {
                // Nobody is there for an answer.
            }
            catch (Exception e)
            {
                around.Observed.Unexpected(e);
            }
        }
    }

    /// <summary>Nothing comes through any more.</summary>
    public void Cut()
    {
        if (!isCut)
        {
            isCut = true;
            around.World.In(around.World.Between(0, 1), () => client.Post(() => lost.TrySetResult()));
            around.World.In(around.World.Between(0, 8), () => Gateway.Pool.Post(() =>
            {
                leave();
                Gateway.Rounds.Remove(Connection);
            }));
        }
    }

    private void Call(byte[] message)
    {
        var call = JsonSerializer.Deserialize<JsonElement>(message);
        var copies = around.World.Chance(around.Network.Weather.Duplicates) ? 2 : 1;
        for (; copies > 0; copies--)
        {
            Send(ref lastDown, () => client.Post(() => hears(call)));
        }
    }

    private void Send(ref TimeSpan last, Action arrives)
    {
        var delay = around.Network.Delay();
        // Where messages are delayed they also overtake each other, which no cable does: the client is to bear that too.
        if (around.Network.Weather.Delays == 0 && around.World.Now + delay < last)
        {
            delay = last - around.World.Now;
        }
        last = around.World.Now + delay;
        around.World.In(delay, () =>
        {
            if (!isCut)
            {
                arrives();
            }
        });
    }

    private sealed class Socket(string id, Action<byte[]> call) : HubConnectionContext(
        new DefaultConnectionContext(id), new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromHours(1) }, NullLoggerFactory.Instance)
    {
        private static readonly JsonHubProtocol Json = new();

        public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default)
        {
            // Without the separator at its end.
            call(message.GetSerializedMessage(Json).Span[..^1].ToArray());
            return ValueTask.CompletedTask;
        }
    }
}
