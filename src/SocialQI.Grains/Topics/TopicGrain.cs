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
    private static readonly TimeSpan CountingCrowd = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReadingOnMax = TimeSpan.FromSeconds(1);

    private TopicId topic;
    private Scribe<TState> scribe = null!;
    private Interest interest = null!;
    private Shown? shown;
    private IGrainTimer? expiry;
    private IGrainTimer? telling;
    private IGrainTimer? growing;
    private Attending? attending;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        topic = TopicId.Parse(this.GetPrimaryKeyString());
        interest = new Interest(topic, services.Pipes, services.Clock);
        scribe = new Scribe<TState>(topic, rules, services, Announce, interest.CountFor);
        await scribe.Begin(cancellationToken);
        attending = new(this, GrainFactory, topic, interest, services.Clock);
        attending.Mind(rules.KeepsPresenceIn(scribe.State));
        Telemetry.Activated(topic.Kind);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Telemetry.Deactivated(topic.Kind);
        return scribe.End(cancellationToken);
    }

    public async Task<Answered> Ask(Asked asked)
    {
        if (Json.TryReadCommand(asked.Command) is not { } command)
        {
            return Answered.No(Refusal.Malformed);
        }
        var answered = await scribe.Ask(new Waiting(asked.Id, asked.Command, command, Json.Decode<Passport>(asked.Passport), new Moment(asked.At)));
        return rules.TellsNumbers ? answered : answered with { First = 0, Last = 0 };
    }

    public async Task<byte[]?> Own(byte[] passport, long at) =>
        rules.ShowOwn(scribe.State, Json.Decode<Passport>(passport), await scribe.OwnersAudience, new Moment(at));

    public Task<byte[]?> More(int after) => Task.FromResult(rules.ShowMore(scribe.State, after));

    public Task Tell(byte[] signal)
    {
        interest.Push(new Parcel(topic.ToString(), 0, [], null, signal));
        return Task.CompletedTask;
    }

    public async Task<Shown> Show()
    {
        if (scribe.MayBeBehind)
        {
            // What is remembered is durable: while the journal hangs, rather an event late than not at all.
            await Task.WhenAny(scribe.Settle(), Task.Delay(ReadingOnMax, services.Clock));
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

    public Task Signal(Guid person) => rules.ShowsTyping ? Tell(Json.Encode(new TopicSignal(topic, Typing: new ClinicianId(person)))) : Task.CompletedTask;

    public Task Point(Guid person, int x, int y) => rules.MayPoint(scribe.State, new ClinicianId(person))
        ? Tell(Json.Encode(new TopicSignal(topic, Pointing: new(Math.Clamp(x, 0, PointedAt.Max), Math.Clamp(y, 0, PointedAt.Max)))))
        : Task.CompletedTask;

    private void Announce(Parcel parcel)
    {
        interest.Push(parcel);
        attending?.Mind(rules.KeepsPresenceIn(scribe.State));
        if (rules.OwnerOf(scribe.State) is not null)
        {
            TellOwner();
        }
    }

    // What grows is told as it then stands, not once for each that made it grow.
    private void TellOwner() => growing ??= this.RegisterGrainTimer(
        async () =>
        {
            growing?.Dispose();
            growing = null;
            if (rules.Tell(scribe.State) is { } signal && rules.OwnerOf(scribe.State) is { } owner)
            {
                await GrainFactory.Topic(owner).Tell(signal);
            }
        },
        new() { DueTime = Telling.Gathering, Period = Timeout.InfiniteTimeSpan, Interleave = true });

    // Where there are too many to name, everybody is told a number: thousands are not told of each who comes.
    private void TellPresence() => telling ??= this.RegisterGrainTimer(
        () =>
        {
            telling?.Dispose();
            telling = null;
            interest.Push(new Parcel(topic.ToString(), 0, [], null, interest.Presence));
            return Task.CompletedTask;
        },
        new() { DueTime = interest.IsCrowd ? CountingCrowd : Gathering, Period = Timeout.InfiniteTimeSpan, Interleave = true });
}

public sealed class CaseGrain(TopicServices services) : TopicGrain<Cases.CaseTopic>(new Cases.CaseRules(), services), ICaseGrain;

public sealed class RoundsGrain(TopicServices services) : TopicGrain<GrandRounds.RoundsTopic>(new GrandRounds.RoundsRules(), services), IRoundsGrain;

public sealed class BallotGrain(TopicServices services) : TopicGrain<Ballots.BallotTopic>(new Ballots.BallotRules(), services), IBallotGrain;

public sealed class AttendanceGrain(TopicServices services) : TopicGrain<GrandRounds.AttendanceTopic>(new GrandRounds.AttendanceRules(), services), IAttendanceGrain;

public sealed class PanelGrain(TopicServices services) : TopicGrain<Panels.PanelTopic>(new Panels.PanelRules(), services), IPanelGrain;

public sealed class CommunityGrain(TopicServices services) : TopicGrain<Communities.CommunityTopic>(new Communities.CommunityRules(), services), ICommunityGrain;

public sealed class ClinicianGrain(TopicServices services) : TopicGrain<Clinicians.ClinicianTopic>(new Clinicians.ClinicianRules(), services), IClinicianGrain;

public sealed class InstitutionGrain(TopicServices services) : TopicGrain<Institutions.InstitutionTopic>(new Institutions.InstitutionRules(), services), IInstitutionGrain;
