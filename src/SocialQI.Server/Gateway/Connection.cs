using Microsoft.AspNetCore.SignalR;
using SocialQI.Grains.FanOut;
using SocialQI.Server.Auditing;

namespace SocialQI.Server.Gateway;

/// <summary>
/// One connected client and the bounded queue of what it is to hear. A slow reader never slows others and never fills memory: at half, signals are
/// left out; when full, its events are dropped and it is told to catch up, for the journal has them.
/// </summary>
public sealed class Connection(HubConnectionContext context, ClinicianId person, Guid session) : IThreadPoolWorkItem
{
    /// <summary>The most events that wait for one client.</summary>
    public const int EventsMax = 256;

    /// <summary>The most bytes that wait for one client.</summary>
    public const int BytesMax = 1024 * 1024;

    /// <summary>After so many calls that there are not, it ends.</summary>
    public const int MisspokenMax = 20;

    /// <summary>A write that takes longer ends the connection.</summary>
    public static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private List<Outgoing> waiting = [];
    private int events;
    private int bytes;
    private bool sending;
    private bool isShut;
    private long writingSince;
    private int misspoken;
    private TaskCompletionSource? drained;

    public ClinicianId Person { get; } = person;

    /// <summary>The session whose cookie it came with; it lasts no longer than that.</summary>
    public Guid Session { get; } = session;

    public string Id => context.ConnectionId;

    /// <summary>The topics whose heads it wants to hear of, though they are not open.</summary>
    public IReadOnlySet<TopicId> Watched { get; set; } = new HashSet<TopicId>();

    public OpenTopics Open { get; } = new();

    /// <summary>On which it writes.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>What it is being shown, for the audit; null where nobody keeps that.</summary>
    public Viewings? Viewings { get; init; }

    /// <summary>How much waits for the client beside what is being written.</summary>
    public (int Events, int Bytes) Waiting
    {
        get
        {
            lock (gate)
            {
                return (events, bytes);
            }
        }
    }

    /// <summary>Since when the client has not taken what is being written; null when nothing is.</summary>
    public long? WritingSince => Volatile.Read(ref writingSince) is > 0 and var since ? since : null;

    /// <summary>It has called what there is not; true when that was once too often.</summary>
    public bool Misspoke() => Interlocked.Increment(ref misspoken) == MisspokenMax;

    public void Abort() => context.Abort();

    /// <summary>Nothing more is written, not even what waits, and the connection ends.</summary>
    public void Shut()
    {
        lock (gate)
        {
            isShut = true;
            waiting = [];
            events = bytes = 0;
        }
        context.Abort();
    }

    /// <summary>Events of a topic; false when the queue is full: then everything that waited for this topic is gone, and the client must catch up.</summary>
    /// <param name="topic">Which.</param>
    /// <param name="envelopes">Each as the bytes that stand for it everywhere.</param>
    /// <param name="record">The hub message of just these events, shared by all who hear it.</param>
    public bool TryEvents(TopicId topic, byte[][] envelopes, byte[] record)
    {
        lock (gate)
        {
            // Alone it may be larger: it is shared by all who hear it, and would never fit otherwise.
            if (waiting.Count > 0 && (events + envelopes.Length > EventsMax || bytes + record.Length > BytesMax))
            {
                Drop(topic);
                return false;
            }
            events += envelopes.Length;
            Add(new(topic, record, envelopes, false));
            return true;
        }
    }

    /// <summary>What may be lost.</summary>
    public void Signal(TopicId topic, byte[] record)
    {
        lock (gate)
        {
            if (events < EventsMax / 2 && bytes < BytesMax / 2)
            {
                Add(new(topic, record, [], false));
            }
        }
    }

    /// <summary>What must arrive and is small: catch up, closed.</summary>
    public void Control(TopicId topic, byte[] record)
    {
        lock (gate)
        {
            Add(new(topic, record, [], true));
        }
    }

    /// <summary>Takes back what waits of a topic: the client may see it no more.</summary>
    public void Drop(TopicId topic)
    {
        lock (gate)
        {
            foreach (var dropped in waiting.Where(o => o.Topic == topic && !o.IsControl))
            {
                events -= dropped.Envelopes.Length;
                bytes -= dropped.Record!.Length;
            }
            waiting.RemoveAll(o => o.Topic == topic && !o.IsControl);
        }
    }

    /// <summary>When everything that waits was written; cancelled when the client has gone, which is so for all who wait.</summary>
    public async Task Drained(CancellationToken gone)
    {
        TaskCompletionSource done;
        lock (gate)
        {
            if (!sending)
            {
                return;
            }
            done = drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        await using var left = gone.UnsafeRegister(static it => ((TaskCompletionSource)it!).TrySetCanceled(), done);
        await done.Task;
    }

    private void Add(Outgoing outgoing)
    {
        if (isShut)
        {
            return;
        }
        bytes += outgoing.Record!.Length;
        waiting.Add(outgoing);
        if (!sending)
        {
            sending = true;
            Scheduler.Queue(this);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = Send();

    private async Task Send()
    {
        while (Take() is { } batch)
        {
            Volatile.Write(ref writingSince, Environment.TickCount64);
            foreach (var record in Outgoing.Merged(batch))
            {
                await context.WriteAsync(HubMessages.Serialized(record), CancellationToken.None);
            }
            Volatile.Write(ref writingSince, 0);
        }
    }

    private List<Outgoing>? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                sending = false;
                drained?.TrySetResult();
                drained = null;
                return null;
            }
            var batch = waiting;
            foreach (var outgoing in batch.Where(o => o.Envelopes.Length > 0))
            {
                Viewings?.Written(outgoing.Topic, EventCodec.NumberOf(outgoing.Envelopes[^1]));
            }
            waiting = [];
            events = bytes = 0;
            return batch;
        }
    }
}
