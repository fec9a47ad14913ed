using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Machines;

/// <summary>What a token must let its machine ask to come through a door. A door that does not say lets no machine through.</summary>
internal sealed record ForMachines(TokenScope Scope);

internal static class MachineDoors
{
    // A cookie for people, a token for machines; which of them asks is told by the request alone.
    private const string Either = "Either";

    /// <summary>Lets people in by their cookie, whose scheme the caller adds, and machines by their token.</summary>
    public static AuthenticationBuilder AddMachines(this IServiceCollection services)
    {
        var anybody = new AuthorizationPolicyBuilder(Either).RequireAuthenticatedUser().AddRequirements(new WithinScope()).Build();
        services.AddSingleton<MachineGate>().AddSingleton<IAuthorizationHandler, WithinScope>();
        services.AddAuthorizationBuilder().SetDefaultPolicy(anybody).SetFallbackPolicy(anybody);
        return services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = http => MachineHandler.Carries(http.Request) ? MachineHandler.Name : SignedIn.Scheme)
            .AddScheme<AuthenticationSchemeOptions, MachineHandler>(MachineHandler.Name, null);
    }

    /// <summary>Machines come through this door too, with a token of this scope.</summary>
    public static T ForMachines<T>(this T door, TokenScope scope) where T : IEndpointConventionBuilder => door.WithMetadata(new ForMachines(scope));
}

/// <summary>Asked at every door that asks who comes: a person always passes, a machine where its token's scopes say so.</summary>
internal sealed class WithinScope : AuthorizationHandler<WithinScope>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, WithinScope requirement)
    {
        var needed = (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<ForMachines>()?.Scope;
        if (!MachineHandler.IsMachine(context.User) || (needed is { } scope && context.User.HasClaim(MachineHandler.ScopeClaim, scope.ToString())))
        {
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }
}

/// <summary>Lets machines in by the token they carry with each request under /api.</summary>
internal sealed class MachineHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, MachineGate gate, AuditTrail trail)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Machine";
    public const string ScopeClaim = "scope";
    private const string Bearer = "Bearer ";

    private static readonly Refusal NotTaken = new("token-not-taken", "This token lets nobody in: it was ended, is too old, or never was one.");

    private static readonly Refusal BeyondScope = new("beyond-scope", "This token was not made for that.");

    /// <summary>Whether a request comes with a token of ours; what else stands there is none of this service's business.</summary>
    public static bool Carries(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && request.Headers.Authorization.ToString().StartsWith(Bearer + MachineGate.Prefix, StringComparison.OrdinalIgnoreCase);

    public static bool IsMachine(ClaimsPrincipal user) => user.Identity?.AuthenticationType == Name;

    private string Origin => Context.Connection.RemoteIpAddress?.ToString() ?? "";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (gate.IsTired(Origin))
        {
            return AuthenticateResult.Fail(Refusal.SlowDown.Code);
        }
        if (await gate.Find(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim(), Context.RequestAborted) is not { } token)
        {
            gate.Failed(Origin);
            return AuthenticateResult.Fail(NotTaken.Code);
        }
        return AuthenticateResult.Success(new(new(In(token)), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isTired = (await HandleAuthenticateOnceAsync()).Failure?.Message == Refusal.SlowDown.Code;
        var isSaid = isTired || await trail.TryRecord(new(null, null, Origin), new(Acts.SignIn, NotTaken.Code) { What = "token" });
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        await ApiEndpoints.Problem(isTired ? Refusal.SlowDown : isSaid ? NotTaken : Refusal.NotAudited).ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var act = Context.GetEndpoint()?.Metadata.GetMetadata<Recorded>();
        var isSaid = await trail.TryRecord(
            new(SignedIn.Person(Context.User), null, Origin), new(act?.Act ?? Acts.Ask, BeyondScope.Code) { What = act?.What, Topic = Recording.TopicOf(Request.RouteValues) });
        await ApiEndpoints.Problem(isSaid ? BeyondScope : Refusal.NotAudited).ExecuteAsync(Context);
    }

    private static ClaimsIdentity In(MachineToken token) => new(
        [new(ClaimTypes.NameIdentifier, token.Service.ToString()), .. MachineGate.Scopes(token).Select(s => new Claim(ScopeClaim, s.ToString()))], Name);
}
