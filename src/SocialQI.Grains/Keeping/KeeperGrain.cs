using Microsoft.Extensions.Logging;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>Runs the readers of the tail, each from where it had come.</summary>
public sealed partial class KeeperGrain(Stores stores, TimeProvider clock, ILogger<KeeperGrain> log) : Grain, IKeeperGrain
{
    private const int EventsAtOnce = 500;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private ITailReader[] readers = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        readers = [new Lists(stores.Default, GrainFactory), new Reactions(stores.Default, GrainFactory, clock)];
        this.RegisterGrainTimer(ReadOn, Period, Period);
        return Task.CompletedTask;
    }

    public Task Wake() => Task.CompletedTask;

    private async Task ReadOn()
    {
        foreach (var reader in readers)
        {
            try
            {
                await ReadOn(reader);
            }
            catch (Exception e)
            {
                LogFailed(log, reader.Name, e.GetType().Name);
            }
        }
    }

    private async Task ReadOn(ITailReader reader)
    {
        // Read again each time: after the loss of a silo another activation may have gone on.
        var position = await stores.Default.Tables.TailPosition(reader.Name, CancellationToken.None);
        while (await stores.Default.Journal.Tail(position, EventsAtOnce, CancellationToken.None) is { Count: > 0 } events)
        {
            position = events[^1].Position;
            await reader.Read(events, position);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The tail's reader {Reader} failed ({Fault}); it goes on from where it was.")]
    private static partial void LogFailed(ILogger log, string reader, string fault);
}

/// <summary>Does what follows from events, in commit order, and keeps how far it has come.</summary>
internal interface ITailReader
{
    string Name { get; }

    /// <summary>Takes events up to a position. It may be given the same again.</summary>
    Task Read(IReadOnlyList<TailEvent> events, long position);
}
