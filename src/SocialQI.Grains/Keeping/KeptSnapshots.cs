using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>The snapshots from which topics wake: each must be what its topic's events fold to.</summary>
internal sealed class KeptSnapshots(Store store, Snapshots snapshots) : ICompared
{
    public const string Called = "snapshots";

    public string Name => Called;

    public async Task<Replaced> Compare(IReadOnlyList<TopicId> topics, long position)
    {
        var others = new List<TopicId>();
        foreach (var topic in topics)
        {
            if (!await IsFold(topic))
            {
                others.Add(topic);
            }
        }
        return new(false, others);
    }

    // They are found by their topics alone.
    public Task<long> Strays() => Task.FromResult(0L);

    private Task<bool> IsFold(TopicId topic) => topic.Kind switch
    {
        TopicKind.Case => IsFold(topic, new CaseRules()),
        TopicKind.Rounds => IsFold(topic, new RoundsRules()),
        TopicKind.Ballot => IsFold(topic, new BallotRules()),
        TopicKind.Attendance => IsFold(topic, new AttendanceRules()),
        TopicKind.Panel => IsFold(topic, new PanelRules()),
        TopicKind.Community => IsFold(topic, new CommunityRules()),
        TopicKind.Clinician => IsFold(topic, new ClinicianRules()),
        TopicKind.Institution => IsFold(topic, new InstitutionRules()),
        _ => throw new NotSupportedException($"Topics of kind {topic.Kind} have no rules here."),
    };

    private async Task<bool> IsFold<TState>(TopicId topic, ITopicRules<TState> rules)
    {
        var reader = new TopicReader<TState>(topic, rules, store, snapshots);
        return await snapshots.Read(topic, store.Journal.Epoch) is not { } snapshot || await reader.Bears(snapshot);
    }
}
