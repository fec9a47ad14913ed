using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SocialQI.Client.Frame.Languages;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Demo;
using SocialQI.Server.Gateway;
using SocialQI.Server.Gateway.Transport;
using SocialQI.Server.Images;
using SocialQI.Server.Machines;
using SocialQI.Server.SignIn;
using SocialQI.Server.Terminology;
using SocialQI.Wire;

namespace SocialQI.Server.Operate;

/// <summary>What a process needs that people and machines connect to.</summary>
internal static class GatewayServices
{
    public static void AddGateway(this IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton<AuditTrail>().AddSingleton<AuditedLately>().AddSingleton<Closings>().AddHostedService(s => s.GetRequiredService<Closings>()).AddSingleton(s => new HubRecording(s.GetRequiredService<AuditTrail>(), s.GetRequiredService<AuditedLately>(), s.GetRequiredService<Closings>()));
        services.AddSingleton<Passports>().AddSingleton<Rounds>().AddSingleton<Asking>().AddSingleton<LiveSessions>().AddSingleton<Entering>().AddSingleton<PassingState>().AddSingleton<ImageIntake>().AddHostedService<TailWatch>().AddHostedService<Tending>();
        services.AddSingleton<Terms>().AddHostedService<TerminologyWatch>();
        services.AddSingleton<HubLifetimeManager<RoundsHub>, RoundsLifetime>().AddSingleton<HubLimits>();
        services.AddSingleton<Lines>().AddHostedService(s => s.GetRequiredService<Lines>());
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = RoundsProtocol.MessageBytesMax;
            hub.SupportedProtocols = ["json"];
            hub.MaximumParallelInvocationsPerClient = 4;
            hub.AddFilter<HubLimits>();
        }).AddJsonProtocol(json => json.PayloadSerializerOptions = new(Json.Context.Options) { TypeInfoResolver = JsonTypeInfoResolver.Combine(Json.Context, new DefaultJsonTypeInfoResolver()) });
        // The last one of a name is the one that is used.
        services.AddSingleton<IHubProtocol, QuietJsonProtocol>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Context);
            // What a program left out is its mistake (400), not ours.
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.AddSecureTransport(options);
        services.AddMachines().AddCookie(SignedIn.Scheme, ConfigureCookie);
        services.Configure<CookieAuthenticationOptions>(SignedIn.Scheme, cookie => cookie.ExpireTimeSpan = options.SessionLasts);
        services.AddAntiforgery(form => form.Cookie.Name = "socialqi-form").AddExceptionHandler<OutagesByHttp>().AddProblemDetails(problem => problem.CustomizeProblemDetails = Unreadable.Name).AddOpenApi("v1", Description.Add).AddRateLimiter(limiter => Limits.Add(limiter, options));
        services.AddTexts();
        services.AddRazorComponents().AddInteractiveWebAssemblyComponents();
        if (options.Demo)
        {
            services.AddSingleton(DemoPeople.SignIns());
        }
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = SessionCookies.Secure;
        cookie.CookieManager = new SessionCookies();
        cookie.Cookie.Path = "/";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<Entering>().Validate(context);
        // Programs are told, people are led to the door.
        cookie.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/hub"))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else
            {
                context.Response.Redirect(context.RedirectUri);
            }
            return Task.CompletedTask;
        };
    }
}
