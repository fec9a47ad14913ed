using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using SocialQI.Server.Api;
using SocialQI.Server.Operate;

namespace SocialQI.Server.SignIn;

/// <summary>How often a door may be tried.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Import = "import";
    public const string Images = "images";
    public const string Join = "join";
    public const string Calendar = "calendar";

    /// <summary>How many codes one person may try in a minute: there are a million.</summary>
    public const int CodesPerMinute = 10;

    /// <summary>How many calendars are given to one address in a minute: a hospital's may have many.</summary>
    public const int CalendarsPerMinute = 300;

    // A bundle takes memory: that could be used to wear the service out.
    private const int ImportsAtOnce = 2;

    // Of one person, or of nobody in particular from one address: so many at once, and so many more each second.
    private static readonly TokenBucketRateLimiterOptions requests =
        new() { TokenLimit = 1_000, TokensPerPeriod = 300, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true };

    // Of one person; a page sends its images one after the other.
    private const int ImagesAtOnce = 2;
    private const int ImagesWaiting = 20;

    public static void Add(RateLimiterOptions options, ServiceOptions service)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = SayToSlowDown;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(OfApi);
        options.AddPolicy(SignIn, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = service.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        options.AddPolicy(Join, http => RateLimitPartition.GetFixedWindowLimiter(
            SignedIn.Person(http.User)?.ToString() ?? "", _ => new() { PermitLimit = CodesPerMinute, Window = TimeSpan.FromMinutes(1) }));
        options.AddPolicy(Calendar, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = CalendarsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        options.AddPolicy(Images, http => RateLimitPartition.GetConcurrencyLimiter(
            SignedIn.Person(http.User)?.ToString() ?? "", _ => new() { PermitLimit = ImagesAtOnce, QueueLimit = ImagesWaiting }));
        options.AddConcurrencyLimiter(Import, limiter =>
        {
            limiter.PermitLimit = ImportsAtOnce;
            limiter.QueueLimit = ImportsAtOnce;
        });
    }

    private static RateLimitPartition<string> OfApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api")
            ? RateLimitPartition.GetTokenBucketLimiter(SignedIn.Person(http.User)?.ToString() ?? http.Connection.RemoteIpAddress?.ToString() ?? "", _ => requests)
            : RateLimitPartition.GetNoLimiter("");

    private static async ValueTask SayToSlowDown(OnRejectedContext rejected, CancellationToken stop)
    {
        var http = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            await ApiEndpoints.Problem(Refusal.SlowDown).ExecuteAsync(http);
        }
        else if (http.Request.Path.StartsWithSegments("/sign-in"))
        {
            http.Response.Redirect("/sign-in?slow=1");
        }
    }
}
