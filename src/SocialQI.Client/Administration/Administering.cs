using SocialQI.Wire;

namespace SocialQI.Client.Administration;

public static class Administering
{
    /// <summary>What people can be at an institution: machines are made by their tokens.</summary>
    public static IReadOnlyList<InstitutionRole> Roles { get; } = [.. Enum.GetValues<InstitutionRole>().Where(r => r != InstitutionRole.Service)];

    /// <summary>The institutions that a person administers at this moment.</summary>
    public static IEnumerable<InstitutionId> Administers(this Me me, Moment at) =>
        me.Affiliations.Where(a => a.Role == InstitutionRole.Administrator && a.HoldsAt(at)).Select(a => a.Institution);
}
