using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace SocialQI.Server.SignIn;

/// <summary>Signing in and out. Both are forms with an antiforgery token, so that no other page can do it.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", () => new RazorComponentResult<Pages.SignIn>()).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).ExcludeFromDescription();
        app.MapPost("/sign-in", SignIn).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RequireRateLimiting(Limits.SignIn);
        app.MapPost("/sign-out", SignOut).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody));
    }

    private static async Task<IResult> SignIn(
        [FromForm] string user, [FromForm] string password, [FromForm] string? returnUrl, HttpContext http, Accounts accounts, CancellationToken stop)
    {
        var back = IsLocal(returnUrl) ? returnUrl! : "/";
        if (await accounts.Find(user, password, stop) is not { } person)
        {
            return Results.Redirect("/sign-in?failed=1&returnUrl=" + Uri.EscapeDataString(back));
        }
        await http.SignInAsync(SignedIn.Scheme, SignedIn.As(person));
        return Results.Redirect(back);
    }

    private static async Task<IResult> SignOut(HttpContext http, [FromServices] IAntiforgery antiforgery)
    {
        await antiforgery.ValidateRequestAsync(http);
        await http.SignOutAsync(SignedIn.Scheme);
        return Results.Redirect("/sign-in");
    }

    private static bool IsLocal(string? url) => url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);
}
