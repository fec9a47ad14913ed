using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Audit;

/// <summary>
/// Records what people do, before they are given what they asked for: a row is durable when <see cref="Record"/> returns. Whatever waits is written as one
/// transaction. The chains of this process begin with it and live in its memory, so that no writer waits for another's.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    /// <summary>With so many waiting, the next is refused.</summary>
    public const int WaitingMax = 10_000;

    private const int BatchMax = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan PatienceOfTheWriter = Patience - TimeSpan.FromMilliseconds(500);

    private readonly IDatabase database;
    private readonly TimeProvider clock;
    private readonly Channel<WaitingAct> waiting = Channel.CreateBounded<WaitingAct>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly Meter meter = new(Measures.Name);
    private readonly Counter<long> recorded;
    private readonly Task writing;
    private long failed;
    private AuditChains chains = new();
    private volatile bool isEnding;
    private bool isFailing;

    internal AuditLog(IDatabase database, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
        recorded = meter.CreateCounter<long>("socialqi.audit.rows", "{row}", "Acts recorded.");
        // Told from before there is the first: of a figure that appears with its first one, that one is no increase.
        meter.CreateObservableCounter("socialqi.audit.failed", () => Interlocked.Read(ref failed), "{row}", "Acts that could not be recorded, and were refused for it.");
        writing = Task.Run(Write);
    }

    /// <summary>Records an act; where it stands.</summary>
    /// <exception cref="NotAuditedException">It was not recorded, or that is not known: the act must not go on.</exception>
    public async Task<AuditRef> Record(AuditEntry entry)
    {
        Check(entry);
        var act = new WaitingAct(entry, Moment.Of(clock.GetUtcNow()));
        if (!waiting.Writer.TryWrite(act))
        {
            Interlocked.Increment(ref failed);
            throw new NotAuditedException();
        }
        try
        {
            return await act.Written.Task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            // Who asked is told that nothing was given: recorded later it would say what never happened.
            act.IsAbandoned = true;
            throw new NotAuditedException(e);
        }
    }

    /// <summary>Writes what waits, and ends; once that fails, the rest is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        isEnding = true;
        waiting.Writer.TryComplete();
        await writing;
        meter.Dispose();
    }

    // What a row may not hold would fail all that are written with it.
    private static void Check(AuditEntry entry)
    {
        if (entry.Texts.Any(text => text is { Length: > AuditEntry.TextLengthMax } || text?.All(c => char.IsAscii(c) && !char.IsControl(c)) == false))
        {
            throw new ArgumentException("The texts of an act are short and plain.", nameof(entry));
        }
    }

    private async Task Write()
    {
        var batch = new List<WaitingAct>(BatchMax);
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchMax && waiting.Reader.TryRead(out var act))
            {
                if (!act.IsAbandoned)
                {
                    batch.Add(act);
                }
            }
            if (isEnding && isFailing)
            {
                Fail(batch, new ObjectDisposedException(nameof(AuditLog)));
            }
            else if (batch.Count > 0)
            {
                await Write(batch);
            }
            batch.Clear();
        }
    }

    private async Task Write(List<WaitingAct> batch)
    {
        var rows = chains.Next(batch);
        try
        {
            // A little before the first of them is told that it was not recorded.
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, (PatienceOfTheWriter - Stopwatch.GetElapsedTime(batch[0].Since)).TotalMilliseconds)));
            await database.Write(connection => AuditInsert.Add(connection, rows, patience.Token), patience.Token);
        }
        catch (Exception e)
        {
            isFailing = true;
            Fail(batch, e);
            return;
        }
        isFailing = false;
        chains.Keep(rows);
        recorded.Add(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            batch[i].Written.TrySetResult(new(batch[i].Entry.Home, rows[i].Row.Writer, rows[i].Row.Number));
        }
    }

    // Perhaps they were written all the same: what comes next must not stand where they may stand already.
    private void Fail(List<WaitingAct> batch, Exception why)
    {
        chains = why is StorageFullException or StoreUnavailableException ? chains : new();
        Interlocked.Add(ref failed, batch.Count);
        batch.ForEach(act => act.Written.TrySetException(new NotAuditedException(why)));
    }
}

/// <summary>An act and whoever waits until it stands in the audit.</summary>
internal sealed class WaitingAct(AuditEntry entry, Moment at)
{
    public AuditEntry Entry => entry;

    public Moment At => at;

    /// <summary>Since when it waits.</summary>
    public long Since { get; } = Stopwatch.GetTimestamp();

    /// <summary>Nobody waits any more.</summary>
    public bool IsAbandoned { get; set; }

    public TaskCompletionSource<AuditRef> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
