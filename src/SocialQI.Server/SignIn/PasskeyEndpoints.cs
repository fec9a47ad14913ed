using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>Keys that devices hold: making one for one's own account, and coming in by one. By ASP.NET Core Identity; what it has to remember meanwhile is in a passing cookie.</summary>
internal static class PasskeyEndpoints
{
    public const string Passkey = "passkey";

    private const string Adding = "passkey-new";

    private static readonly Refusal NotTaken = new("passkey-not-taken", "The passkey was not taken. Try again.");

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/api/sign-in/passkey").AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RequireRateLimiting(Limits.SignIn).ExcludeFromDescription();
        door.MapPost("/options", BeginEntering).RecordsNothing();
        door.MapPost("/", Enter).Records(Acts.SignIn, Passkey);
    }

    /// <summary>What the browser is to make a new key with.</summary>
    public static async Task<IResult> BeginAdding(HttpContext http, LocalAccounts accounts, IPasskeyHandler<Account> passkeys, PassingState passing)
    {
        if (await accounts.Of(ApiEndpoints.Me(http.User), http.RequestAborted) is not { } mine)
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        var made = await passkeys.MakeCreationOptionsAsync(new() { Id = mine.User, Name = mine.User, DisplayName = mine.User }, http);
        passing.Keep(http, Adding, made.AttestationState ?? "");
        return Results.Content(made.CreationOptionsJson, "application/json");
    }

    /// <summary>Keeps the key that the browser made.</summary>
    public static async Task<IResult> Add(
        Body<NewPasskey> made, HttpContext http, LocalAccounts accounts, UserManager<Account> users, IPasskeyHandler<Account> passkeys, PassingState passing)
    {
        if (await accounts.Of(ApiEndpoints.Me(http.User), http.RequestAborted) is not { } mine || !passing.TryFind(http, Adding, out var state))
        {
            return ApiEndpoints.Problem(NotTaken);
        }
        passing.Forget(http, Adding);
        if (await OwnAccountEndpoints.RefuseOneMore(users, mine, made.Value.Name) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var result = await passkeys.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = made.Value.Credential.GetRawText(), AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != mine.User)
        {
            return ApiEndpoints.Problem(NotTaken);
        }
        result.Passkey.Name = made.Value.Name;
        await users.AddOrUpdatePasskeyAsync(mine, result.Passkey);
        return Results.NoContent();
    }

    private static async Task<IResult> BeginEntering(HttpContext http, IPasskeyHandler<Account> passkeys, PassingState passing)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(null, http);
        passing.Keep(http, Passkey, asked.AssertionState ?? "");
        return Results.Content(asked.RequestOptionsJson, "application/json");
    }

    private static async Task<IResult> Enter(
        Body<ShownPasskey> shown, HttpContext http, UserManager<Account> users, IPasskeyHandler<Account> passkeys, PassingState passing, Entering entering)
    {
        if (!passing.TryFind(http, Passkey, out var state))
        {
            return ApiEndpoints.Problem(NotTaken);
        }
        passing.Forget(http, Passkey);
        var result = await passkeys.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = shown.Value.Credential.GetRawText(), AssertionState = state });
        if (!result.Succeeded || !await entering.Enter(http, result.User.Person, result.User.Institution, Passkey))
        {
            return ApiEndpoints.Problem(NotTaken);
        }
        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return Results.NoContent();
    }
}

/// <summary>What a device answers by its key.</summary>
internal sealed record ShownPasskey(JsonElement Credential);

/// <summary>A key as the browser made it, and what its owner calls it.</summary>
internal sealed record NewPasskey(string Name, JsonElement Credential);
