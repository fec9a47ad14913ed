using System.Threading.Channels;

namespace SocialQI.Server.Auditing;

/// <summary>
/// Records how acts ended that were recorded when they began, and what was refused because something was away. Nobody waits for that: while it cannot be recorded it is tried again. A process that is lost
/// leaves acts without an end, and that is how they are read: they ended with it at the latest.
/// </summary>
public sealed class Closings(AuditTrail trail, TimeProvider clock) : BackgroundService
{
    private const int WaitingMax = 100_000;
    private const int AtOnce = 100;
    private static readonly TimeSpan UntilTriedAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    private readonly Channel<(Actor Actor, Act Act)> waiting = Channel.CreateBounded<(Actor, Act)>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    /// <summary>Records it soon.</summary>
    internal void Add(Actor actor, Act act) => waiting.Writer.TryWrite((actor, act));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Connections have ended by now, and with them what they followed.
        waiting.Writer.TryComplete();
        await Task.WhenAny(ExecuteTask ?? Task.CompletedTask, Task.Delay(PatienceAtTheEnd, clock, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            var some = new List<(Actor Actor, Act Act)>();
            while (some.Count < AtOnce && waiting.Reader.TryRead(out var closing))
            {
                some.Add(closing);
            }
            while (some.Count > 0)
            {
                var done = await Task.WhenAll(some.Select(closing => trail.TryRecord(closing.Actor, closing.Act)));
                some = [.. some.Where((_, i) => !done[i])];
                if (some.Count > 0)
                {
                    await Task.Delay(UntilTriedAgain, clock, stoppingToken);
                }
            }
        }
    }
}
