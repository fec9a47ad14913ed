namespace SocialQI.Storage;

/// <summary>Commits batches to one database.</summary>
internal interface ICommitBatches : IDisposable
{
    /// <summary>Writes a batch, in which no topic is twice, as one transaction. What it calls committed is durable.</summary>
    /// <exception cref="StorageFullException">Nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was written, and the next batch would do no better at once.</exception>
    /// <exception cref="OutcomeUnknownException">All of it was committed, or nothing.</exception>
    AppendOutcome[] Commit(IReadOnlyList<Append> batch);

    /// <summary>Does what nobody waits for; false when some of it is left, to be tried again soon.</summary>
    bool Tidy();
}

/// <summary>
/// The single writer of a database: one thread that commits together whatever waits, without any delay of its own, so that a lone append goes at
/// once and a crowd shares one flush of the disk. The databases are called synchronously: the thread has nothing else to do.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private static readonly TimeSpan untilTidiedAgain = TimeSpan.FromSeconds(1);

    private readonly AppendQueue queue = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ICommitBatches commits;
    private readonly Measures measures;
    private readonly Pulse? pulse;

    public GroupCommit(ICommitBatches commits, string database, Pulse? pulse = null)
    {
        this.commits = commits;
        this.pulse = pulse;
        measures = new Measures(() => queue.Length, database);
        new Thread(Run) { IsBackground = true, Name = "SocialQI journal writer" }.Start();
    }

    /// <summary>Its outcome; <see cref="AppendOutcome.Busy"/> at once when too many wait.</summary>
    public async ValueTask<AppendOutcome> Append(Append append)
    {
        if (append.Events.Count == 0 || append.Events.Where((e, i) => e.Number != append.Expected + 1 + i).Any())
        {
            throw new ArgumentException("An append has events, numbered on from the one expected last.", nameof(append));
        }
        using var span = Measures.Append();
        var waiting = new WaitingAppend(append);
        return queue.TryAdd(waiting) ? await waiting.Outcome : AppendOutcome.Busy;
    }

    /// <summary>Commits what waits, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Close();
        await ended.Task;
        measures.Dispose();
    }

    private void Run()
    {
        var isTidy = true;
        while (queue.Take(isTidy ? Timeout.InfiniteTimeSpan : untilTidiedAgain) is { } batch)
        {
            if (batch.Count > 0)
            {
                Commit(batch);
            }
            isTidy = commits.Tidy();
        }
        commits.Dispose();
        ended.SetResult();
    }

    // Gives everybody in the batch their outcome. Returns what is wrong with the database itself, null when nothing is.
    private Exception? Commit(List<WaitingAppend> batch)
    {
        try
        {
            if (pulse is { IsFelt: false })
            {
                throw new StoreUnavailableException(new TimeoutException("This process was held still, and does not know yet whether it is still one of the cluster."));
            }
            var outcomes = measures.Measure(batch, commits);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer(outcomes[i]);
            }
            return null;
        }
        catch (Exception e) when (e is OutcomeUnknownException or StoreUnavailableException or SettingsMakeAcksALieException)
        {
            batch.ForEach(append => append.Fail(e));
            return e;
        }
        catch (Exception) when (batch.Count > 1)
        {
            return OneByOne(batch);
        }
        catch (StorageFullException)
        {
            batch[0].Answer(AppendOutcome.StorageFull);
            return null;
        }
        catch (Exception e)
        {
            batch[0].Fail(e);
            return null;
        }
    }

    // One of them spoiled it for all: nothing was written, so each tries again by itself.
    private Exception? OneByOne(List<WaitingAppend> batch)
    {
        Exception? wrong = null;
        foreach (var append in batch)
        {
            if (wrong is null)
            {
                wrong = Commit([append]);
            }
            else
            {
                append.Fail(new StoreUnavailableException(wrong));
            }
        }
        return wrong;
    }
}
