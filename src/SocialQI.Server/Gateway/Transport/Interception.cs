using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>
/// Takes WebSockets of the hub over HTTP/1.1 out of the framework's hands, once everything that stands before the hub has let them in: the same hub at the
/// same address, over a transport that writes each frame once. All else goes the framework's way: negotiation, other transports, HTTP/2. Who has negotiated
/// brings the framework's name for the connection and leaves it unused; it is given up there after some seconds.
/// </summary>
internal static class Interception
{
    private const string Protocol = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;
    private static readonly TimeSpan ClosesWithin = TimeSpan.FromSeconds(1);

    public static void UseOwnTransport(this WebApplication app)
    {
        var (hub, lines) = (app.Services.GetRequiredService<HubConnectionHandler<RoundsHub>>(), app.Services.GetRequiredService<Lines>());
        app.Use(next => http => IsHubs(http) && TryUpgrade(http, out var upgrade) ? Serve(http, upgrade, hub, lines, app.Lifetime.ApplicationStopping) : next(http));
    }

    private static bool IsHubs(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>()?.HubType == typeof(RoundsHub);

    // Anything unusual is left to the framework, which knows how to refuse it.
    private static bool TryUpgrade(HttpContext http, [NotNullWhen(true)] out IHttpUpgradeFeature? upgrade)
    {
        upgrade = http.Features.Get<IHttpUpgradeFeature>();
        var headers = http.Request.Headers;
        return upgrade is { IsUpgradableRequest: true }
            && headers.Upgrade is [{ } to] && to.Equals("websocket", StringComparison.OrdinalIgnoreCase)
            && headers.SecWebSocketVersion is ["13"]
            && headers.SecWebSocketKey is [{ } key] && Convert.TryFromBase64String(key, stackalloc byte[KeyBytes + 2], out var bytes) && bytes == KeyBytes;
    }

    private static async Task Serve(HttpContext http, IHttpUpgradeFeature upgrade, HubConnectionHandler<RoundsHub> hub, Lines lines, CancellationToken leaving)
    {
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers["Sec-WebSocket-Accept"] = Answer(http.Request.Headers.SecWebSocketKey!);
        // A request that lasts for hours says nothing about how long requests take.
        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new("http.long_running", true));
        await upgrade.UpgradeAsync();
        var line = new Line(http, leaving);
        lines.Add(line);
        try
        {
            await hub.OnConnectedAsync(line);
        }
        finally
        {
            lines.Remove(line);
            await line.End(ClosesWithin);
        }
    }

    // The protocol's own proof that it was understood; it protects nothing, and is of SHA-1 by definition.
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for it.")]
    private static string Answer(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Protocol)));
}
