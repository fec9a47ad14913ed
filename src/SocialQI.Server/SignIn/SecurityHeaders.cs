using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SocialQI.Server.Operate;

namespace SocialQI.Server.SignIn;

/// <summary>What every answer tells the browser not to do.</summary>
internal static class SecurityHeaders
{
    private const string Nonce = "script-nonce";
    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    // Scripts are files of this service, and the one map of them that stands in the document. Everything that becomes markup or the address of a script
    // goes through the policy of trust.js.
    private static readonly CompositeFormat policy = CompositeFormat.Parse(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{0}'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default inspect");

    /// <summary>What a script that stands in the document is known by; of this answer alone.</summary>
    public static string NonceOf(HttpContext http) => (string)http.Items[Nonce]!;

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var isData = http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/hub") || http.Request.Path == SecretAddress.Calendar.Covered;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = isData ? NoPage : PageWith(http);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
        if (isData)
        {
            headers.CacheControl = "no-store";
        }
        return next(http);
    });

    private static string PageWith(HttpContext http)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        http.Items[Nonce] = nonce;
        return string.Format(CultureInfo.InvariantCulture, policy, nonce);
    }
}
