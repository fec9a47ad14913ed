using System.Collections.Immutable;

namespace SocialQI.Communities;

/// <summary>A member as decisions need to know them: 20 bytes.</summary>
public readonly record struct MemberStub(Guid Who, CommunityRole Role);

/// <summary>A community as its grain remembers it.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Shown">What everybody who may follow it sees.</param>
/// <param name="Members">Every member.</param>
public sealed record CommunityTopic(TopicId Topic, CommunityState Shown, ImmutableDictionary<ClinicianId, CommunityRole> Members)
{
    public CommunityRole? RoleOf(ClinicianId who) => Members.TryGetValue(who, out var role) ? role : null;
}

/// <summary>Folds events into a community and keeps it between activations.</summary>
public sealed class CommunityRules : ITopicRules<CommunityTopic>
{
    internal static readonly ImmutableArray<string> Everybody = [Audience.Network];

    public CommunityTopic New(TopicId topic) => new(topic, CommunityState.None, ImmutableDictionary<ClinicianId, CommunityRole>.Empty);

    public CommunityTopic After(CommunityTopic state, Envelope happened) => state with
    {
        Shown = state.Shown.After(happened),
        Members = happened.Event switch
        {
            MemberJoined it => state.Members.SetItem(it.Who, it.Role),
            MemberRoleChanged it => state.Members.SetItem(it.Who, it.Role),
            MemberLeft it => state.Members.Remove(it.Who),
            MemberRemoved it => state.Members.Remove(it.Who),
            _ => state.Members,
        },
    };

    public Decision Decide(CommunityTopic state, Attributed asked) => CommunityDecider.Decide(state, asked);

    public long NumberOf(CommunityTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(CommunityTopic state) => state.Shown.Number > 0 ? Everybody : [];

    public byte[] Show(CommunityTopic state) => Json.Encode(state.Shown);

    public byte[] Freeze(CommunityTopic state) =>
        Frozen.Join<MemberStub>(Show(state), [.. state.Members.OrderBy(m => m.Key.Value).Select(m => new MemberStub(m.Key.Value, m.Value))]);

    public CommunityTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen)
    {
        var members = ImmutableDictionary.CreateBuilder<ClinicianId, CommunityRole>();
        foreach (var member in Frozen.Rows<MemberStub>(frozen))
        {
            members.Add(new ClinicianId(member.Who), member.Role);
        }
        return new(topic, Json.Decode<CommunityState>(Frozen.Shown(frozen)), members.ToImmutable());
    }
}
