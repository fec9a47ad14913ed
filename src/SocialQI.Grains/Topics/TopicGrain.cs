using Microsoft.Extensions.Logging;
using SocialQI.Grains.FanOut;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Grains.Topics;

/// <summary>What every topic's grain works with.</summary>
public sealed record TopicServices(Stores Stores, Snapshots Snapshots, Pipes Pipes, TimeProvider Clock, ILoggerFactory Logs);

/// <summary>Hosts a topic and decides nothing: its commands go to the <see cref="Scribe{TState}"/>, its news to the gateways that hold a lease.</summary>
public abstract class TopicGrain<TState>(ITopicRules<TState> rules, TopicServices services) : Grain, ITopicGrain
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReadingOnMax = TimeSpan.FromSeconds(1);

    private TopicId topic;
    private Scribe<TState> scribe = null!;
    private Interest interest = null!;
    private Shown? shown;
    private IGrainTimer? expiry;
    private IGrainTimer? telling;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        topic = TopicId.Parse(this.GetPrimaryKeyString());
        interest = new Interest(topic, services.Pipes, services.Clock);
        scribe = new Scribe<TState>(topic, rules, services, interest.Push);
        await scribe.Begin(cancellationToken);
        Telemetry.Activated(topic.Kind);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Telemetry.Deactivated(topic.Kind);
        return scribe.End(cancellationToken);
    }

    public Task<Answered> Ask(Asked asked) =>
        Json.TryReadCommand(asked.Command) is { } command
            ? scribe.Ask(new Waiting(asked.Id, asked.Command, command, Json.Decode<Passport>(asked.Passport), new Moment(asked.At)))
            : Task.FromResult(Answered.No(Refusal.Malformed));

    public async Task<Shown> Show()
    {
        if (scribe.MayBeBehind)
        {
            // What is remembered is durable: while the journal hangs, rather an event late than not at all.
            await Task.WhenAny(scribe.Settle(), Task.Delay(ReadingOnMax));
        }
        return shown is { } last && last.Number == scribe.Number
            ? last
            : shown = new Shown(scribe.Number, rules.Show(scribe.State), [.. rules.AudienceOf(scribe.State)]);
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
        return Task.FromResult(new LeaseAnswer(scribe.Number, interest.Presence));
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

    private void TellPresence() => telling ??= this.RegisterGrainTimer(
        () =>
        {
            telling?.Dispose();
            telling = null;
            interest.Push(new Parcel(topic.ToString(), 0, [], null, interest.Presence));
            return Task.CompletedTask;
        },
        new() { DueTime = Gathering, Period = Timeout.InfiniteTimeSpan, Interleave = true });
}

public sealed class CaseGrain(TopicServices services) : TopicGrain<Cases.CaseTopic>(new Cases.CaseRules(), services), ICaseGrain;

public sealed class CommunityGrain(TopicServices services) : TopicGrain<Communities.CommunityTopic>(new Communities.CommunityRules(), services), ICommunityGrain;

public sealed class ClinicianGrain(TopicServices services) : TopicGrain<Clinicians.ClinicianTopic>(new Clinicians.ClinicianRules(), services), IClinicianGrain;

public sealed class InstitutionGrain(TopicServices services) : TopicGrain<Institutions.InstitutionTopic>(new Institutions.InstitutionRules(), services), IInstitutionGrain;
