using System.Buffers.Text;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.SignIn;

/// <summary>What stands beside one's own password: an authenticator app, and passkeys of devices.</summary>
internal static class OwnAccountEndpoints
{
    private const int PasskeysMax = 10;
    private const int NameLengthMax = 60;

    /// <summary>Nothing would lead in any more.</summary>
    public static readonly Refusal LastWayIn = new("last-way-in", "This is the only way in that you have. Add another one first.");

    private static readonly Refusal WrongCode = new("wrong-code", "This code is not right. The clock of your device may be wrong.");
    private static readonly Refusal NoKey = new("no-authenticator-key", "Begin with a new key for your authenticator app.");
    private static readonly Refusal NotProven = new("not-proven", "Your password is not right, or was tried too often.");

    public static void MapOwnAccount(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/api/me/account").RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).WithTags("Sign-in");
        account.MapGet("/", Show).RecordsNothing().Says<OwnAccount>("How you sign in; nothing (204) when an institution's provider alone lets you in.");
        account.MapPost("/authenticator", NewKey).RecordsAround(Acts.ChangePassword, "new-authenticator").RequireRateLimiting(Limits.SignIn).Says<AuthenticatorKey>("A new key for an authenticator app. Nothing changes until a code of it was shown.");
        account.MapPut("/authenticator", TurnOn).RecordsAround(Acts.ChangePassword, "authenticator-on").RequireRateLimiting(Limits.SignIn).Says<RecoveryCodes>("From now on a code follows your password. The codes that each replace the app once are told this once.");
        account.MapPost("/authenticator/off", TurnOff).RecordsAround(Acts.ChangePassword, "authenticator-off").RequireRateLimiting(Limits.SignIn).WithSummary("No code follows your password any more; the password is asked for.");
        account.MapPost("/passkeys/options", PasskeyEndpoints.BeginAdding).RecordsNothing().ExcludeFromDescription();
        account.MapPost("/passkeys", PasskeyEndpoints.Add).RecordsAround(Acts.ChangePassword, "add-passkey").ExcludeFromDescription();
        account.MapDelete("/passkeys/{key}", Forget).RecordsAround(Acts.ChangePassword, "forget-passkey").WithSummary("A passkey lets nobody in any more.");
    }

    /// <summary>Why somebody has no more passkeys; null when they may.</summary>
    public static async Task<Refusal?> RefuseOneMore(UserManager<Account> users, Account account, string name) =>
        PlainText.RefuseLine("name", name, NameLengthMax)
        ?? ((await users.GetPasskeysAsync(account)).Count >= PasskeysMax ? Refusal.TooMany("passkeys", PasskeysMax) : null);

    /// <summary>What somebody is told who has forgotten a way in.</summary>
    public static IResult Answer(Forgotten what) => what switch
    {
        Forgotten.Done => Results.NoContent(),
        Forgotten.LastWayIn => ApiEndpoints.Problem(LastWayIn),
        _ => ApiEndpoints.Problem(Refusal.NotThere),
    };

    private static async Task<IResult> Show(ClaimsPrincipal user, LocalAccounts accounts, UserManager<Account> users, CancellationToken stop)
    {
        if (await accounts.Of(ApiEndpoints.Me(user), stop) is not { } mine)
        {
            return Results.NoContent();
        }
        var keys = await users.GetPasskeysAsync(mine);
        return ApiEndpoints.Ok(new OwnAccount(
            mine.User, mine.NeedsCode, await users.CountRecoveryCodesAsync(mine), [.. keys.Select(k => new PasskeyLine(Base64Url.EncodeToString(k.CredentialId), k.Name ?? "", Moment.Of(k.CreatedAt)))]));
    }

    private static async Task<IResult> NewKey(Body<Proof> proof, ClaimsPrincipal user, LocalAccounts accounts, CancellationToken stop)
    {
        if (await Proven(proof.Value, user, accounts, stop) is not { NeedsCode: false } mine)
        {
            return ApiEndpoints.Problem(NotProven);
        }
        var key = await accounts.NewAuthenticatorKey(mine);
        return ApiEndpoints.Ok(new AuthenticatorKey(key, $"otpauth://totp/SocialQI:{Uri.EscapeDataString(mine.User)}?secret={key}&issuer=SocialQI&digits=6"));
    }

    private static async Task<IResult> TurnOn(Body<Proof> proof, ClaimsPrincipal user, LocalAccounts accounts, CancellationToken stop) =>
        await accounts.Of(ApiEndpoints.Me(user), stop) is not { AuthenticatorKey: not null, NeedsCode: false } mine ? ApiEndpoints.Problem(NoKey)
        : await accounts.TurnOnCodes(mine, proof.Value.Secret) is { } codes ? ApiEndpoints.Ok(new RecoveryCodes([.. codes]))
        : ApiEndpoints.Problem(WrongCode);

    private static async Task<IResult> TurnOff(Body<Proof> proof, ClaimsPrincipal user, LocalAccounts accounts, CancellationToken stop)
    {
        if (await Proven(proof.Value, user, accounts, stop) is not { } mine)
        {
            return ApiEndpoints.Problem(NotProven);
        }
        await accounts.TurnOffCodes(mine);
        return Results.NoContent();
    }

    private static async Task<IResult> Forget(string key, ClaimsPrincipal user, Stores stores, CancellationToken stop) =>
        Answer(Base64Url.IsValid(key) ? await stores.Default.Accounts.Forget(ApiEndpoints.Me(user), Base64Url.DecodeFromChars(key), stop) : Forgotten.NotThere);

    // The account of who asks, with its password once more: an open page alone changes nothing about how one signs in.
    private static async Task<Account?> Proven(Proof proof, ClaimsPrincipal user, LocalAccounts accounts, CancellationToken stop) =>
        await accounts.Of(ApiEndpoints.Me(user), stop) is { } mine && (await accounts.Try(mine.User, proof.Secret, code: null)).Attempt != Attempt.Failed
            ? await accounts.Of(mine.Person, stop)
            : null;
}
