using System.Security.Claims;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.SignIn;

/// <summary>Where one is signed in, and the end of it.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/me/sessions").RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).WithTags("Sign-in");
        mine.MapGet("/", List).RecordsNothing().Says<SessionLine[]>("Where you are signed in, the last used first.");
        mine.MapDelete("/", EndAll).RecordsAround(Acts.SignOut, "everywhere").WithSummary("You are signed out everywhere, here too.");
        mine.MapDelete("/{id:guid}", EndOne).RecordsAround(Acts.SignOut, "elsewhere").WithSummary("You are signed out there.");
        app.MapPut("/api/institutions/{institution}/people/{person}/sign-in", Set).RequireAuthorization().WithMetadata(new DoorAttribute(Who.Administers)).RecordsAround(Acts.Administer, "set-sign-in").WithTags("Administration")
            .WithSummary("Whether somebody of your institution may sign in by its accounts.");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, LiveSessions sessions, CancellationToken stop)
    {
        var here = SignedIn.Session(user);
        return ApiEndpoints.Ok<SessionLine[]>([.. (await sessions.Of(ApiEndpoints.Me(user), stop)).Select(s => new SessionLine(s.Id, s.Way, s.Begun, s.Seen, s.Agent, s.Origin, s.Id == here))]);
    }

    private static async Task<IResult> EndAll(ClaimsPrincipal user, LiveSessions sessions, CancellationToken stop)
    {
        await sessions.End(new(ApiEndpoints.Me(user)), SessionEnd.EndedElsewhere, stop);
        return Results.NoContent();
    }

    private static async Task<IResult> EndOne(Guid id, ClaimsPrincipal user, LiveSessions sessions, CancellationToken stop) =>
        await sessions.End(new(ApiEndpoints.Me(user), id), SessionEnd.EndedElsewhere, stop) > 0 ? Results.NoContent() : ApiEndpoints.Problem(Refusal.NotThere);

    private static async Task<IResult> Set(
        InstitutionId institution, ClinicianId person, Body<SignInSet> asked, ClaimsPrincipal user, Rounds rounds, LiveSessions sessions, CancellationToken stop)
    {
        var me = ApiEndpoints.Me(user);
        if (await AdministrationEndpoints.Refuse(institution, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        if (person == me)
        {
            return ApiEndpoints.Problem(Refusals.NotYourself);
        }
        // Of whom the institution knows nothing, it says nothing.
        var passport = await rounds.Tables.Passport(person, stop);
        if (passport.Affiliations.All(a => a.Institution != institution))
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        await sessions.SetSignIn(person, institution, asked.Value.Closed, me, stop);
        return Results.NoContent();
    }
}
