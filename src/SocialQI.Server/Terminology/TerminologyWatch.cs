namespace SocialQI.Server.Terminology;

/// <summary>
/// Keeps the index of this process. Which versions are current is asked of the store every five seconds, a query of a few rows, so that what an operator
/// loads through any process is found through all of them; the index is made off the way of any request, and the old one answers until then.
/// </summary>
internal sealed partial class TerminologyWatch(Terms terms, TimeProvider clock, ILogger<TerminologyWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        var hasBegun = false;
        do
        {
            try
            {
                if (!hasBegun)
                {
                    await terms.Begin(stoppingToken);
                    hasBegun = true;
                }
                await terms.CatchUp(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "The terminologies could not be read ({Fault}); it is tried again.")]
    private static partial void LogFailed(ILogger log, string fault);
}
