using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>
/// A list that stays on a screen is read again every few seconds, and is one act: the first reading of the same list by the same person from the same place
/// is recorded, and again after <see cref="Lasts"/>.
/// </summary>
internal sealed class AuditedLately(AuditTrail trail, TimeProvider clock)
{
    /// <summary>How long a list is one act.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    // Beyond that all are forgotten, and recorded once more.
    private const int KnownMax = 50_000;

    private readonly ConcurrentDictionary<string, Reading> known = new();

    /// <summary>Records the act unless it was; returns when the record is durable.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="act">What.</param>
    /// <param name="asked">Everything that makes it another list when it is another.</param>
    public async Task Record(Actor actor, Act act, string asked)
    {
        if (known.Count >= KnownMax)
        {
            known.Clear();
        }
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.Name} {actor.Origin} {act.Name} {act.What} {asked}")));
        var mine = new Reading(clock.GetTimestamp(), new(() => trail.Record(actor, act)));
        var reading = known.AddOrUpdate(key, mine, (_, before) => clock.GetElapsedTime(before.Since) < Lasts ? before : mine);
        try
        {
            await reading.Recorded.Value;
        }
        catch (NotAuditedException)
        {
            known.TryRemove(KeyValuePair.Create(key, reading));
            throw;
        }
    }

    private sealed record Reading(long Since, Lazy<Task<AuditRef>> Recorded);
}
