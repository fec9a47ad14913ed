using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn.Providers;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.SignIn;

/// <summary>
/// Signing in and out. For people both are forms with an antiforgery token, so that no other page can do it. Programs sign in with JSON, which
/// another site's page cannot send: <see cref="SameOrigin"/> refuses its Origin, and no form has this content type.
/// </summary>
internal static class SignInEndpoints
{
    public const string Password = "password";

    private const string CodeStep = "code";

    // Not the code of a failed sign-in: whoever gets this is signed in and stays so.
    private static readonly Refusal NotYours = new("not-your-password", "This sign-in name and password are not yours.");

    private static readonly Refusal DoesNotMatch = new("does-not-match", "User name and password do not match, or were tried too often.");

    private static readonly Refusal NeedsCode = new("needs-code", "A code of your authenticator app is needed too.");

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/sign-in").AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).ExcludeFromDescription();
        door.MapGet("/", Page).RecordsNothing();
        door.MapPost("/", SignIn).Records(Acts.SignIn, "password").RequireRateLimiting(Limits.SignIn);
        door.MapGet("/code", () => new RazorComponentResult<Pages.SignInCode>()).RecordsNothing();
        door.MapPost("/code", SignInByCode).Records(Acts.SignIn, "code").RequireRateLimiting(Limits.SignIn);
        app.MapPost("/api/sign-in", SignInByProgram).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).Records(Acts.SignIn, "password").RequireRateLimiting(Limits.SignIn)
            .WithTags("Sign-in").WithSummary("Sign in; the answer sets the cookie that every other call carries.");
        app.MapPut("/api/me/password", ChangePassword).RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).RecordsAround(Acts.ChangePassword, "own").RequireRateLimiting(Limits.SignIn)
            .WithTags("Sign-in").WithSummary("Another password for yourself; the one until now is asked for.");
        app.MapPost("/sign-out", SignOut).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).Records(Acts.SignOut);
    }

    /// <summary>A path of this service; the start where what was asked for is none.</summary>
    public static string Back(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl) ? url : "/";

    // Why one is here again, where the cookie of the session before tells.
    private static async Task<IResult> Page(HttpContext http, Entering entering, Offers offers, string? at = null) =>
        new RazorComponentResult<Pages.SignIn>(new Dictionary<string, object?>
        {
            [nameof(Pages.SignIn.Ended)] = await entering.WhyEnded(http),
            [nameof(Pages.SignIn.Offered)] = await offers.At(at, http.RequestAborted),
        });

    private static async Task<IResult> SignIn(
        [FromForm] string user, [FromForm] string password, [FromForm] string? returnUrl, HttpContext http, LocalAccounts accounts, Entering entering, PassingState passing)
    {
        var back = Back(returnUrl);
        switch (await accounts.Try(user, password, code: null))
        {
            case (Attempt.NeedsCode, { } account):
                http.Audit().Refused = NeedsCode.Code;
                passing.Keep(http, CodeStep, $"{account.Stamp} {account.User}\n{back}");
                return Results.Redirect("/sign-in/code");
            case (Attempt.Proven, { } account) when await entering.Enter(http, account.Person, account.Institution, Password):
                return Results.Redirect(back);
            default:
                http.Audit().Refused = DoesNotMatch.Code;
                return Results.Redirect("/sign-in?failed=1&returnUrl=" + Uri.EscapeDataString(back));
        }
    }

    private static async Task<IResult> SignInByCode([FromForm] string code, HttpContext http, LocalAccounts accounts, Entering entering, PassingState passing)
    {
        // What the password was right for a moment ago; with another password since, the stamp is another.
        if (!passing.TryFind(http, CodeStep, out var state) || state.Split('\n') is not [var proven, var back]
            || await accounts.Find(proven[(proven.IndexOf(' ', StringComparison.Ordinal) + 1)..]) is not { } account || proven != $"{account.Stamp} {account.User}")
        {
            http.Audit().Refused = DoesNotMatch.Code;
            return Results.Redirect("/sign-in");
        }
        if (await accounts.TryCode(account, code) != Attempt.Proven || !await entering.Enter(http, account.Person, account.Institution, Password))
        {
            http.Audit().Refused = DoesNotMatch.Code;
            return Results.Redirect("/sign-in/code?failed=1");
        }
        passing.Forget(http, CodeStep);
        return Results.Redirect(Back(back));
    }

    private static async Task<IResult> SignInByProgram(Body<Credentials> given, HttpContext http, LocalAccounts accounts, Entering entering)
    {
        var (attempt, account) = await accounts.Try(given.Value.User, given.Value.Password, given.Value.Code);
        return attempt == Attempt.NeedsCode ? ApiEndpoints.Problem(NeedsCode)
            : attempt == Attempt.Proven && await entering.Enter(http, account!.Person, account.Institution, Password) ? Results.NoContent()
            : ApiEndpoints.Problem(DoesNotMatch);
    }

    private static async Task<IResult> ChangePassword(
        Body<NewPassword> asked, ClaimsPrincipal user, LocalAccounts accounts, LiveSessions sessions, CancellationToken stop)
    {
        var (name, current, next) = asked.Value;
        var me = ApiEndpoints.Me(user);
        // Whoever has come to an open page does not get past the password by trying.
        if (await accounts.Of(me, stop) is not { } mine || mine.User != LocalAccounts.Normal(name) || (await accounts.Try(name, current, code: null)).Attempt == Attempt.Failed)
        {
            return ApiEndpoints.Problem(NotYours);
        }
        if (LocalAccounts.Refuse(next) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        await accounts.Keep((await accounts.Find(name))!, next);
        // Whoever knew the old one is out.
        await sessions.End(new(me, But: SignedIn.Session(user)), SessionEnd.Changed, stop);
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
}

/// <summary>What a program signs in with.</summary>
/// <param name="User">The sign-in name.</param>
/// <param name="Password">The password.</param>
/// <param name="Code">Of an authenticator app, where the account asks for one.</param>
internal sealed record Credentials(string User, string Password, string? Code = null);
