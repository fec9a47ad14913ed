using SocialQI.Server.Api;
using SocialQI.Server.Operate;
using SocialQI.Server.SignIn;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>Refuses one more connection of somebody who has as many as one may, and any while this gateway is about to end, before it is one.</summary>
internal static class ConnectionLimit
{
    private static readonly Refusal TooMany = new("too-many-connections", $"You have {Rounds.ConnectionsMax} pages open. Close one of them.");

    private static readonly Refusal Moving = new("moving", "This server is about to end. Another one answers in a moment.");

    public static void UseConnectionLimit(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await (Refuse(http) is { } refusal ? ApiEndpoints.Problem(refusal).ExecuteAsync(http) : next(http));
    });

    private static Refusal? Refuse(HttpContext http)
    {
        // What an open connection sends by other transports names it.
        var isAnother = http.Request.Path.StartsWithSegments(RoundsProtocol.Path) && (http.WebSockets.IsWebSocketRequest || !http.Request.Query.ContainsKey("id"));
        return !isAnother || SignedIn.Person(http.User) is not { } person ? null
            : http.RequestServices.GetRequiredService<Readiness>().IsDraining ? Moving
            : http.RequestServices.GetRequiredService<Rounds>().IsFull(person) ? TooMany
            : null;
    }
}
