using SocialQI.Grains.Topics;
using SocialQI.Server.Auditing;
using SocialQI.Storage;

namespace SocialQI.Server.Operate;

/// <summary>Whether this process lives, and whether it can serve: a real read of the journal and a real call of a grain.</summary>
internal static class Health
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/livez", () => Results.Text("live")).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody), new SignIn.AnswersPlainlyAttribute()).RecordsNothing().ExcludeFromDescription();
        app.MapGet("/readyz", Ready).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody), new SignIn.AnswersPlainlyAttribute()).RecordsNothing().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(Stores stores, IGrainFactory grains, Readiness readiness, CancellationToken stop)
    {
        try
        {
            await stores.Default.Journal.Position(stop).AsTask().WaitAsync(ReadyWithin, stop);
            await grains.Topic(InstitutionId.Network.Topic).Show().WaitAsync(ReadyWithin, stop);
            return readiness.IsDraining ? Results.Text("draining", statusCode: StatusCodes.Status503ServiceUnavailable)
                : readiness.IsReady ? Results.Text("ready") : Results.Text("starting", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception e)
        {
            return Results.Text("not ready: " + e.GetType().Name, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

/// <summary>Whether this process is to be sent people.</summary>
internal sealed class Readiness
{
    /// <summary>Its start has done its work.</summary>
    public bool IsReady { get; set; }

    /// <summary>It is about to end.</summary>
    public bool IsDraining { get; set; }
}
