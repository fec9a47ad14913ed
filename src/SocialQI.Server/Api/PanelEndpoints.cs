using System.Security.Claims;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Api;

/// <summary>The list of panels.</summary>
internal static class PanelEndpoints
{
    public static void MapPanels(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/panels", List).RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).WithTags("Panels")
            .RecordsFirst(Acts.ReadList, "panels").ForMachines(TokenScope.Read)
            .Says<Listed<PanelLine>>("Consensus panels you may see; what moved last comes first.");

    private static async Task<IResult> List(ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, string? after = null, int take = 50) =>
        await asking.Reader(ApiEndpoints.Me(user), stop) is { } reader
            ? ListEndpoints.OfList(await rounds.Tables.Panels(reader, ListEndpoints.PageOf(after, take), stop))
            : ApiEndpoints.Problem(Refusal.NotNow);
}
