using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace SocialQI.DevIdp;

/// <summary>
/// An OpenID Connect provider for tests, over OpenIddict without a database: authorization code and PKCE only, one client, anybody it is told of. It
/// misbehaves when it is asked to. It lets in whoever is named: for tests alone.
/// </summary>
public sealed class Idp : IAsyncDisposable
{
    public const string Client = "socialqi";
    public const string Secret = "the-secret-that-is-never-handed-out-again";

    private const string TokenPath = "/token";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "own" };
    private readonly ConcurrentDictionary<string, (string Claim, string Value)[]> people = new();
    private readonly ConcurrentDictionary<string, bool> used = new();
    private WebApplication app = null!;

    private Idp(int port) => Issuer = new($"http://127.0.0.1:{port}/");

    /// <summary>Who it is, and where.</summary>
    public Uri Issuer { get; }

    /// <summary>What it does wrong from now on.</summary>
    public Misbehaviour Does { get; set; }

    /// <summary>How many tokens it has given.</summary>
    public int Given => used.Count;

    public static async Task<Idp> Start(int port)
    {
        var idp = new Idp(port);
        idp.app = idp.Build();
        await idp.app.StartAsync();
        await idp.Warm();
        return idp;
    }

    // A first answer can take longer than whoever comes from a hospital waits.
    private async Task Warm()
    {
        using var visitor = new HttpClient { BaseAddress = Issuer };
        using var configuration = await visitor.GetAsync(".well-known/openid-configuration");
        using var keys = await visitor.GetAsync(".well-known/jwks");
        using var nothing = new FormUrlEncodedContent([]);
        using var refused = await visitor.PostAsync(TokenPath, nothing);
    }

    /// <summary>From now on it knows somebody, and says this of them.</summary>
    public void Knows(string subject, params (string Claim, string Value)[] claims) => people[subject] = claims;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Issuer.ToString());
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetIssuer(Issuer).SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris(TokenPath);
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().EnableDegradedMode();
            server.AddSigningKey(key).AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32))).DisableAccessTokenEncryption();
            server.RegisterScopes(Scopes.Profile);
            server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(h => h.UseInlineHandler(RefuseStrangers));
            server.AddEventHandler<ValidateTokenRequestContext>(h => h.UseInlineHandler(RefuseWithoutSecret));
            server.AddEventHandler<GenerateTokenContext>(h => h.UseInlineHandler(Forge).SetOrder(GenerateIdentityModelToken.Descriptor.Order + 1));
            server.AddEventHandler<HandleConfigurationRequestContext>(h => h.UseInlineHandler(Pretend).SetOrder(int.MaxValue - 1));
        });
        var made = builder.Build();
        made.Use(Misbehave);
        made.UseAuthentication();
        made.MapMethods("/authorize", ["GET", "POST"], Authorize);
        return made;
    }

    private async Task Misbehave(HttpContext http, RequestDelegate next)
    {
        switch (Does)
        {
            case Misbehaviour.Down:
                http.Abort();
                return;
            case Misbehaviour.Slow:
                await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
                return;
            case Misbehaviour.Endless:
                http.Response.ContentType = "application/json";
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await http.Response.WriteAsync(new string(' ', 64 * 1024), http.RequestAborted);
                }
                return;
            default:
                await next(http);
                return;
        }
    }

    // Without a name it asks for one, as a page; the page's links are all there is to signing in.
    private IResult Authorize(HttpContext http)
    {
        if (Does == Misbehaviour.SaysNo)
        {
            return Results.Forbid(null, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }
        if (http.Request.Query["as"].ToString() is not { Length: > 0 } subject || !people.TryGetValue(subject, out var claims))
        {
            var links = people.Keys.Order(StringComparer.Ordinal).Select(p => $"<p><a href=\"{WebUtility.HtmlEncode($"{http.Request.Path}{http.Request.QueryString}&as={Uri.EscapeDataString(p)}")}\">{WebUtility.HtmlEncode(p)}</a></p>");
            return Results.Content($"<!DOCTYPE html><html lang=\"en\"><title>Sign in</title><link rel=\"icon\" href=\"data:,\"><h1>Who are you?</h1>{string.Concat(links)}", "text/html");
        }
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        foreach (var group in claims.GroupBy(c => c.Claim, c => c.Value))
        {
            identity.SetClaims(group.Key, [.. group]);
        }
        identity.SetScopes(http.GetOpenIddictServerRequest()!.GetScopes()).SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static ValueTask RefuseStrangers(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != Client || !Uri.TryCreate(context.RedirectUri, UriKind.Absolute, out var back) || !back.IsLoopback)
        {
            context.Reject(Errors.InvalidClient);
        }
        return default;
    }

    private ValueTask RefuseWithoutSecret(ValidateTokenRequestContext context)
    {
        if (context.ClientId != Client || context.ClientSecret != Secret)
        {
            context.Reject(Errors.InvalidClient);
        }
        else if (!used.TryAdd(context.Request.Code!, true))
        {
            context.Reject(Errors.InvalidGrant);
        }
        return default;
    }

    private ValueTask Forge(GenerateTokenContext context)
    {
        if (context.TokenType == TokenTypeIdentifiers.IdentityToken && Does != Misbehaviour.None)
        {
            context.Token = Forging.Forge(context.Token!, Does, key);
        }
        return default;
    }

    private ValueTask Pretend(HandleConfigurationRequestContext context)
    {
        if (Does == Misbehaviour.PretendsToBeAnother)
        {
            context.Issuer = new Uri("https://elsewhere.example/");
        }
        return default;
    }
}
