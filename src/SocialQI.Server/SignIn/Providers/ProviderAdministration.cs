using System.Security.Claims;
using SocialQI.Institutions;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>What administrators set of their institution's providers. A secret goes in and never comes out.</summary>
internal static class ProviderAdministration
{
    public static void MapProviderAdministration(this IEndpointRouteBuilder app)
    {
        var providers = app.MapGroup("/api/institutions/{institution}/providers").RequireAuthorization().WithMetadata(new DoorAttribute(Who.Administers)).WithTags("Administration");
        providers.MapGet("/", List).RecordsFirst(Acts.ReadList, "providers").Says<ProviderLine[]>("Sign-in providers (OpenID Connect) of your institution, by name.");
        providers.MapPut("/{id:guid}", Set).RecordsAround(Acts.Administer, "set-provider").Says<ProviderLine[]>("A sign-in provider is this from now on; a new one has an id of your own making.");
    }

    private static async Task<IResult> List(InstitutionId institution, ClaimsPrincipal user, Rounds rounds, Stores stores, CancellationToken stop) =>
        await AdministrationEndpoints.Refuse(institution, user, rounds, stop) is { } refusal ? ApiEndpoints.Problem(refusal) : await Listed(institution, stores, stop);

    private static async Task<IResult> Set(
        InstitutionId institution, Guid id, Body<ProviderSet> body, ClaimsPrincipal user, Rounds rounds, Stores stores, ProviderReach reach, ProviderOptions options, CancellationToken stop)
    {
        if (await AdministrationEndpoints.Refuse(institution, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var set = body.Value;
        if ((ProviderRules.Refuse(set) ?? (reach.IsClosed(new(set.Issuer)) ? ProviderRefusals.OutOfReach : null)) is { } malformed)
        {
            return ApiEndpoints.Problem(malformed);
        }
        var before = await stores.Default.Providers.Find(id, stop);
        if (before is not null && before.Institution != institution)
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        // Whoever may say where the secret goes could otherwise send it to themselves.
        if (set.Secret is null && before is { Secret: not null } && before.Issuer != set.Issuer)
        {
            return ApiEndpoints.Problem(ProviderRefusals.SecretNeeded);
        }
        // An administrator may shut out others, for instance where a provider is not to be trusted any more, but not themselves.
        if (before is { IsOn: true } && (!set.IsOn || set.Issuer != before.Issuer) && await stores.Default.Identities.HasNoOther(ApiEndpoints.Me(user), id, stop))
        {
            return ApiEndpoints.Problem(OwnAccountEndpoints.LastWayIn);
        }
        var secret = set.Secret is { } given ? options.Protect(given) : before?.Secret;
        var provider = new Provider(id, institution, set.Name, set.Issuer, set.Client, secret, set.IsOn, set.Mapping, rounds.Passports.Now, ApiEndpoints.Me(user));
        return await stores.Default.Providers.Keep(provider, stop) ? await Listed(institution, stores, stop) : ApiEndpoints.Problem(Refusal.TooMany("providers", ProviderSet.Max));
    }

    private static async Task<IResult> Listed(InstitutionId institution, Stores stores, CancellationToken stop)
    {
        var providers = await stores.Default.Providers.Of(institution, stop);
        return ApiEndpoints.Ok<ProviderLine[]>([.. providers.Select(p => new ProviderLine(p.Id, p.Name, p.Issuer, p.Client, p.Secret is not null, p.IsOn, p.Mapping, p.Changed))]);
    }
}
