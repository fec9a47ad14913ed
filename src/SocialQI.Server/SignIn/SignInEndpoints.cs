using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Server.Api;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.SignIn;

/// <summary>
/// Signing in and out. For people both are forms with an antiforgery token, so that no other page can do it. Programs sign in with JSON, which
/// another site's page cannot send: <see cref="SameOrigin"/> refuses its Origin, and no form has this content type.
/// </summary>
internal static class SignInEndpoints
{
    private const string Password = "password";

    // Not the code of a failed sign-in: whoever gets this is signed in and stays so.
    private static readonly Refusal NotYours = new("not-your-password", "This sign-in name and password are not yours.");

    private static readonly Refusal DoesNotMatch = new("does-not-match", "User name and password do not match.");

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", () => new RazorComponentResult<Pages.SignIn>()).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).ExcludeFromDescription();
        app.MapPost("/sign-in", SignIn).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RequireRateLimiting(Limits.SignIn);
        app.MapPost("/api/sign-in", SignInByProgram).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RequireRateLimiting(Limits.SignIn)
            .WithTags("Sign-in").WithSummary("Sign in; the answer sets the cookie that every other call carries.");
        app.MapPut("/api/me/password", ChangePassword).RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).RequireRateLimiting(Limits.SignIn)
            .WithTags("Sign-in").WithSummary("Another password for yourself; the one until now is asked for.");
        app.MapPost("/sign-out", SignOut).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody));
    }

    private static async Task<IResult> SignIn(
        [FromForm] string user, [FromForm] string password, [FromForm] string? returnUrl, HttpContext http, Accounts accounts, Entering entering, CancellationToken stop)
    {
        var back = IsLocal(returnUrl) ? returnUrl! : "/";
        if (await accounts.Find(user, password, stop) is not { } account || !await entering.Enter(http, account.Person, account.Institution, Password))
        {
            return Results.Redirect("/sign-in?failed=1&returnUrl=" + Uri.EscapeDataString(back));
        }
        return Results.Redirect(back);
    }

    private static async Task<IResult> SignInByProgram(Body<Credentials> given, HttpContext http, Accounts accounts, Entering entering, CancellationToken stop)
    {
        if (await accounts.Find(given.Value.User, given.Value.Password, stop) is not { } account
            || !await entering.Enter(http, account.Person, account.Institution, Password))
        {
            return ApiEndpoints.Problem(DoesNotMatch);
        }
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePassword(
        Body<NewPassword> asked, ClaimsPrincipal user, Accounts accounts, LiveSessions sessions, CancellationToken stop)
    {
        var (name, current, next) = asked.Value;
        if (await accounts.Find(name, current, stop) is not { } account || account.Person != ApiEndpoints.Me(user))
        {
            return ApiEndpoints.Problem(NotYours);
        }
        if (Accounts.Refuse(next) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        await accounts.Keep(account with { User = name }, next, stop);
        // Whoever knew the old one is out.
        await sessions.End(new(account.Person, But: SignedIn.Session(user)), SessionEnd.Changed, stop);
        return Results.NoContent();
    }

    private static async Task<IResult> SignOut(HttpContext http, [FromServices] IAntiforgery antiforgery, [FromServices] Entering entering)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }
        await entering.Leave(http, SessionEnd.SignedOut);
        await http.SignOutAsync(SignedIn.Scheme);
        return Results.Redirect("/sign-in");
    }

    private static bool IsLocal(string? url) => url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);
}

/// <summary>What a program signs in with.</summary>
internal sealed record Credentials(string User, string Password);
