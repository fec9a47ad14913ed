using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>All lines of this gateway, with one heartbeat for all of them. They are counted as the framework counts its own.</summary>
internal sealed class Lines(IOptions<HubOptions> options, IMeterFactory meters, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingsByDefault = TimeSpan.FromSeconds(15);
    private static readonly KeyValuePair<string, object?> transport = new("signalr.transport", "web_sockets");

    private readonly ConcurrentDictionary<Line, bool> lines = new();
    private readonly UpDownCounter<long> active = meters.Create("Microsoft.AspNetCore.Http.Connections")
        .CreateUpDownCounter<long>("signalr.server.active_connections", "{connection}", "Number of connections that are currently active on the server.");

    public void Add(Line line)
    {
        lines[line] = true;
        active.Add(1, transport);
    }

    public void Remove(Line line)
    {
        lines.TryRemove(line, out _);
        active.Add(-1, transport);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pingAfter = options.Value.KeepAliveInterval ?? PingsByDefault;
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (line, _) in lines)
            {
                line.Beat(pingAfter);
            }
        }
    }
}
