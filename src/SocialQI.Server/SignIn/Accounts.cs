using Microsoft.AspNetCore.Identity;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>Local accounts, their passwords hashed by ASP.NET Core Identity.</summary>
internal sealed class Accounts(Stores stores)
{
    public const int UserLengthMax = 80;
    public const int PasswordLengthMin = 10;
    public const int PasswordLengthMax = 200;

    private static readonly PasswordHasher<string> Hasher = new();

    // Hashing something also for users there are not, so that the time an answer takes does not tell who has an account.
    private static readonly string NobodysHash = Hasher.HashPassword("", Guid.NewGuid().ToString());

    /// <summary>The account of a user name and password; null when they do not match.</summary>
    public async Task<Account?> Find(string user, string password, CancellationToken stop)
    {
        var fits = user.Length is > 0 and <= UserLengthMax && password.Length is > 0 and <= PasswordLengthMax;
        var account = fits ? await stores.Default.Tables.Account(Normal(user), stop) : null;
        var verdict = Hasher.VerifyHashedPassword("", account?.PasswordHash ?? NobodysHash, fits ? password : "-");
        return account is not null && verdict != PasswordVerificationResult.Failed ? account : null;
    }

    /// <summary>The person with a user name; null when there is none.</summary>
    public async Task<ClinicianId?> Find(string user, CancellationToken stop) => (await stores.Default.Tables.Account(Normal(user), stop))?.Person;

    /// <summary>Whether a password is as long as one has to be; null: it is.</summary>
    public static Refusal? Refuse(string password) =>
        password.Length is < PasswordLengthMin or > PasswordLengthMax ? Refusal.OutOfRange("password's length", PasswordLengthMin, PasswordLengthMax) : null;

    /// <summary>Makes an account, or gives it another password.</summary>
    public ValueTask Keep(Account account, string password, CancellationToken stop) =>
        stores.Default.Tables.KeepAccount(account with { User = Normal(account.User), PasswordHash = Hasher.HashPassword("", password) }, stop);

    /// <summary>A user name as it is kept.</summary>
    public static string Normal(string user) => user.Trim().ToLowerInvariant();
}
