using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Serialization;
using SocialQI.Server.Api;
using SocialQI.Storage;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Gateway;

/// <summary>A silo or the database that is gone for a moment: nobody's mistake, so whoever asked is told in words and asks again.</summary>
internal static class Outages
{
    public static bool IsOutage(Exception e) => e
        is OrleansException or TimeoutException or DbException or StoreUnavailableException or OutcomeUnknownException
        // What a silo threw and this process has no type for: its database's errors.
        or UnavailableExceptionFallbackException
        // A grain that did not wake in time, and a process that is ending under whoever still asks it.
        or OperationCanceledException or ObjectDisposedException;

    /// <summary>Whether a refusal says no more than that something is away or overfull for a moment.</summary>
    public static bool IsSaidBy(string code) => code is "not-now" or "busy" or "slow-down" or "outcome-unknown" or "storage-full";

    /// <summary>What to say of it; null when it is a mistake of this program.</summary>
    public static Refusal? RefusalOf(Exception e) =>
        e is StorageFullException ? Refusal.StorageFull : e is NotAuditedException ? Refusal.NotAudited : IsOutage(e) ? Refusal.NotNow : null;
}

/// <summary>An outage, to who asked by HTTP: problem+json with its own status instead of a mistake's.</summary>
internal sealed class OutagesByHttp : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var refusal = Outages.RefusalOf(exception);
        if (refusal is not null)
        {
            await ApiEndpoints.Problem(refusal).ExecuteAsync(httpContext);
        }
        return refusal is not null;
    }
}
