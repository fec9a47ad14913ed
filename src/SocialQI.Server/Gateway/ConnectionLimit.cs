using SocialQI.Server.Api;
using SocialQI.Server.SignIn;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>Refuses one more connection of somebody who has as many as one may, before it is one.</summary>
internal static class ConnectionLimit
{
    private static readonly Refusal TooMany = new("too-many-connections", $"You have {Rounds.ConnectionsMax} pages open. Close one of them.");

    public static void UseConnectionLimit(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var isFull = http.Request.Path.StartsWithSegments(RoundsProtocol.Path) && SignedIn.Person(http.User) is { } person
            // What an open connection sends by other transports names it.
            && (http.WebSockets.IsWebSocketRequest || !http.Request.Query.ContainsKey("id"))
            && http.RequestServices.GetRequiredService<Rounds>().IsFull(person);
        await (isFull ? ApiEndpoints.Problem(TooMany).ExecuteAsync(http) : next(http));
    });
}
