using Microsoft.AspNetCore.Authentication.Cookies;

namespace SocialQI.Server.SignIn;

/// <summary>
/// Keeps a cookie under a name that only an encrypted connection can set: browsers hold <c>__Host-</c> to Secure, to this host alone, to the whole of it.
/// On the machine itself, without https, it has another name, so that the one never passes for the other.
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    public const string Plain = "socialqi-local";
    public const string Secure = "__Host-socialqi";

    private readonly ChunkingCookieManager inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        inner.AppendResponseCookie(context, Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => inner.DeleteCookie(context, Name(context, key), options);

    private static string Name(HttpContext context, string key) => context.Request.IsHttps ? key : key.Replace(Secure, Plain, StringComparison.Ordinal);
}
