using SocialQI.Clinicians;
using SocialQI.Wire;

namespace SocialQI.Institutions;

/// <summary>What an institution's sign-in provider may be set to.</summary>
public static class ProviderRules
{
    public static readonly Refusal NotAnIssuer =
        new("not-an-issuer", "An issuer is an https address without query, fragment or user name, exactly as the provider writes it in its tokens.");

    public static readonly Refusal BeyondTheMapping = new("role-beyond-mapping", "By a provider people come in as clinicians or trainees. Other roles are given here, by an administrator.");

    public static readonly Refusal MeansTwice = new("means-twice", "A value of a claim means one thing: it is listed twice.");

    /// <summary>Null: it may.</summary>
    public static Refusal? Refuse(ProviderSet set) =>
        PlainText.RefuseLine("name", set.Name, ProviderSet.NameLengthMax)
        ?? PlainText.RefuseLine("issuer", set.Issuer, ProviderSet.IssuerLengthMax)
        ?? (IsIssuer(set.Issuer) ? null : NotAnIssuer)
        ?? PlainText.RefuseLine("client id", set.Client, ProviderSet.ClientLengthMax)
        ?? (set.Secret is null ? null : PlainText.RefuseLine("secret", set.Secret, ProviderSet.SecretLengthMax))
        ?? Refuse(set.Mapping);

    private static Refusal? Refuse(ClaimMapping mapping) =>
        Claims(mapping.Specialty, s => PlainText.RefuseLine("specialty", s, ClinicianState.SpecialtyLengthMax))
        ?? Claims(mapping.Grade, g => Enum.IsDefined(g) ? null : Refusal.NotA("grade"))
        ?? Claims(mapping.Role, r => r is InstitutionRole.Clinician or InstitutionRole.Trainee ? null : BeyondTheMapping);

    private static Refusal? Claims<T>(MappedClaim<T> mapped, Func<T, Refusal?> refuse) =>
        (mapped.Claim is null ? null : PlainText.RefuseLine("claim", mapped.Claim, ClaimMapping.ClaimLengthMax))
        ?? refuse(mapped.Otherwise)
        ?? (mapped.Meanings.OrEmpty().Length > ClaimMapping.MeaningsMax ? Refusal.TooMany("meanings of a claim", ClaimMapping.MeaningsMax) : null)
        ?? (mapped.Meanings.OrEmpty().Any(m => m is null) ? Refusal.Empty("meaning") : null)
        ?? mapped.Meanings.OrEmpty().Select(m => PlainText.RefuseLine("value", m.Value, ClaimMapping.ValueLengthMax) ?? refuse(m.Means)).FirstOrDefault(r => r is not null)
        ?? (mapped.Meanings.OrEmpty().Select(m => m.Value).Distinct().Count() < mapped.Meanings.OrEmpty().Length ? MeansTwice : null);

    private static bool IsIssuer(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var address) && address.Host.Length > 0 && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
        && !issuer.Contains('?', StringComparison.Ordinal) && !issuer.Contains('#', StringComparison.Ordinal)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
