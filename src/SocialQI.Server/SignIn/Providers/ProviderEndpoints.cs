using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Server.Auditing;
using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>To an institution's provider and back. Going there is a form with a token as any sign-in; what comes back is a link that only this browser can use.</summary>
internal static class ProviderEndpoints
{
    private const string What = "provider";

    /// <param name="services">Of the gateway.</param>
    /// <param name="options">Which networks are open.</param>
    /// <param name="isForThisMachine">Whether the service serves this machine only; then its providers may be there too.</param>
    public static void AddProviders(this IServiceCollection services, ServiceOptions options, bool isForThisMachine) =>
        services.AddSingleton(new ProviderReach(options, isForThisMachine)).AddSingleton<ProviderOptions>().AddSingleton<ProviderVisit>().AddSingleton<Arriving>().AddSingleton<Offers>();

    public static void MapProviders(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/sign-in").AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RequireRateLimiting(Limits.SignIn).ExcludeFromDescription();
        door.MapPost("/with/{id:guid}", Go).RecordsRefusals(Acts.SignIn);
        door.MapGet("/back/{id:guid}", Return).Records(Acts.SignIn, What);
    }

    private static async Task<IResult> Go(Guid id, [FromForm] string? returnUrl, HttpContext http, Stores stores, ProviderVisit visit)
    {
        http.Audit().What = What;
        if (await stores.Default.Providers.Find(id, http.RequestAborted) is not { IsOn: true } provider)
        {
            return Refused(http, null, ProviderRefusals.NotOffered);
        }
        http.Audit().Topic = provider.Institution.Topic;
        var (to, refusal) = await visit.Begin(http, provider, SignInEndpoints.Back(returnUrl), joins: null);
        // A page and not a redirect: what follows a form stays with this service.
        return to is null
            ? Refused(http, provider, refusal!)
            : new RazorComponentResult<Pages.GoingToProvider>(new Dictionary<string, object?> { [nameof(Pages.GoingToProvider.Name)] = provider.Name, [nameof(Pages.GoingToProvider.To)] = to });
    }

    private static async Task<IResult> Return(Guid id, HttpContext http, Stores stores, ProviderVisit visit, Arriving arriving)
    {
        if (await stores.Default.Providers.Find(id, http.RequestAborted) is not { IsOn: true } provider)
        {
            return Refused(http, null, ProviderRefusals.NotOffered);
        }
        http.Audit().Topic = provider.Institution.Topic;
        var arrival = await visit.End(http, provider);
        if (arrival.Joins is not null)
        {
            http.Audit().What = "join";
        }
        var refusal = arrival.Refusal ?? await (arrival.Joins is { } session ? arriving.Join(http, provider, arrival.Who!, session) : arriving.Enter(http, provider, arrival.Who!));
        return refusal is null ? Results.Redirect(SignInEndpoints.Back(arrival.Back)) : Refused(http, provider, refusal, arrival.Joins is not null);
    }

    private static RazorComponentResult<Pages.ProviderRefused> Refused(HttpContext http, Provider? provider, Refusal refusal, bool joins = false)
    {
        http.Audit().Refused = refusal.Code;
        return new(new Dictionary<string, object?>
        {
            [nameof(Pages.ProviderRefused.Refusal)] = refusal,
            [nameof(Pages.ProviderRefused.Institution)] = provider?.Institution,
            [nameof(Pages.ProviderRefused.Joins)] = joins,
        });
    }
}
