using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using SocialQI.Server.Api;
using SocialQI.Server.Operate;

namespace SocialQI.Server.SignIn;

/// <summary>
/// People come by https. Without it the service answers only on the machine itself, to names that are the machine's own, so that no page elsewhere that
/// pretends to be this machine gets an answer either. That a request came by https is believed of the proxies that are named, and of nobody else.
/// </summary>
internal static class SecureTransport
{
    private static readonly Refusal NeedsHttps = new("needs-https", "This service answers over https only.");

    public static void AddSecureTransport(this IServiceCollection services, ServiceOptions options) => services.Configure<ForwardedHeadersOptions>(forwarded =>
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        forwarded.ForwardedHeaders = options.Proxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        foreach (var proxy in options.Proxies)
        {
            forwarded.KnownIPNetworks.Add(proxy);
        }
    });

    public static void UseSecureTransport(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use(async (http, next) =>
        {
            var isFine = http.Request.IsHttps || IsOfThisMachine(http) || http.GetEndpoint()?.Metadata.GetMetadata<AnswersPlainlyAttribute>() is not null;
            await (isFine ? next(http) : ApiEndpoints.Problem(NeedsHttps).ExecuteAsync(http));
        });
    }

    /// <summary>An address that is open to the network though nothing says who encrypts what goes over it; null when there is none.</summary>
    public static string? Fault(string urls, ServiceOptions options) =>
        options.Proxies.Count == 0 && urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(IsPlainAndOpen) is { } open
            ? $"{open} is open to the network without encryption. Listen on https or on localhost, or name the proxies that encrypt in SocialQI:TrustedProxies."
            : null;

    /// <summary>Whether all addresses are plain and on the machine itself, and no proxy brings anybody else there.</summary>
    public static bool IsForThisMachine(string urls, ServiceOptions options) =>
        options.Proxies.Count == 0 && urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(url => BindingAddress.Parse(url) is { Scheme: "http", IsUnixPipe: false } address && IsLoopbackName(address.Host));

    /// <summary>Whether a request comes from the machine itself, to one of its own names.</summary>
    public static bool IsOfThisMachine(HttpContext http) =>
        (http.Connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local)) && (http.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote))
        && IsLoopbackName(http.Request.Host.Host);

    private static bool IsPlainAndOpen(string url) =>
        BindingAddress.Parse(url) is { Scheme: "http", IsUnixPipe: false } address && !IsLoopbackName(address.Host);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

/// <summary>Says nothing about anybody, and is asked by what watches over the process from next to it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswersPlainlyAttribute : Attribute;
