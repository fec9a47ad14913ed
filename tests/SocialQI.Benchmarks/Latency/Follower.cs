using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Wire;

namespace SocialQI.Benchmarks.Latency;

/// <summary>A connection that follows topics as a browser does: each event once and in order; told to catch up, it follows again from the last it has.</summary>
internal sealed class Follower
{
    private readonly ConcurrentDictionary<string, long> last = new();
    private readonly HubConnection connection;
    private readonly Action<JsonElement> hear;

    /// <param name="connection">Not started yet.</param>
    /// <param name="hear">Takes each envelope.</param>
    public Follower(HubConnection connection, Action<JsonElement> hear)
    {
        (this.connection, this.hear) = (connection, hear);
        connection.On<string, JsonElement[]>(RoundsProtocol.Events, Heard);
        connection.On<string, long>(RoundsProtocol.CatchUp, (topic, _) => FollowOn(topic));
        connection.On<string>(RoundsProtocol.Closed, _ => ShutOut++);
    }

    /// <summary>How often the server dropped events for it.</summary>
    public int CaughtUp { get; private set; }

    /// <summary>How many topics the server closed to it: none, unless something is wrong.</summary>
    public int ShutOut { get; private set; }

    public async Task Follow(TopicId topic, long after)
    {
        last[topic.ToString()] = after;
        if ((await connection.InvokeAsync<Answer>("Follow", topic.ToString(), after)).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"A follow was refused: {refusal.Code}");
        }
    }

    private void Heard(string topic, JsonElement[] envelopes)
    {
        foreach (var envelope in envelopes)
        {
            var number = envelope.GetProperty("n").GetInt64();
            if (number == last[topic] + 1)
            {
                last[topic] = number;
                hear(envelope);
            }
            else if (number > last[topic])
            {
                FollowOn(topic);
                return;
            }
        }
    }

    // Not awaited: its events come by this very connection, which waits for its handlers.
    private void FollowOn(string topic)
    {
        CaughtUp++;
        _ = Task.Run(async () =>
        {
            while ((await connection.InvokeAsync<Answer>("Follow", topic, last[topic])).Refusal is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        });
    }
}
