using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace SocialQI.Server.SignIn;

/// <summary>How often a door may be tried.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Import = "import";

    // Passwords are hashed slowly on purpose, and a bundle takes memory: both could be used to wear the service out.
    private const int SignInsPerMinute = 60;
    private const int ImportsAtOnce = 2;

    public static void Add(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(SignIn, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        options.AddConcurrencyLimiter(Import, limiter =>
        {
            limiter.PermitLimit = ImportsAtOnce;
            limiter.QueueLimit = ImportsAtOnce;
        });
    }
}
