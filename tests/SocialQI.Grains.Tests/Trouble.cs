using System.Collections.Concurrent;
using SocialQI.Storage;

namespace SocialQI.Grains.Tests;

/// <summary>Where a call to the journal can go wrong.</summary>
public enum Step
{
    /// <summary>Before anything is written.</summary>
    BeforeCommit,

    /// <summary>After the commit, before the answer.</summary>
    AfterCommit,

    Read,

    /// <summary>After events were read, before they are handed over.</summary>
    AfterRead,

    Done,

    Head,

    Tail,
}

/// <summary>What goes wrong at a step: throws, waits, or says how the append ended in place of the journal. Null: go on.</summary>
internal delegate Task<AppendOutcome?> Mishap();

/// <summary>A call that waits until it is let go.</summary>
internal sealed class Hang
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource free = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the call has come here.</summary>
    public Task Reached => reached.Task;

    public void LetGo() => free.TrySetResult();

    public async Task<AppendOutcome?> Meet()
    {
        reached.TrySetResult();
        await free.Task;
        return null;
    }
}

/// <summary>What goes wrong with the calls about one topic: first what was planned, in order, then what always does.</summary>
internal sealed class Trouble
{
    private readonly ConcurrentDictionary<Step, ConcurrentQueue<Mishap>> planned = new();
    private readonly ConcurrentQueue<Append> appends = new();
    private readonly ConcurrentQueue<long> reads = new();

    /// <summary>What goes wrong at a step when nothing is planned for it.</summary>
    public Func<Step, Mishap?>? Always { get; set; }

    /// <summary>Every append that came, also those that went wrong.</summary>
    public IReadOnlyCollection<Append> Appends => appends;

    /// <summary>The number from which each reading began.</summary>
    public IReadOnlyCollection<long> Reads => reads;

    public void Fails(Step step, Exception? why = null) => Plan(step, () => throw why ?? new IOException("The journal does not answer."));

    /// <summary>Commits, and then does not know it any more.</summary>
    public void ForgetsItsAnswer() => Fails(Step.AfterCommit, Unknown());

    public void Ends(AppendOutcome how) => Plan(Step.BeforeCommit, () => Task.FromResult<AppendOutcome?>(how));

    public Hang Hangs(Step step)
    {
        var hang = new Hang();
        Plan(step, hang.Meet);
        return hang;
    }

    /// <summary>From now on every call at this step waits.</summary>
    public Hang AlwaysHangs(Step step)
    {
        var hang = new Hang();
        Always = at => at == step ? hang.Meet : null;
        return hang;
    }

    public static OutcomeUnknownException Unknown() => new("The connection was lost while committing.", new IOException());

    internal void Note(Append append) => appends.Enqueue(append);

    internal void NoteRead(long from) => reads.Enqueue(from);

    internal Task<AppendOutcome?> Meet(Step step) =>
        planned.TryGetValue(step, out var queue) && queue.TryDequeue(out var next) ? next()
        : Always?.Invoke(step) is { } always ? always()
        : Task.FromResult<AppendOutcome?>(null);

    private void Plan(Step step, Mishap mishap) => planned.GetOrAdd(step, _ => new()).Enqueue(mishap);
}
