namespace SocialQI.Client.Live;

/// <summary>
/// The communities that invited this person. No list has them: a community says in its own state whom it invited, so those it may concern are looked at
/// one after the other, once a visit and not more than a few.
/// </summary>
public sealed class Invitations(Hub hub, Rounds rounds, Names names)
{
    private const int LooksMax = 30;

    private readonly HashSet<CommunityId> seen = [];

    public IReadOnlyCollection<CommunityId> All { get; private set; } = [];

    public event Action? Changed;

    /// <summary>Looks at the communities that were not looked at yet.</summary>
    public async Task Look()
    {
        foreach (var line in names.Communities.Where(c => !c.IsMember && seen.Count < LooksMax && seen.Add(c.Community)).ToArray())
        {
            if (await hub.Open(line.Community.Topic) is { State: { } state } && TopicState.Read(TopicKind.Community, state).Community is { } community)
            {
                Saw(line.Community, community.Invitations.Any(i => i.Guest == rounds.Me?.Id));
            }
        }
    }

    /// <summary>What a community that is open anyway says.</summary>
    public void Saw(CommunityId community, bool isInvited)
    {
        if (isInvited != All.Contains(community))
        {
            All = isInvited ? [.. All, community] : [.. All.Where(c => c != community)];
            Changed?.Invoke();
        }
    }
}
