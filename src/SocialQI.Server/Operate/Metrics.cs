using System.Net;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn;

namespace SocialQI.Server.Operate;

/// <summary>This process's figures as Prometheus reads them: for this machine and the networks that the operator named, and through no proxy.</summary>
internal static class Metrics
{
    public const string Path = "/metrics";

    // What a proxy says of whom it asks for; the second is where the framework puts the first once it has believed it.
    private static readonly string[] SaysAProxy = ["X-Forwarded-For", "X-Original-For", "Forwarded"];

    public static void MapMetrics(this IEndpointRouteBuilder app, ServiceOptions options) =>
        app.MapPrometheusScrapingEndpoint(Path, meterProvider: null, inside => inside.Use(async (http, next) =>
        {
            if (!Watches(http, options.WatchingNetworks))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            await next(http);
        }), optionsName: null).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Watches), new AnswersPlainlyAttribute()).RecordsNothing();

    /// <summary>Whether who asks may know. A proxy on this machine comes from this machine, whoever it comes for.</summary>
    public static bool Watches(HttpContext http, IReadOnlyList<IPNetwork> networks) =>
        !SaysAProxy.Any(http.Request.Headers.ContainsKey)
        && (SecureTransport.IsOfThisMachine(http) || (http.Connection.RemoteIpAddress is { } from && networks.Any(n => n.Contains(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from))));
}
