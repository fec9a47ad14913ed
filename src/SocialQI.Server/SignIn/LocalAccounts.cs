using Microsoft.AspNetCore.Identity;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>How an attempt to come in by a local account went.</summary>
internal enum Attempt
{
    /// <summary>It is them.</summary>
    Proven,

    /// <summary>The password is right, and a code is to follow.</summary>
    NeedsCode,

    /// <summary>User name, password or code are not right, or it was tried too often.</summary>
    Failed,
}

/// <summary>Local accounts: password, then a code of an authenticator app where one is set up; by ASP.NET Core Identity.</summary>
internal sealed class LocalAccounts(UserManager<Account> users, Stores stores)
{
    public const int UserLengthMax = 80;
    public const int PasswordLengthMin = 10;
    public const int PasswordLengthMax = 200;

    private const int CodeLengthMax = 40;
    private const int RecoveryCodes = 10;

    // Hashing something also for users there are not, so that the time an answer takes does not tell who has an account.
    private static readonly Account nobody = new("", ClinicianId.Operator, null);
    private static readonly string nobodysHash = new PasswordHasher<Account>().HashPassword(nobody, Guid.NewGuid().ToString());

    public static void Add(IServiceCollection services)
    {
        services.AddScoped<LocalAccounts>().AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddIdentityCore<Account>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(1);
            // Length is what makes a password strong; what it is made of is its owner's.
            identity.Password.RequiredLength = PasswordLengthMin;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
            identity.User.AllowedUserNameCharacters = "";
        }).AddUserStore<AccountStore>().AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddSingleton<ILookupNormalizer, LowerCase>();
        services.Configure<IdentityPasskeyOptions>(passkey => (passkey.UserVerificationRequirement, passkey.ResidentKeyRequirement) = ("required", "required"));
    }

    /// <summary>Tries user name and password; a code at once, from a program, or later.</summary>
    public async Task<(Attempt Attempt, Account? Account)> Try(string user, string password, string? code)
    {
        var fits = user.Length is > 0 and <= UserLengthMax && password.Length is > 0 and <= PasswordLengthMax;
        var account = fits ? await users.FindByNameAsync(user.Trim()) : null;
        if (account?.PasswordHash is null || await users.IsLockedOutAsync(account))
        {
            users.PasswordHasher.VerifyHashedPassword(nobody, nobodysHash, fits ? password : "-");
            return (Attempt.Failed, null);
        }
        if (!await users.CheckPasswordAsync(account, password))
        {
            await users.AccessFailedAsync(account);
            return (Attempt.Failed, null);
        }
        if (account.NeedsCode)
        {
            return code is null ? (Attempt.NeedsCode, account) : (await TryCode(account, code), account);
        }
        await users.ResetAccessFailedCountAsync(account);
        return (Attempt.Proven, account);
    }

    /// <summary>Tries the code that is to follow a password: of the authenticator app, or one of those that each replace it once.</summary>
    public async Task<Attempt> TryCode(Account account, string code)
    {
        code = code.Replace(" ", "", StringComparison.Ordinal);
        if (code.Length is 0 or > CodeLengthMax || await users.IsLockedOutAsync(account) || !await IsRight(account, code))
        {
            await users.AccessFailedAsync(account);
            return Attempt.Failed;
        }
        // Whoever has seen it typed cannot use it in the half minute that it would still be right.
        account.LastCode = AccountStore.Digest(code);
        await users.ResetAccessFailedCountAsync(account);
        await users.UpdateAsync(account);
        return Attempt.Proven;
    }

    /// <summary>The account with a sign-in name; null when there is none.</summary>
    public async Task<Account?> Find(string user) => await users.FindByNameAsync(user.Trim());

    /// <summary>The account of somebody; null when they come in another way only.</summary>
    public ValueTask<Account?> Of(ClinicianId person, CancellationToken stop) => stores.Default.Accounts.Of(person, stop);

    /// <summary>Whether a password is as long as one has to be; null: it is.</summary>
    public static Refusal? Refuse(string password) =>
        password.Length is < PasswordLengthMin or > PasswordLengthMax ? Refusal.OutOfRange("password's length", PasswordLengthMin, PasswordLengthMax) : null;

    /// <summary>Makes an account, or gives it another password; null: without one until its owner has chosen it.</summary>
    public async Task Keep(Account account, string? password)
    {
        account.PasswordHash = password is null ? null : users.PasswordHasher.HashPassword(account, password);
        (account.Failures, account.LockedUntil) = (0, null);
        // Keeps it as well.
        await users.UpdateSecurityStampAsync(account);
    }

    /// <summary>A new key for an authenticator app; it counts once a code of it was shown to be right.</summary>
    public async Task<string> NewAuthenticatorKey(Account account)
    {
        await users.ResetAuthenticatorKeyAsync(account);
        return (await users.GetAuthenticatorKeyAsync(account))!;
    }

    /// <summary>From now on a code follows the password. The codes that each replace the app once; null when the code is not right.</summary>
    public async Task<IReadOnlyList<string>?> TurnOnCodes(Account account, string code)
    {
        if (!await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, code.Replace(" ", "", StringComparison.Ordinal)))
        {
            return null;
        }
        await users.SetTwoFactorEnabledAsync(account, true);
        return [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) ?? []];
    }

    /// <summary>No code follows the password any more.</summary>
    public async Task TurnOffCodes(Account account)
    {
        (account.AuthenticatorKey, account.RecoveryCodes) = (null, "");
        await users.SetTwoFactorEnabledAsync(account, false);
    }

    /// <summary>A user name as it is kept.</summary>
    public static string Normal(string user) => user.Trim().ToLowerInvariant();

    private async Task<bool> IsRight(Account account, string code) =>
        AccountStore.Digest(code) != account.LastCode
        && (await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, code)
            || (await users.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded);

    private sealed class LowerCase : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name is null ? null : Normal(name);

        public string? NormalizeEmail(string? email) => email;
    }
}
