using SocialQI.Wire;

namespace SocialQI.Client.Administration;

public static class Administering
{
    /// <summary>The institutions that a person administers at this moment.</summary>
    public static IEnumerable<InstitutionId> Administers(this Me me, Moment at) =>
        me.Affiliations.Where(a => a.Role == InstitutionRole.Administrator && a.HoldsAt(at)).Select(a => a.Institution);
}
