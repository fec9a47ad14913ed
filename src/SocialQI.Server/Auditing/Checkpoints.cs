using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.Auditing;

/// <summary>
/// Keeps a witness of the store that the database's owner cannot rewrite: each minute a signed line with how far every chain is that moved since the one before.
/// Every silo keeps one of its own, so that they need not agree on who does, and each is one more that would have to be forged.
/// </summary>
internal sealed partial class Checkpoints(Stores stores, ServiceOptions options, TimeProvider clock, ILogger<Checkpoints> log) : BackgroundService
{
    // A line stays of a size that can be read at once; what is left goes into the next.
    private const int EventsMax = 20_000;
    private const int RowsMax = 20_000;

    private readonly CheckpointPost? post = options.Audit.CheckpointUrl is { } url ? new(url) : null;
    private CheckpointKey? key;
    private CheckpointFile? file;
    private Checkpoint? last;

    // Rows of the audit up to here have all become visible: they are older than any transaction lasts.
    private long settled;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Quietly(cancellationToken);
        file?.Dispose();
        post?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Audit.Every, clock);
        do
        {
            await Quietly(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Quietly(CancellationToken stop)
    {
        try
        {
            Open();
            var (seen, rows) = (last?.Rows ?? 0, settled);
            var (epoch, position) = await stores.Default.Heads.Now(stop);
            if (position < last?.Position)
            {
                LogGoneBack(log, position, last.Position);
            }
            for (var isAll = false; !isAll;)
            {
                var before = Math.Min(position, last?.Position ?? 0);
                (rows, isAll) = await Add(epoch, before, rows, stop);
                // Where events are missing the position is never reached: that is for the verification to say.
                isAll &= last!.Position >= position || last.Position == before;
            }
            settled = seen;
            await (post?.Send(stop) ?? Task.CompletedTask);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(log, e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // Told to end: what is missing is in the next start's first one.
        }
    }

    private void Open()
    {
        key ??= CheckpointKey.Open(options.Audit.KeyIn(options.Data));
        if (file is null)
        {
            file = new(options.Audit.CheckpointsIn(options.Data));
            last = file.Last is { } line ? Checkpoint.Read(line, null) : null;
            settled = last?.Rows ?? 0;
        }
    }

    private async Task<(long Rows, bool IsAll)> Add(string epoch, long position, long rows, CancellationToken stop)
    {
        var (topics, through) = await stores.Default.Heads.Topics(position, EventsMax, stop);
        var (chains, id) = await stores.Default.Heads.Chains(rows, RowsMax, stop);
        var next = new Checkpoint(
            (last?.N ?? 0) + 1, Moment.Of(clock.GetUtcNow()).Micros, epoch, through, id, topics, chains, file!.Last is { } before ? Checkpoint.HashOf(before) : Checkpoint.Start);
        file.Add(next.Line(key!));
        post?.Add(file.Last!);
        last = next;
        return (id, id - rows < RowsMax);
    }

    [LoggerMessage(LogLevel.Error, "No checkpoint of the audit could be kept ({Fault}); it is tried again.")]
    private static partial void LogFailed(ILogger log, string fault);

    [LoggerMessage(LogLevel.Critical, "The store is at position {Position}, and a checkpoint saw it at {Seen}: it has gone back. Run audit verify.")]
    private static partial void LogGoneBack(ILogger log, long position, long seen);
}
