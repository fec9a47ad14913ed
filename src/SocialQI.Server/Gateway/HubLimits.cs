using System.Collections.Frozen;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.SignalR;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>
/// How fast a person may ask over the hub, over all their connections to this gateway together; by method, so that who writes too fast can still read.
/// Whoever is faster is told to slow down, and nothing was done.
/// </summary>
internal sealed class HubLimits(HubRecording recording) : IHubFilter, IDisposable
{
    /// <summary>So many at once, and so many more each second.</summary>
    internal sealed record Rate(int Burst, int PerSecond);

    /// <summary>Who comes back with all topics open opens and follows each of them at once, from several pages.</summary>
    internal static readonly FrozenDictionary<string, Rate> Rates = new Dictionary<string, Rate>
    {
        [nameof(RoundsHub.Open)] = new(5 * Rounds.OpenTopicsMax, 50),
        [nameof(RoundsHub.Follow)] = new(5 * Rounds.OpenTopicsMax, 50),
        [nameof(RoundsHub.Unfollow)] = new(5 * Rounds.OpenTopicsMax, 100),
        [nameof(RoundsHub.Send)] = new(300, 100),
        [nameof(RoundsHub.Page)] = new(100, 30),
        [nameof(RoundsHub.Watch)] = new(100, 10),
        [nameof(RoundsHub.Signal)] = new(50, 10),
        [nameof(RoundsHub.Own)] = new(5 * Rounds.OpenTopicsMax, 30),
        [nameof(RoundsHub.Point)] = new(60, 30),
        [nameof(RoundsHub.Active)] = new(50, 5),
        [nameof(RoundsHub.Misspoken)] = new(100, 100),
    }.ToFrozenDictionary();

    // What says it in the answer's own shape; a call that answers nothing is passed over.
    private static readonly FrozenDictionary<Type, Func<IReadOnlyList<object?>, object?>> saying = new Dictionary<Type, Func<IReadOnlyList<object?>, object?>>
    {
        [typeof(Task<Answer>)] = _ => Answer.No(Refusal.SlowDown),
        [typeof(Task<OpenedTopic>)] = asked => new OpenedTopic((TopicId)asked[0]!, "", 0, null, Refusal.SlowDown),
        [typeof(Task<Page>)] = _ => new Page([], false, 0, Refusal.SlowDown),
        [typeof(Task<OwnBallot?>)] = _ => throw new HubException(Refusal.SlowDown.Code),
        [typeof(Task<TopicHead[]>)] = _ => throw new HubException(Refusal.SlowDown.Code),
    }.ToFrozenDictionary();

    private readonly PartitionedRateLimiter<(ClinicianId Person, string Method)> limiter = PartitionedRateLimiter.Create<(ClinicianId Person, string Method), (ClinicianId, string)>(
        who => RateLimitPartition.GetTokenBucketLimiter(who, _ => Bucket(Rates[who.Method])));

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (SignedIn.Person(invocationContext.Context.User) is not { } person)
        {
            throw new HubException("unavailable");
        }
        using (var lease = limiter.AttemptAcquire((person, invocationContext.HubMethodName)))
        {
            if (!lease.IsAcquired)
            {
                await recording.TooFast(invocationContext.Context.Features.Get<Connection>(), invocationContext.HubMethodName);
                return saying.TryGetValue(invocationContext.HubMethod.ReturnType, out var say) ? say(invocationContext.HubMethodArguments) : null;
            }
        }
        return await next(invocationContext);
    }

    public void Dispose() => limiter.Dispose();

    private static TokenBucketRateLimiterOptions Bucket(Rate rate) =>
        new() { TokenLimit = rate.Burst, TokensPerPeriod = rate.PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true };
}
