using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using SocialQI.Server.Operate;

namespace SocialQI.Server.SignIn;

/// <summary>How often a door may be tried.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Import = "import";
    public const string Images = "images";

    // A bundle takes memory: that could be used to wear the service out.
    private const int ImportsAtOnce = 2;

    // Of one person; a page sends its images one after the other.
    private const int ImagesAtOnce = 2;
    private const int ImagesWaiting = 20;

    public static void Add(RateLimiterOptions options, ServiceOptions service)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(SignIn, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = service.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        options.AddPolicy(Images, http => RateLimitPartition.GetConcurrencyLimiter(
            SignedIn.Person(http.User)?.ToString() ?? "", _ => new() { PermitLimit = ImagesAtOnce, QueueLimit = ImagesWaiting }));
        options.AddConcurrencyLimiter(Import, limiter =>
        {
            limiter.PermitLimit = ImportsAtOnce;
            limiter.QueueLimit = ImportsAtOnce;
        });
    }
}
