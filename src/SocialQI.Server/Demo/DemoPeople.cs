using SocialQI.Server.Pages;

namespace SocialQI.Server.Demo;

/// <summary>Who can be signed in with one click in a demonstration.</summary>
internal static class DemoPeople
{
    public static DemoSignIns SignIns()
    {
        var network = DemoNetwork.Read();
        return new([.. network.Institutions.SelectMany(i => network.Clinicians.Where(c => c.Affiliations[0].Institution == i.Id), Line)], DemoNetwork.Password);
    }

    private static DemoSignIn Line(DemoInstitution institution, DemoClinician person) => new(
        person.User, person.Name, institution.Name,
        $"{person.Specialty}, {(person.Affiliations[0].Role == InstitutionRole.Clinician ? person.Grade.ToString().ToLowerInvariant() : person.Affiliations[0].Role.ToString().ToLowerInvariant())}");
}
