namespace SocialQI.Server.SignIn;

/// <summary>
/// Refuses what another site's page sends with the cookie of this one: writes, and the hub in any form. CORS does not protect WebSockets.
/// A program that is no browser sends no Origin.
/// </summary>
internal static class SameOrigin
{
    public static void UseSameOrigin(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (IsGuarded(http.Request) && IsForeign(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        await next(http);
    });

    private static bool IsGuarded(HttpRequest request) =>
        request.Path.StartsWithSegments("/hub") || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    // A browser that leaves the Origin out still says whether the page is another site's.
    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.Count > 0 ? !IsOwn(request) : request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site is not ["same-origin"] and not ["none"];

    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
