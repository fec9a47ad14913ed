using SocialQI.Server.SignIn;

namespace SocialQI.Server.Gateway;

/// <summary>
/// Renews leases, lets go of what nobody follows, and ends connections that take nothing. Apart from <see cref="TailWatch"/>: a grain that is slow to
/// answer must not make the passports of everybody old.
/// </summary>
internal sealed partial class Tending(Rounds rounds, LiveSessions sessions, TimeProvider clock, ILogger<Tending> log) : BackgroundService
{
    private static readonly TimeSpan Period = Grains.Topics.Lease.Lasts / 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                rounds.Passports.KeepOnly(rounds.Connections.Select(c => c.Person).ToHashSet());
                await rounds.Tend();
                await sessions.Keep(stoppingToken);
            }
            catch (Exception e)
            {
                LogFailed(log, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Connections and leases could not be tended ({Fault}); it is tried again.")]
    private static partial void LogFailed(ILogger log, string fault);
}
