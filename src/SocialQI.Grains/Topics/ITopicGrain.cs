using Orleans.Concurrency;

namespace SocialQI.Grains.Topics;

/// <summary>
/// A topic. Every call may interleave: commands wait for the commit in a queue of their own, reads and leases never wait for it.
/// </summary>
public interface ITopicGrain : IGrainWithStringKey
{
    /// <summary>Decides a command; answers after its commit.</summary>
    [AlwaysInterleave]
    [Alias("ask")]
    [Door(Who.RulesDecide)]
    Task<Answered> Ask(Asked asked);

    /// <summary>The topic as it stands after its last durable event.</summary>
    [AlwaysInterleave]
    [Alias("show")]
    [Door(Who.Cluster)]
    Task<Shown> Show();

    /// <summary>A gateway follows for <see cref="Lease.Lasts"/> more, for these people.</summary>
    [AlwaysInterleave]
    [Alias("renew")]
    [Door(Who.Cluster)]
    Task<LeaseAnswer> Renew(Lease lease);

    /// <summary>A gateway follows no more.</summary>
    [AlwaysInterleave]
    [Alias("release")]
    [Door(Who.Cluster)]
    Task Release(Guid gateway);

    /// <summary>What one person sees of it whether or not they may follow it, as JSON; null when it is nothing.</summary>
    [AlwaysInterleave]
    [Alias("own")]
    [Door(Who.RulesDecide)]
    Task<byte[]?> Own(byte[] passport, long at);

    /// <summary>A page of what is too long to be shown whole, as JSON, after so many; null when there is no such thing.</summary>
    [AlwaysInterleave]
    [Alias("more")]
    [Door(Who.Cluster)]
    Task<byte[]?> More(int after);

    /// <summary>Tells everybody who follows something live.</summary>
    [AlwaysInterleave]
    [Alias("tell")]
    [Door(Who.Cluster)]
    Task Tell(byte[] signal);

    /// <summary>Somebody points at what is shown, in thousandths; nothing where they may not.</summary>
    [AlwaysInterleave]
    [Alias("point")]
    [Door(Who.RulesDecide)]
    Task Point(Guid person, int x, int y);

    /// <summary>Somebody is writing just now.</summary>
    [AlwaysInterleave]
    [Alias("signal")]
    [Door(Who.Cluster)]
    Task Signal(Guid person);
}

[Alias("case")]
public interface ICaseGrain : ITopicGrain;

[Alias("rounds")]
public interface IRoundsGrain : ITopicGrain;

[Alias("ballot")]
public interface IBallotGrain : ITopicGrain;

[Alias("attendance")]
public interface IAttendanceGrain : ITopicGrain;

[Alias("panel")]
public interface IPanelGrain : ITopicGrain;

[Alias("community")]
public interface ICommunityGrain : ITopicGrain;

[Alias("clinician")]
public interface IClinicianGrain : ITopicGrain;

[Alias("institution")]
public interface IInstitutionGrain : ITopicGrain;

public static class TopicGrains
{
    /// <summary>The grain of a topic.</summary>
    public static ITopicGrain Topic(this IGrainFactory grains, TopicId topic) => topic.Kind switch
    {
        TopicKind.Case => grains.GetGrain<ICaseGrain>(topic.ToString()),
        TopicKind.Rounds => grains.GetGrain<IRoundsGrain>(topic.ToString()),
        TopicKind.Ballot => grains.GetGrain<IBallotGrain>(topic.ToString()),
        TopicKind.Attendance => grains.GetGrain<IAttendanceGrain>(topic.ToString()),
        TopicKind.Panel => grains.GetGrain<IPanelGrain>(topic.ToString()),
        TopicKind.Community => grains.GetGrain<ICommunityGrain>(topic.ToString()),
        TopicKind.Clinician => grains.GetGrain<IClinicianGrain>(topic.ToString()),
        _ => grains.GetGrain<IInstitutionGrain>(topic.ToString()),
    };

    /// <summary>Asks a topic in the name of a passport's holder.</summary>
    public static async Task<Wire.Answer> Ask(this IGrainFactory grains, TopicId topic, Guid id, Command command, Passport passport, Moment at)
    {
        var answered = await grains.Topic(topic).Ask(new Asked(id, Json.Encode(command), Json.Encode(passport), at.Micros));
        return answered.ToAnswer();
    }
}
