using SocialQI.Server.SignIn;

namespace SocialQI.Server.Gateway;

/// <summary>
/// Reads the store's tail once a second: heals lost pushes, carries revocations, and feeds the heads of what is watched but not open, at a cost per
/// event, not per topic followed.
/// </summary>
internal sealed partial class TailWatch(Rounds rounds, LiveSessions sessions, TimeProvider clock, ILogger<TailWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TailReading tail = new(rounds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReadOn(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e.GetType().Name);
            }
        }
    }

    private async Task ReadOn(CancellationToken stop)
    {
        await tail.ReadOn(stop);
        await sessions.ReadEnds(stop);
        rounds.Passports.TailWasRead();
        await EndSessions(stop);
        // After the reading was noted, for without fresh passports nobody may see anything.
        tail.AskAgain();
        await tail.SendHeads(stop);
    }

    // Also without news: a session may have become too old, or nothing was done in it for too long.
    private async Task EndSessions(CancellationToken stop)
    {
        foreach (var connection in rounds.Connections)
        {
            if (await sessions.Find(connection.Session, stop) is null)
            {
                rounds.End(connection);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The tail could not be read ({Fault}); nothing is delivered until it can.")]
    private static partial void LogFailed(ILogger log, string fault);
}
