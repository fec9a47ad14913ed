using SocialQI.Clinicians;

namespace SocialQI.Institutions;

/// <summary>Who somebody is, by what their institution's provider says of them and what its administrators say that this means.</summary>
public static class ClaimReading
{
    /// <summary>The provider told no name that could be shown.</summary>
    public static readonly Refusal NoName = new("no-name", "Your institution’s sign-in says no name of you that could be shown here. Ask its administrator.");

    // In this order; the two parts of a name stand between the whole of it and what one is called otherwise.
    private const string Whole = "name";
    private const string Given = "given_name";
    private const string Family = "family_name";
    private const string Otherwise = "preferred_username";

    /// <summary>The claims that are read.</summary>
    public static IReadOnlyList<string> Asked(ClaimMapping mapping) =>
        [.. new[] { Whole, Given, Family, Otherwise, mapping.Specialty.Claim, mapping.Grade.Claim, mapping.Role.Claim }.OfType<string>().Distinct()];

    /// <summary>What somebody is registered as when they come for the first time.</summary>
    /// <param name="mapping">What the claims mean.</param>
    /// <param name="claims">The values of a claim, in the order they were said.</param>
    /// <param name="institution">Whose provider it is.</param>
    /// <returns>Null where no name was said: see <see cref="NoName"/>.</returns>
    public static RegisterClinician? Read(ClaimMapping mapping, Func<string, IReadOnlyList<string>> claims, InstitutionId institution) =>
        NameIn(claims) is { } name
            ? new(name, SpecialtyIn(mapping.Specialty, claims), Meant(mapping.Grade, claims), institution, RoleIn(mapping, claims))
            : null;

    /// <summary>What somebody is at the institution when they come for the first time: clinician or trainee, whatever was kept.</summary>
    public static InstitutionRole RoleIn(ClaimMapping mapping, Func<string, IReadOnlyList<string>> claims) =>
        Meant(mapping.Role, claims) is InstitutionRole.Clinician ? InstitutionRole.Clinician : InstitutionRole.Trainee;

    private static string? NameIn(Func<string, IReadOnlyList<string>> claims)
    {
        string[] candidates = [First(Whole), $"{First(Given)} {First(Family)}", First(Otherwise)];
        return candidates.Select(c => c.Trim()).FirstOrDefault(c => PlainText.RefuseLine("name", c, ClinicianState.NameLengthMax) is null);

        string First(string claim) => claims(claim) is [var first, ..] ? first : "";
    }

    private static string SpecialtyIn(MappedClaim<string> mapped, Func<string, IReadOnlyList<string>> claims) =>
        Meant(mapped, claims) is var meant && meant != mapped.Otherwise ? meant
        : Values(mapped, claims).Select(v => v.Trim()).FirstOrDefault(v => !IsNamed(mapped, v) && PlainText.RefuseLine("specialty", v, ClinicianState.SpecialtyLengthMax) is null)
            ?? mapped.Otherwise;

    private static bool IsNamed<T>(MappedClaim<T> mapped, string value) => mapped.Meanings.Any(m => m.Value == value);

    private static T Meant<T>(MappedClaim<T> mapped, Func<string, IReadOnlyList<string>> claims) =>
        Values(mapped, claims).Select(v => mapped.Meanings.FirstOrDefault(m => m.Value == v)).FirstOrDefault(m => m is not null) is { } meaning ? meaning.Means : mapped.Otherwise;

    private static IReadOnlyList<string> Values<T>(MappedClaim<T> mapped, Func<string, IReadOnlyList<string>> claims) => mapped.Claim is { } claim ? claims(claim) : [];
}
