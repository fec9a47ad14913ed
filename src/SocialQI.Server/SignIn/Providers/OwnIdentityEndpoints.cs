using System.Security.Claims;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>One's own ways in by providers: which there are, one more, one less.</summary>
internal static class OwnIdentityEndpoints
{
    private const int OffersMax = 200;

    public static void MapOwnIdentities(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/me/identities").RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).WithTags("Sign-in");
        own.MapGet("/", List).RecordsNothing().Says<OwnIdentities>("Providers that lead to you, and those you could join.");
        own.MapPost("/join/{id:guid}", Join).RecordsAround(Acts.ChangePassword, "begin-join").RequireRateLimiting(Limits.SignIn)
            .Says<Uri>("Where to go in this browser, to prove who you are to a provider; coming back joins it to you.");
        own.MapDelete("/{id:guid}", Forget).RecordsAround(Acts.ChangePassword, "forget-identity").WithSummary("A provider leads to you no more; you are signed out everywhere else.");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, Stores stores, CancellationToken stop)
    {
        var mine = await stores.Default.Identities.Of(ApiEndpoints.Me(user), stop);
        var offered = await stores.Default.Providers.On(OffersMax, stop);
        return ApiEndpoints.Ok(new OwnIdentities(
            [.. mine.Select(i => new IdentityLine(i.Id, i.Subject.Institution, i.Subject.Issuer, i.Joined, offered.FirstOrDefault(p => Leads(p, i))?.Name))],
            [.. offered.Where(p => !mine.Any(i => Leads(p, i))).Select(p => new ProviderOffer(p.Id, p.Institution, p.Name))]));
    }

    private static async Task<IResult> Join(Guid id, HttpContext http, Stores stores, ProviderVisit visit)
    {
        if (await stores.Default.Providers.Find(id, http.RequestAborted) is not { IsOn: true } provider)
        {
            return ApiEndpoints.Problem(ProviderRefusals.NotOffered);
        }
        var (to, refusal) = await visit.Begin(http, provider, "/settings", SignedIn.Session(http.User));
        return to is null ? ApiEndpoints.Problem(refusal!) : ApiEndpoints.Ok(to.AbsoluteUri);
    }

    private static async Task<IResult> Forget(Guid id, ClaimsPrincipal user, Stores stores, LiveSessions sessions, CancellationToken stop)
    {
        var me = ApiEndpoints.Me(user);
        var forgotten = await stores.Default.Identities.Forget(me, id, stop);
        if (forgotten == Forgotten.Done)
        {
            // Whoever came in by it is out.
            await sessions.End(new(me, But: SignedIn.Session(user)), SessionEnd.Changed, stop);
        }
        return OwnAccountEndpoints.Answer(forgotten);
    }

    private static bool Leads(Provider provider, Identity identity) => provider.Institution == identity.Subject.Institution && provider.Issuer == identity.Subject.Issuer;
}
