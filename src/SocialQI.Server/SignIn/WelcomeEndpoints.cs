using Microsoft.AspNetCore.Http.HttpResults;
using SocialQI.Server.Auditing;
using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>What a link that may be used once leads to. The proof is the link; whoever has used it is signed in.</summary>
internal static class WelcomeEndpoints
{
    private static readonly Refusal NotTheSame = new("not-the-same", "The two passwords are not the same.");

    public static void MapWelcome(this IEndpointRouteBuilder app)
    {
        var welcome = app.MapGroup(SecretAddress.Welcome.Covered).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RequireRateLimiting(Limits.SignIn).ExcludeFromDescription();
        welcome.MapGet("/", async (HttpContext http, OneTimeLinks links, CancellationToken stop) => Page(await links.Find(TokenOf(http), stop), null)).RecordsNothing();
        welcome.MapPost("/", Take).Records(Acts.ChangePassword, "link");
    }

    private static async Task<IResult> Take(
        IFormCollection form, HttpContext http, OneTimeLinks links, LocalAccounts accounts, Founding founding, Entering entering, LiveSessions sessions, CancellationToken stop)
    {
        var (given, token) = (Welcomed.In(form), TokenOf(http));
        if (await links.Find(token, stop) is not { } link)
        {
            http.Audit().Refused = Refusal.NotThere.Code;
            return Page(null, null);
        }
        if ((given.Password != given.Again ? NotTheSame : LocalAccounts.Refuse(given.Password)) is { } refusal)
        {
            http.Audit().Refused = refusal.Code;
            return Page(link, refusal);
        }
        // First of all, for of two who come by it at once only one may.
        if (!await links.Use(token, stop))
        {
            http.Audit().Refused = Refusal.NotThere.Code;
            return Page(null, null);
        }
        if (link.Purpose == OneTimeLinks.Found && await Found(given, founding, stop) is { } no)
        {
            await links.GiveBack(token, link, stop);
            http.Audit().Refused = no.Code;
            return Page(link, no);
        }
        if (await accounts.Find(link.Account ?? given.User) is not { } account)
        {
            http.Audit().Refused = Refusal.NotThere.Code;
            return Page(null, null);
        }
        http.Audit().Person = account.Person;
        if (link.Purpose == OneTimeLinks.Found)
        {
            return await Enter(http, entering, account);
        }
        await accounts.Keep(account, given.Password);
        await sessions.End(new(account.Person), SessionEnd.Changed, stop);
        // Whoever was given the link has not what the code is made from.
        return account.NeedsCode ? Results.Redirect("/sign-in") : await Enter(http, entering, account);
    }

    private static async Task<Refusal?> Found(Welcomed given, Founding founding, CancellationToken stop) =>
        InstitutionId.TryParse(given.Institution, out var institution)
            ? await founding.Run(new(institution, given.Called, given.User, given.Name, given.Password), stop)
            : Refusal.NotA("short name for an institution");

    private static string TokenOf(HttpContext http) => http.Features.Get<SecretInPath>()?.Text ?? "";

    private static async Task<IResult> Enter(HttpContext http, Entering entering, Account account) =>
        Results.Redirect(await entering.Enter(http, account.Person, account.Institution, SignInEndpoints.Password) ? "/" : "/sign-in");

    private static RazorComponentResult<Pages.Welcome> Page(OneTimeLink? link, Refusal? refusal) =>
        new(new Dictionary<string, object?> { [nameof(Pages.Welcome.Link)] = link, [nameof(Pages.Welcome.Refusal)] = refusal });
}

/// <summary>What was filled in.</summary>
internal sealed record Welcomed(string Password, string Again, string Institution, string Called, string Name, string User)
{
    public static Welcomed In(IFormCollection form) =>
        new(form["password"].ToString(), form["again"].ToString(), form["institution"].ToString(), form["called"].ToString(), form["name"].ToString(), form["user"].ToString());
}
