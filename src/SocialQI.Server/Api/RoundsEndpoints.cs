using System.Security.Claims;
using SocialQI.GrandRounds;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Api;

/// <summary>The list of sessions, and the way to one by its short code.</summary>
internal static class RoundsEndpoints
{
    private static readonly Refusal notACode = new("not-a-code", $"A code has {ShortCode.Length} digits.");

    public static void MapRounds(this IEndpointRouteBuilder app)
    {
        var rounds = app.MapGroup("/api/rounds").RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).WithTags("Rounds");
        rounds.MapGet("/", List).RecordsFirst(Acts.ReadList, "rounds").ForMachines(TokenScope.Read)
            .Says<Listed<RoundsLine>>("Sessions you may see: on, coming (the soonest first) or past (the newest first).");
        rounds.MapPost("/join", Join).Records(Acts.JoinRounds).RequireRateLimiting(Limits.Join).Says<JoinedByCode>("The session that is on, that you may see, and that this code names.");
    }

    private static async Task<IResult> List(
        ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, string when = nameof(RoundsWhen.Coming), string? after = null, int take = 50) =>
        ListEndpoints.Named<RoundsWhen>(when) is not { } which ? ApiEndpoints.Problem(Refusal.NotA("list of sessions"))
        : await asking.Reader(ApiEndpoints.Me(user), stop) is { } reader
            ? ListEndpoints.OfList(await rounds.Tables.Rounds(reader, which, ListEndpoints.PageOf(after, take), stop))
            : ApiEndpoints.Problem(Refusal.NotNow);

    // The code itself is recorded nowhere: it names a session to who may not even know that there is one.
    private static async Task<IResult> Join(Body<JoinByCode> body, HttpContext http, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop)
    {
        if (body.Value.Code.Length != ShortCode.Length || !body.Value.Code.All(char.IsAsciiDigit))
        {
            return ApiEndpoints.Problem(notACode);
        }
        if (await asking.Reader(ApiEndpoints.Me(user), stop) is not { } reader)
        {
            return ApiEndpoints.Problem(Refusal.NotNow);
        }
        http.Audit().Topic = await rounds.Tables.RoundsCoded(reader, body.Value.Code, stop);
        return http.Audit().Topic is { } session ? ApiEndpoints.Ok(new JoinedByCode(session)) : ApiEndpoints.Problem(Refusal.NotThere);
    }
}
