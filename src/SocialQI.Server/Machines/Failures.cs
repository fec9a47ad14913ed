using System.Threading.RateLimiting;

namespace SocialQI.Server.Machines;

/// <summary>Counts what failed, by where it came from: so many in a minute, and then no more for the rest of it.</summary>
internal sealed class Failures(int perMinute) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(
        origin => RateLimitPartition.GetFixedWindowLimiter(origin, _ => new() { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));

    public bool AreSpent(string origin) => limiter.GetStatistics(origin)?.CurrentAvailablePermits == 0;

    public void Add(string origin) => limiter.AttemptAcquire(origin).Dispose();

    public void Dispose() => limiter.Dispose();
}
