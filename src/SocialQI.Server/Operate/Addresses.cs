using SocialQI.Grains.FanOut;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Calendars;
using SocialQI.Server.Gateway;
using SocialQI.Server.Gateway.Transport;
using SocialQI.Server.Images;
using SocialQI.Server.Import;
using SocialQI.Server.Machines;
using SocialQI.Server.Pages;
using SocialQI.Server.SignIn;
using SocialQI.Server.SignIn.Providers;
using SocialQI.Server.Terminology;
using SocialQI.Server.Transfer;
using SocialQI.Wire;

namespace SocialQI.Server.Operate;

/// <summary>What this process answers to, and the rules that stand before it.</summary>
internal static class Addresses
{
    public static void MapService(this WebApplication app, ServiceOptions options)
    {
        app.MapHealth();
        app.MapMetrics(options);
        if (!options.IsGateway)
        {
            return;
        }
        ProtectionKeys.RefuseForeign(app.Services);
        app.Services.GetRequiredService<Pipes>().UseLocal(app.Services.GetRequiredService<Rounds>().Id, app.Services.GetRequiredService<Rounds>());
        UseRules(app);
        if (options.OwnTransport)
        {
            app.UseOwnTransport();
        }
        app.MapSignIn();
        app.MapSessions();
        app.MapPasskeys();
        app.MapOwnAccount();
        app.MapWelcome();
        app.MapProviders();
        app.MapProviderAdministration();
        app.MapOwnIdentities();
        app.MapApi();
        app.MapLists();
        app.MapRounds();
        app.MapPanels();
        app.MapCalendars();
        app.MapSearch();
        app.MapAdministration();
        app.MapTokens();
        app.MapAudit();
        app.MapImport();
        app.MapImages();
        app.MapTerminologies();
        app.MapVerbs();
        app.MapHub<RoundsHub>(RoundsProtocol.Path).WithMetadata(new DoorAttribute(Who.SignedIn)).RecordsNothing();
        // As a group, for the framework adds endpoints of its own to these, and they are doors too.
        var everybodys = app.MapGroup("").AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RecordsNothing();
        everybodys.MapOpenApi();
        everybodys.MapShell();
    }

    // What the operator's verbs ask of the running service.
    private static void MapVerbs(this IEndpointRouteBuilder app)
    {
        app.MapOperate();
        app.MapRebuild();
        app.MapVerify();
        app.MapDrain();
        app.MapAdopt();
    }

    // What every request passes, in this order.
    private static void UseRules(WebApplication app)
    {
        // A request that breaks off or is too large is its sender's fault, not one of ours.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UseNothingHere();
        app.UseSecurityHeaders();
        app.UseSecureTransport();
        app.UseSameOrigin();
        app.UseDoors();
        app.UseLanguages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseConnectionLimit();
    }
}
