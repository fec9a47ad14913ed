namespace SocialQI.Server.SignIn;

/// <summary>Closed by default: an endpoint that states no rule is not there, and the operator's are there for who has the key.</summary>
internal static class Doors
{
    public static void UseDoors(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint() is RouteEndpoint endpoint && !MayKnow(endpoint.Metadata.GetMetadata<DoorAttribute>(), http))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        await next(http);
    });

    private static bool MayKnow(DoorAttribute? door, HttpContext http) => door switch
    {
        null => false,
        { Who: Who.Operator } => http.RequestServices.GetRequiredService<OperatorKey>().Is(http.Request),
        _ => true,
    };
}
