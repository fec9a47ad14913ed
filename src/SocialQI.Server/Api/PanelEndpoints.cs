using System.Security.Claims;
using System.Text;
using SocialQI.Panels;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Wire;

namespace SocialQI.Server.Api;

/// <summary>The list of panels, and the report of one as a table.</summary>
internal static class PanelEndpoints
{
    public static void MapPanels(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/panels", List).RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).WithTags("Panels")
            .RecordsFirst(Acts.ReadList, "panels").ForMachines(TokenScope.Read)
            .Says<Listed<PanelLine>>("Consensus panels you may see; what moved last comes first.");
        app.MapGet("/api/topics/{topic}/report.csv", Report).RequireAuthorization().WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.Export, "panel")
            .ForMachines(TokenScope.Export).WithTags("Panels").WithSummary("All that happened in a panel as a table, for who may see it.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, string? after = null, int take = 50) =>
        await asking.Reader(ApiEndpoints.Me(user), stop) is { } reader
            ? ListEndpoints.OfList(await rounds.Tables.Panels(reader, ListEndpoints.PageOf(after, take), stop))
            : ApiEndpoints.Problem(Refusal.NotNow);

    private static async Task<IResult> Report(TopicId topic, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop)
    {
        if (topic.Kind != TopicKind.Panel)
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        var opened = await asking.Show(ApiEndpoints.Me(user), topic, stop);
        if (opened is not { Refusal: null, State: { } json })
        {
            return ApiEndpoints.Problem(opened.Refusal ?? Refusal.NotThere);
        }
        var state = Json.Decode<PanelState>(Encoding.UTF8.GetBytes(json.GetRawText()));
        var names = (await rounds.Tables.Directory(ApiEndpoints.Me(user), PanelCsv.PeopleOf(state), stop)).ToDictionary(e => e.Id, e => e.Name);
        return new Exported(PanelCsv.Of(state, who => names.GetValueOrDefault(who, who.ToString())), Csv.Type, "panel.csv", 1);
    }
}
