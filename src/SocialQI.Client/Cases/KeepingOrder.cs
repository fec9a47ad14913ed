using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Client.Cases;

/// <summary>What is offered to those who keep order.</summary>
public static class KeepingOrder
{
    /// <summary>Whether they see the case in an emergency and not otherwise: then they write nothing.</summary>
    public static bool OnlyReads(this Me me, TopicId topic, CaseState state, Moment at) =>
        state.Visibility is { } visibility && state.Glass.OrEmpty().Any(g => g.Who == me.Id && at < g.Until)
        && !new Passport(me.Id, null, me.Affiliations, null, me.Communities.OrEmpty(), [], 0).KeysAt(at).Intersect(visibility.AudienceOf(state.Author, topic.Home)).Any();

    /// <summary>By their roles at the case's home, and in the communities it is open to.</summary>
    public static TimelineMay MayDo(this Me me, InstitutionId home, Visibility? visibility, Moment at)
    {
        var role = me.Affiliations.FirstOrDefault(a => a.Institution == home && a.HoldsAt(at))?.Role;
        var communities = visibility is { Kind: VisibilityKind.Communities } open ? open.Communities.OrEmpty() : [];
        var moderates = role is InstitutionRole.Moderator or InstitutionRole.Administrator
            || me.Communities.OrEmpty().Any(m => m.Role == CommunityRole.Moderator && communities.Contains(m.Community));
        return (moderates ? TimelineMay.Moderate : TimelineMay.Nothing) | (role is InstitutionRole.Administrator or InstitutionRole.PrivacyOfficer ? TimelineMay.Redact : TimelineMay.Nothing);
    }
}
