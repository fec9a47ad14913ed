using System.Diagnostics;

namespace SocialQI.Storage;

/// <summary>An append and whoever waits for its outcome.</summary>
internal sealed class WaitingAppend(Append append)
{
    // A continuation that ran on the writer's thread would hold up everybody else's commit.
    private readonly TaskCompletionSource<AppendOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Append Append => append;

    public string Topic { get; } = append.Topic.ToString();

    public int Bytes { get; } = append.Events.Sum(e => e.Payload?.Length ?? 0);

    /// <summary>The trace it belongs to.</summary>
    public ActivityContext? Asked { get; } = Activity.Current?.Context;

    public Task<AppendOutcome> Outcome => outcome.Task;

    public void Answer(AppendOutcome how) => outcome.TrySetResult(how);

    public void Fail(Exception why) => outcome.TrySetException(why);
}

/// <summary>Appends that wait for the one thread that commits.</summary>
internal sealed class AppendQueue
{
    /// <summary>With this many waiting, the next is turned away.</summary>
    public const int LengthMax = 10_000;

    /// <summary>The most appends of a batch.</summary>
    public const int BatchMax = 512;

    /// <summary>The most payload of a batch; a single larger append goes alone.</summary>
    public const int BatchBytesMax = 1024 * 1024;

    private readonly object gate = new();
    private readonly List<WaitingAppend> waiting = [];
    private bool closed;

    public int Length
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>False when too many wait already.</summary>
    public bool TryAdd(WaitingAppend append)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(IJournal));
            if (waiting.Count >= LengthMax)
            {
                return false;
            }
            waiting.Add(append);
            Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>After this nothing is added; what waits is still taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits for a batch. It is empty when none came in this time, and null once the queue is closed and empty.</summary>
    public List<WaitingAppend>? Take(TimeSpan patience)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closed)
                {
                    return null;
                }
                if (!Monitor.Wait(gate, patience))
                {
                    return [];
                }
            }
            return Batch();
        }
    }

    // Whatever waits goes at once, but a topic only once: its next append stays, in order, for the next batch.
    private List<WaitingAppend> Batch()
    {
        var batch = new List<WaitingAppend>(Math.Min(waiting.Count, BatchMax));
        var topics = new HashSet<string>(StringComparer.Ordinal);
        var (seen, staying, bytes) = (0, 0, 0);
        for (; seen < waiting.Count && batch.Count < BatchMax; seen++)
        {
            var next = waiting[seen];
            if (topics.Contains(next.Topic))
            {
                waiting[staying++] = next;
                continue;
            }
            if (batch.Count > 0 && bytes + next.Bytes > BatchBytesMax)
            {
                break;
            }
            topics.Add(next.Topic);
            batch.Add(next);
            bytes += next.Bytes;
        }
        waiting.RemoveRange(staying, seen - staying);
        return batch;
    }
}
