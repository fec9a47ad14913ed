using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>Somebody is sent to a provider, and comes back from it. By ASP.NET Core's own handler, which checks all that is to be checked.</summary>
internal sealed class ProviderVisit(ProviderOptions known, ILoggerFactory loggers)
{
    private const string Joins = "joins";

    // One who answers slowly is waited for once, however many come meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>Where to send somebody; or why not.</summary>
    /// <param name="http">Their request.</param>
    /// <param name="provider">To which.</param>
    /// <param name="back">Where they go afterwards: a path of this service.</param>
    /// <param name="joins">The session that what they prove is to be joined to; null: they come in.</param>
    public async Task<(Uri? To, Refusal? Refusal)> Begin(HttpContext http, Provider provider, string back, Guid? joins)
    {
        try
        {
            var options = known.Of(provider);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            patience.CancelAfter(Patience);
            await options.ConfigurationManager!.GetConfigurationAsync(patience.Token);
            var properties = new AuthenticationProperties { RedirectUri = back };
            if (joins is { } session)
            {
                properties.Items[Joins] = session.ToString("N");
            }
            var handler = await Handler(http, provider, options);
            await handler.ChallengeAsync(properties);
            var to = new Uri(http.Response.Headers.Location.ToString());
            http.Response.Headers.Location = default;
            http.Response.StatusCode = StatusCodes.Status200OK;
            return (to, null);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            return (null, ProviderRefusals.Of(e));
        }
    }

    /// <summary>Who has come back; or why not.</summary>
    public async Task<Arrival> End(HttpContext http, Provider provider)
    {
        var handler = await Handler(http, provider, known.Of(provider));
        await handler.HandleRequestAsync();
        return http.Features.Get<Arrival>() ?? new(null, null, null, ProviderRefusals.NotUnderstood);
    }

    // The handler lets it pass, for the token comes from the provider itself; here it is not believed without.
    public static Task RefuseUnsigned(TokenValidatedContext context)
    {
        if (string.IsNullOrEmpty(context.SecurityToken.RawSignature))
        {
            context.Fail(new SecurityTokenInvalidSignatureException());
        }
        return Task.CompletedTask;
    }

    public static Task Arrive(TicketReceivedContext context)
    {
        context.HttpContext.Features.Set(new Arrival(context.Principal, context.ReturnUri, JoinsIn(context.Properties), null));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    public static Task Fail(RemoteFailureContext context)
    {
        context.HttpContext.Features.Set(new Arrival(null, null, JoinsIn(context.Properties), Reason(context)));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static Guid? JoinsIn(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(Joins, out var session) == true && Guid.TryParseExact(session, "N", out var id) ? id : null;

    // That the state is not there, not ours or not this browser's, the handler says in words only.
    private static Refusal Reason(RemoteFailureContext context) =>
        context.Request.Query["error"].Count > 0 && context.Properties is not null ? ProviderRefusals.SaidNo
        : context.Failure is { } failure and (not AuthenticationFailureException or { InnerException: not null }) ? ProviderRefusals.Of(failure)
        : ProviderRefusals.NotBegunHere;

    private async Task<OpenIdConnectHandler> Handler(HttpContext http, Provider provider, OpenIdConnectOptions options)
    {
        var handler = new OpenIdConnectHandler(new These(options), loggers, HtmlEncoder.Default, UrlEncoder.Default);
        await handler.InitializeAsync(new(ProviderOptions.NameOf(provider), null, typeof(OpenIdConnectHandler)), http);
        return handler;
    }

    private sealed class These(OpenIdConnectOptions options) : IOptionsMonitor<OpenIdConnectOptions>
    {
        public OpenIdConnectOptions CurrentValue => options;

        public OpenIdConnectOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;
    }
}

/// <summary>Who has come back from a provider, where they were going and which session it is to be joined to; or why nobody has.</summary>
internal sealed record Arrival(ClaimsPrincipal? Who, string? Back, Guid? Joins, Refusal? Refusal);
