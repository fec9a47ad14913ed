using Microsoft.Extensions.Logging;
using SocialQI.Grains.FanOut;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Grains.Topics;

/// <summary>What every topic's grain works with.</summary>
public sealed record TopicServices(Stores Stores, Snapshots Snapshots, Pipes Pipes, TimeProvider Clock, ILoggerFactory Logs);

/// <summary>
/// Hosts a topic and decides nothing. Commands gather in a queue; whatever waits is decided one after the other, appended as one, and answered after the
/// commit. A duplicate activation cannot fork the topic: the journal takes an append at the expected number only.
/// </summary>
public abstract partial class TopicGrain<TState>(ITopicRules<TState> rules, TopicServices services) : Grain, ITopicGrain
{
    /// <summary>How many commands wait for one topic; one more is told that it is busy.</summary>
    public const int WaitingMax = 1_000;

    private const int AttemptsMax = 5;
    private const int EventsBetweenSnapshots = 200;
    private const int EventsWorthASnapshot = 50;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReadingOnMax = TimeSpan.FromSeconds(1);

    private readonly Queue<Waiting> waiting = new();
    private readonly DoneLately done = new();
    private readonly ILogger log = services.Logs.CreateLogger("SocialQI.Topics");
    private Memory<TState> memory = null!;
    private bool mayBeBehind;
    private Shown? shown;
    private Task committing = Task.CompletedTask;
    private TopicId topic;
    private IJournal journal = null!;
    private Interest interest = null!;
    private IGrainTimer? expiry;
    private IGrainTimer? telling;
    private long snapshotAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        topic = TopicId.Parse(this.GetPrimaryKeyString());
        journal = services.Stores.Of(topic.Home, topic.Space).Journal;
        interest = new Interest(topic, services.Pipes, services.Clock);
        (memory, snapshotAt) = await Reader.Read(cancellationToken);
        Telemetry.Activated(topic.Kind);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Telemetry.Deactivated(topic.Kind);
        await committing.WaitAsync(cancellationToken);
        if (Number - snapshotAt > EventsWorthASnapshot)
        {
            await TakeSnapshot().WaitAsync(cancellationToken);
        }
    }

    public Task<Answered> Ask(Asked asked)
    {
        if (Json.TryReadCommand(asked.Command) is not { } command)
        {
            return Task.FromResult(Answered.No(Refusal.Malformed));
        }
        if (waiting.Count >= WaitingMax)
        {
            return Task.FromResult(Answered.No(Refusal.Busy));
        }
        var asking = new Waiting(asked.Id, asked.Command, command, Json.Decode<Passport>(asked.Passport), new Moment(asked.At));
        waiting.Enqueue(asking);
        _ = Committing();
        return asking.Answer;
    }

    public async Task<Shown> Show()
    {
        if (mayBeBehind)
        {
            // What is remembered is durable: while the journal hangs, rather an event late than not at all.
            await Task.WhenAny(Committing(), Task.Delay(ReadingOnMax));
        }
        return shown is { } last && last.Number == Number
            ? last
            : shown = new Shown(Number, rules.Show(memory.State), [.. rules.AudienceOf(memory.State)]);
    }

    public Task<LeaseAnswer> Renew(Lease lease)
    {
        if (interest.Renew(lease))
        {
            TellPresence();
        }
        expiry ??= this.RegisterGrainTimer(
            () =>
            {
                if (interest.Expire())
                {
                    TellPresence();
                }
                if (interest.IsEmpty)
                {
                    expiry?.Dispose();
                    expiry = null;
                }
                return Task.CompletedTask;
            },
            new() { DueTime = Lease.Lasts / 3, Period = Lease.Lasts / 3, Interleave = true });
        return Task.FromResult(new LeaseAnswer(Number, interest.Presence));
    }

    public Task Release(Guid gateway)
    {
        if (interest.Release(gateway))
        {
            TellPresence();
        }
        return Task.CompletedTask;
    }

    public Task Signal(Guid person)
    {
        var typing = Json.Encode(new TopicSignal(topic, Typing: new ClinicianId(person)));
        interest.Push(new Parcel(topic.ToString(), 0, [], null, typing));
        return Task.CompletedTask;
    }

    private TopicReader<TState> Reader => new(topic, rules, services.Stores.Of(topic), services.Snapshots);

    private long Number => rules.NumberOf(memory.State);

    private Task Committing() => committing = committing.IsCompleted ? Commit() : committing;

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
                mayBeBehind = true;
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
            if (mayBeBehind)
            {
                await Recover(batch);
            }
            var proposal = await Propose(batch, memory);
            switch (proposal.IsEmpty ? await Confirm(proposal) : await Append(proposal))
            {
                case AppendOutcome.Committed:
                    Take(proposal);
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
        foreach (var asking in batch)
        {
            if ((done.Find(asking.Id) ?? proposal.Find(asking.Id)) is { } before)
            {
                proposal.Answer(asking, asking.Repeated(before));
            }
            else if (proposal.Decide(asking, await KindAt(asking.Command)) is { } answer)
            {
                // A retry of what was done long ago is answered as then, even where today it would be refused or change nothing.
                proposal.Answer(asking, await journal.Done(topic, asking.Id, CancellationToken.None) is { } longAgo ? asking.Repeated(longAgo) : answer);
            }
        }
        return proposal;
    }

    private async Task<string?> KindAt(Command command) =>
        command is RedactText { Number: > 0 } redact && await journal.Read(topic, redact.Number, 1, CancellationToken.None) is [var named] && named.Number == redact.Number
            ? named.Kind
            : null;

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

    private void Take(Proposal<TState> proposal)
    {
        if (!proposal.IsEmpty)
        {
            memory = new(proposal.State, proposal.Hash, proposal.Last, memory.Redaction);
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
        interest.Push(proposal.ToParcel(proposal.ChangesAudience));
        if (proposal.Redacts)
        {
            ForgetSnapshot();
        }
        else if (Number - snapshotAt >= EventsBetweenSnapshots)
        {
            _ = TakeSnapshot();
        }
    }

    private async Task Recover(List<Waiting> batch)
    {
        var before = Number;
        memory = await Reader.ReadOn(memory, CancellationToken.None);
        foreach (var asking in batch)
        {
            if (await journal.Done(topic, asking.Id, CancellationToken.None) is { } found)
            {
                done.Add(found);
            }
        }
        mayBeBehind = false;
        if (memory.Redaction > before)
        {
            ForgetSnapshot();
        }
        if (Number > before)
        {
            LogOvertaken(log, topic, before, Number);
        }
    }

    private Task TakeSnapshot()
    {
        snapshotAt = Number;
        return Reader.Keep(memory);
    }

    private void ForgetSnapshot()
    {
        snapshotAt = Number;
        _ = Reader.Forget();
    }

    private void TellPresence() => telling ??= this.RegisterGrainTimer(
        () =>
        {
            telling?.Dispose();
            telling = null;
            interest.Push(new Parcel(topic.ToString(), 0, [], null, interest.Presence));
            return Task.CompletedTask;
        },
        new() { DueTime = Gathering, Period = Timeout.InfiniteTimeSpan, Interleave = true });

    [LoggerMessage(LogLevel.Warning, "{Topic} could not be written or read on ({Fault}); the outcome of {Commands} commands is unknown.")]
    private static partial void LogUnknown(ILogger log, TopicId topic, string fault, int commands);

    [LoggerMessage(LogLevel.Warning, "{Topic} was written elsewhere: read on from {Before} to {Number}.")]
    private static partial void LogOvertaken(ILogger log, TopicId topic, long before, long number);
}

public sealed class CaseGrain(TopicServices services) : TopicGrain<Cases.CaseTopic>(new Cases.CaseRules(), services), ICaseGrain;

public sealed class CommunityGrain(TopicServices services) : TopicGrain<Communities.CommunityTopic>(new Communities.CommunityRules(), services), ICommunityGrain;

public sealed class ClinicianGrain(TopicServices services) : TopicGrain<Clinicians.ClinicianTopic>(new Clinicians.ClinicianRules(), services), IClinicianGrain;

public sealed class InstitutionGrain(TopicServices services) : TopicGrain<Institutions.InstitutionTopic>(new Institutions.InstitutionRules(), services), IInstitutionGrain;
