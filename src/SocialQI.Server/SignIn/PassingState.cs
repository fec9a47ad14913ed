using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SocialQI.Server.SignIn;

/// <summary>What has to be remembered between two steps of coming in, for minutes: in a cookie that only this service can read, and that is used once.</summary>
internal sealed class PassingState(IDataProtectionProvider protection)
{
    private static readonly TimeSpan lasts = TimeSpan.FromMinutes(5);

    private readonly SessionCookies cookies = new();

    /// <summary>Remembers, for a step of this name.</summary>
    public void Keep(HttpContext http, string step, string state) =>
        cookies.AppendResponseCookie(http, Key(step), Protector(step).Protect(state, lasts), OptionsFor(http));

    /// <summary>What was remembered for a step; false when nothing was, or too long ago.</summary>
    public bool TryFind(HttpContext http, string step, [NotNullWhen(true)] out string? state)
    {
        state = null;
        try
        {
            state = cookies.GetRequestCookie(http, Key(step)) is { Length: > 0 } kept ? Protector(step).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            // Too old, or not ours.
        }
        return state is not null;
    }

    public void Forget(HttpContext http, string step) => cookies.DeleteCookie(http, Key(step), OptionsFor(http));

    private ITimeLimitedDataProtector Protector(string step) => protection.CreateProtector("SocialQI.Passing." + step).ToTimeLimitedDataProtector();

    private static string Key(string step) => $"{SessionCookies.Secure}-{step}";

    private static CookieOptions OptionsFor(HttpContext http) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lasts, IsEssential = true };
}
