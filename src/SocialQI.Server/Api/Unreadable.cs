namespace SocialQI.Server.Api;

/// <summary>What the framework could not make out of a request has a name too, as every other refusal.</summary>
internal static class Unreadable
{
    private static readonly Refusal refusal = new("unreadable", "What was sent could not be read, so nothing was done. /openapi/v1.json describes what is asked for.");

    public static void Name(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Status is StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType && context.HttpContext.Request.Path.StartsWithSegments("/api"))
        {
            (problem.Type, problem.Title, problem.Detail) = ("urn:socialqi:refusal:" + refusal.Code, refusal.Code, refusal.Say);
        }
    }
}
