using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>Addresses that may be used once, by whoever was given them: to found the first institution, or to choose the password of an account.</summary>
internal sealed class OneTimeLinks(Stores stores, TimeProvider clock)
{
    /// <summary>To found the first institution.</summary>
    public const string Found = "found";

    /// <summary>To choose the password of an account.</summary>
    public const string Password = "password";

    /// <summary>How long one may be used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(72);

    private const int Bytes = 32;

    /// <summary>Makes one; an earlier one for the same leads nowhere any more.</summary>
    /// <returns>The path, without the service's address.</returns>
    public async Task<string> Make(string purpose, string? account, CancellationToken stop)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        await stores.Default.Accounts.Keep(Digest(token), new(purpose, account), Moment.Of(clock.GetUtcNow()) + Lasts, stop);
        return SecretAddress.Welcome.Of(token);
    }

    /// <summary>What one is for; null when it leads nowhere.</summary>
    public ValueTask<OneTimeLink?> Find(string token, CancellationToken stop) => stores.Default.Accounts.Find(Digest(token), stop);

    /// <summary>Uses it up; false when somebody was quicker.</summary>
    public ValueTask<bool> Use(string token, CancellationToken stop) => stores.Default.Accounts.Use(Digest(token), stop);

    /// <summary>Gives back what was used in vain.</summary>
    public ValueTask GiveBack(string token, OneTimeLink link, CancellationToken stop) =>
        stores.Default.Accounts.Keep(Digest(token), link, Moment.Of(clock.GetUtcNow()) + Lasts, stop);

    /// <summary>Whatever links there are for this lead nowhere any more.</summary>
    public ValueTask Forget(string purpose, CancellationToken stop) => stores.Default.Accounts.ForgetLinks(purpose, stop);

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
