using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>The socket of a client that takes what is written only while it is let.</summary>
internal sealed class HeldSocket() : HubConnectionContext(
    new DefaultConnectionContext(Guid.NewGuid().ToString("n")), new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromHours(1) }, NullLoggerFactory.Instance)
{
    private static readonly JsonHubProtocol Json = new();

    private readonly List<string> taken = [];
    private readonly TaskCompletionSource writing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource open = Opened();

    /// <summary>What the client took, in order: what it was called and with what.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (taken)
            {
                return [.. taken];
            }
        }
    }

    /// <summary>When something is being written for the first time.</summary>
    public Task IsWriting => writing.Task;

    /// <summary>The numbers of a topic's events, in the order in which the client took them.</summary>
    public IEnumerable<long> NumbersOf(TopicId topic) => Taken.Select(t => JsonSerializer.Deserialize<JsonElement>(t)).Where(t => t.GetProperty("target").GetString() == "Events")
        .Select(t => t.GetProperty("arguments")).Where(a => a[0].GetString() == topic.ToString())
        .SelectMany(a => a[1].EnumerateArray()).Select(e => e.GetProperty("n").GetInt64());

    public void Hold() => open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Let() => open.TrySetResult();

    public override async ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default)
    {
        writing.TrySetResult();
        await open.Task;
        lock (taken)
        {
            taken.Add(System.Text.Encoding.UTF8.GetString(message.GetSerializedMessage(Json).Span).TrimEnd('\u001e'));
        }
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
