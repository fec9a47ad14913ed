using Microsoft.Extensions.Logging;
using SocialQI.Grains.Topics;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>
/// Sends planned commands when their time has come. A reminder brings it back after the loss of its silo, a timer makes it prompt.
/// Late is allowed, twice is harmless, lost is not: the plan's row goes away only with the event that settles it.
/// </summary>
public sealed partial class DueGrain(Stores stores, TimeProvider clock, ILogger<DueGrain> log) : Grain, IDueGrain, IRemindable
{
    /// <summary>How many shares the topics are dealt to.</summary>
    public const int Shards = 4;

    private const int AtOnce = 100;
    private const int SweptAtOnce = 100;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private Moment swept;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Send, Period, Period);
        return Task.CompletedTask;
    }

    public Task Wake() => this.RegisterOrUpdateReminder("due", ReminderPeriod, ReminderPeriod);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private async Task Send()
    {
        try
        {
            var now = Moment.Of(clock.GetUtcNow());
            foreach (var plan in await stores.Default.Tables.Due(now, (int)this.GetPrimaryKeyLong(), Shards, AtOnce, CancellationToken.None))
            {
                await Send(plan, now);
            }
            if (this.GetPrimaryKeyLong() == 0 && now - swept > BetweenSweeps)
            {
                // Where there is more, the next time goes on with it.
                swept = await stores.Default.Images.Sweep(SweptAtOnce, CancellationToken.None) < SweptAtOnce ? now : swept;
            }
        }
        catch (Exception e)
        {
            LogFailed(log, e.GetType().Name);
        }
    }

    private async Task Send(PlannedCommand plan, Moment now)
    {
        try
        {
            if (StoreRows.CommandOf(plan.Key) is { } command)
            {
                await GrainFactory.Ask(plan.Topic, DerivedId.Of(plan.Topic, plan.Key, plan.At.Micros), command, Passport.OfOperator, now);
            }
        }
        catch (Exception e)
        {
            // A topic that does not answer must not keep the plans of all others.
            LogNotSent(log, plan.Topic, e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is due in {Topic} could not be sent ({Fault}); it is tried again.")]
    private static partial void LogNotSent(ILogger log, TopicId topic, string fault);

    [LoggerMessage(LogLevel.Warning, "What is due could not be read ({Fault}); it is tried again.")]
    private static partial void LogFailed(ILogger log, string fault);
}
