using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SocialQI.Institutions;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>What ASP.NET Core's OpenID Connect handler is to know of each provider. Made anew when an administrator has set it anew, at whichever gateway.</summary>
internal sealed class ProviderOptions(ProviderReach reach, IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan clocksDiffer = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan lasts = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, (Moment Changed, OpenIdConnectOptions Options)> known = new();
    private readonly IDataProtector secrets = protection.CreateProtector("SocialQI.ProviderSecret");

    /// <summary>The name of a provider where frameworks ask for one.</summary>
    public static string NameOf(Provider provider) => "provider." + provider.Id.ToString("N");

    /// <summary>A secret as it is kept.</summary>
    public string Protect(string secret) => secrets.Protect(secret);

    public OpenIdConnectOptions Of(Provider provider)
    {
        if (known.TryGetValue(provider.Id, out var here) && here.Changed == provider.Changed)
        {
            return here.Options;
        }
        var made = Make(provider);
        known[provider.Id] = (provider.Changed, made);
        return made;
    }

    private OpenIdConnectOptions Make(Provider provider)
    {
        var options = new OpenIdConnectOptions
        {
            ClientId = provider.Client,
            ClientSecret = Secret(provider),
            CallbackPath = $"/sign-in/back/{provider.Id}",
            SignInScheme = SignedIn.Scheme,
            ResponseType = OpenIdConnectResponseType.Code,
            // Comes back as a link does, so that the cookies of this site need not be sent with other sites' forms.
            ResponseMode = OpenIdConnectResponseMode.Query,
            UsePkce = true,
            SaveTokens = false,
            MapInboundClaims = false,
            GetClaimsFromUserInfoEndpoint = true,
            DisableTelemetry = true,
            RemoteAuthenticationTimeout = lasts,
            Backchannel = reach.Client,
            TimeProvider = clock,
            ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                provider.Issuer.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
                // Our client holds to https, but for the machine itself.
                new HttpDocumentRetriever(reach.Client) { RequireHttps = false }, new Believed(provider.Issuer)),
            Events = new() { OnTokenValidated = ProviderVisit.RefuseUnsigned, OnTicketReceived = ProviderVisit.Arrive, OnRemoteFailure = ProviderVisit.Fail },
        };
        HoldCookies(options);
        options.TokenValidationParameters = Checked(provider);
        options.ClaimActions.Clear();
        foreach (var claim in ClaimReading.Asked(provider.Mapping))
        {
            options.ClaimActions.Add(new Microsoft.AspNetCore.Authentication.OAuth.Claims.JsonKeyClaimAction(claim, System.Security.Claims.ClaimValueTypes.String, claim));
        }
        new OpenIdConnectPostConfigureOptions(protection).PostConfigure(NameOf(provider), options);
        options.Validate(NameOf(provider));
        return options;
    }

    private static void HoldCookies(OpenIdConnectOptions options)
    {
        (options.CorrelationCookie.SameSite, options.CorrelationCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        (options.NonceCookie.SameSite, options.NonceCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
    }

    private static TokenValidationParameters Checked(Provider provider) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.Client,
        ClockSkew = clocksDiffer,
        // What a provider signs with its own key; never what anybody could who knows the secret.
        ValidAlgorithms = [.. from family in (string[])["RS", "PS", "ES"] from size in (string[])["256", "384", "512"] select family + size],
    };

    private string? Secret(Provider provider)
    {
        try
        {
            return provider.Secret is { } kept ? secrets.Unprotect(kept) : null;
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException($"The secret of provider {provider.Id} cannot be read with the keys there are.", e);
        }
    }

    /// <summary>What a provider says of itself counts when it is the one that was asked, and leads nowhere in the clear.</summary>
    private sealed class Believed(string issuer) : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration)
        {
            var isBelieved = configuration.Issuer == issuer && IsSafe(configuration.AuthorizationEndpoint) && IsSafe(configuration.TokenEndpoint)
                && configuration.SigningKeys.Any(k => k is not SymmetricSecurityKey);
            return new() { Succeeded = isBelieved, ErrorMessage = isBelieved ? null : "It names another issuer, an address in the clear, or no key." };
        }

        private static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && ProviderReach.IsSafe(uri);
    }
}
