using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SocialQI.Grains.FanOut;
using SocialQI.Storage;

namespace SocialQI.Grains.Topics;

/// <summary>
/// Takes a topic's commands, decides them one after the other, has them appended as one, and remembers what came of it. For one activation, on its
/// scheduler. Another activation cannot fork the topic: the journal takes an append at the expected number only, and who loses reads on.
/// Nothing is announced before its commit.
/// </summary>
internal sealed partial class Scribe<TState>(TopicId topic, ITopicRules<TState> rules, TopicServices services, Action<Parcel> announce, Func<InstitutionId?, int> present)
{
    private const int AttemptsMax = 5;

    private readonly Queue<Waiting> waiting = new();
    private readonly DoneLately done = new();
    private readonly IJournal journal = services.Stores.Of(topic).Journal;
    private readonly TopicReader<TState> reader = new(topic, rules, services.Stores.Of(topic), services.Snapshots);
    private readonly ILogger log = services.Logs.CreateLogger("SocialQI.Topics");
    private Memory<TState> memory = null!;
    private Task committing = Task.CompletedTask;

    /// <summary>The topic after its last durable event that is known here.</summary>
    public TState State => memory.State;

    public ValueTask<ImmutableArray<string>> OwnersAudience => reader.OwnersAudience(State);

    public long Number => rules.NumberOf(memory.State);

    /// <summary>After a failure the journal may know more, until it is read on.</summary>
    public bool MayBeBehind { get; private set; }

    /// <summary>Reads the topic. Before that nothing else may be asked.</summary>
    public async Task Begin(CancellationToken stop) => memory = await reader.Read(stop);

    /// <summary>Commits what waits, and keeps a snapshot if it is worth one.</summary>
    public async Task End(CancellationToken stop)
    {
        await committing.WaitAsync(stop);
        await reader.Keep(memory, TopicReader<TState>.EventsWorthASnapshot).WaitAsync(stop);
    }

    /// <summary>Decides a command, and answers after its commit.</summary>
    public Task<Answered> Ask(Waiting asking)
    {
        if (waiting.Count >= Waiting.Max)
        {
            return Task.FromResult(Answered.No(Refusal.Busy));
        }
        waiting.Enqueue(asking);
        _ = Settle();
        return asking.Answer;
    }

    /// <summary>Commits what waits, or at least reads on when something failed; never throws.</summary>
    public Task Settle() => committing = committing.IsCompleted ? Commit() : committing;

    private async Task Commit()
    {
        do
        {
            List<Waiting> batch = [.. waiting];
            waiting.Clear();
            try
            {
                await Commit(batch);
            }
            catch (Exception e)
            {
                MayBeBehind = true;
                LogUnknown(log, topic, e.GetType().Name, batch.Count);
                TurnAway(batch, Refusal.OutcomeUnknown);
            }
        }
        while (waiting.Count > 0);
    }

    private async Task Commit(List<Waiting> batch)
    {
        var refusal = Refusal.Busy;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (MayBeBehind)
            {
                await Recover(batch);
            }
            var proposal = await Propose(batch, memory);
            switch (proposal.IsEmpty ? await Confirm(proposal) : await Append(proposal))
            {
                case AppendOutcome.Committed:
                    Take(proposal, proposal.Restores ? await reader.ReadAfresh() : null);
                    return;
                case AppendOutcome.Lost:
                    refusal = Refusal.Busy;
                    await Recover(batch);
                    break;
                case null:
                    // Reading on tells what happened; if it was not committed, the same ids are appended once more.
                    refusal = Refusal.OutcomeUnknown;
                    await Recover(batch);
                    break;
                case var full:
                    TurnAway(batch, full == AppendOutcome.Busy ? Refusal.Busy : Refusal.StorageFull);
                    return;
            }
        }
        TurnAway(batch, refusal);
    }

    // Who only asks again what was done is told so all the same.
    private void TurnAway(List<Waiting> batch, Refusal refusal) =>
        batch.ForEach(w => w.Reply(done.Find(w.Id) is { } before ? w.Repeated(before) : Answered.No(refusal)));

    private async Task<Proposal<TState>> Propose(List<Waiting> batch, Memory<TState> from)
    {
        var proposal = new Proposal<TState>(topic, rules, from.State, from.Hash, from.Last);
        ImmutableArray<string> owners = default;
        foreach (var asking in batch)
        {
            owners = owners.IsDefault ? await reader.OwnersAudience(proposal.State) : owners;
            if ((done.Find(asking.Id) ?? proposal.Find(asking.Id)) is { } before)
            {
                proposal.Answer(asking, asking.Repeated(before));
            }
            else if (proposal.Decide(asking, await Facts.Of(asking, topic, services.Stores.Of(topic), present), owners) is { } answer)
            {
                // A retry of what was done long ago is answered as then, even where today it would be refused or change nothing.
                proposal.Answer(asking, await journal.Done(topic, asking.Id, CancellationToken.None) is { } longAgo ? asking.Repeated(longAgo) : answer);
            }
        }
        return proposal;
    }

    // An append tries by itself whether the topic has moved on elsewhere; a refusal would say what is so no more.
    private async Task<AppendOutcome?> Confirm(Proposal<TState> proposal) =>
        proposal.IsUntried && ((await journal.Head(topic, CancellationToken.None))?.Number ?? 0) != Number ? AppendOutcome.Lost : AppendOutcome.Committed;

    // Null: not known.
    private async Task<AppendOutcome?> Append(Proposal<TState> proposal)
    {
        try
        {
            return await journal.Append(proposal.Append);
        }
        catch (OutcomeUnknownException)
        {
            return null;
        }
    }

    // What a restored contribution says only the journal knows: then the topic was read afresh.
    private void Take(Proposal<TState> proposal, Memory<TState>? afresh)
    {
        if (!proposal.IsEmpty)
        {
            memory = afresh ?? new(proposal.State, proposal.Hash, proposal.Last, memory.Redaction, memory.Restoration);
            foreach (var command in proposal.Commands)
            {
                done.Add(command);
            }
        }
        proposal.ReplyAll();
        if (proposal.IsEmpty)
        {
            return;
        }
        announce(proposal.ToParcel(proposal.ChangesAudience));
        _ = proposal.Redacts ? reader.Forget() : reader.Keep(memory, TopicReader<TState>.EventsBetweenSnapshots);
    }

    private async Task Recover(List<Waiting> batch)
    {
        var before = Number;
        memory = await reader.CatchUp(memory);
        foreach (var asking in batch)
        {
            if (await journal.Done(topic, asking.Id, CancellationToken.None) is { } found)
            {
                done.Add(found);
            }
        }
        MayBeBehind = false;
        if (memory.Redaction > before)
        {
            _ = reader.Forget();
        }
        if (Number > before)
        {
            LogOvertaken(log, topic, before, Number);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Topic} could not be written or read on ({Fault}); the outcome of {Commands} commands is unknown.")]
    private static partial void LogUnknown(ILogger log, TopicId topic, string fault, int commands);

    [LoggerMessage(LogLevel.Warning, "{Topic} was written elsewhere: read on from {Before} to {Number}.")]
    private static partial void LogOvertaken(ILogger log, TopicId topic, long before, long number);
}
