using System.Globalization;

namespace SocialQI.Grains.Topics;

/// <summary>When the clocks on the wall of a time zone show a time, by the zone's rules as this machine knows them.</summary>
public static class WallClock
{
    /// <summary>The moment; null where the zone is not known or its clocks skip that time. Of a time that comes twice, the first.</summary>
    /// <param name="local">As <c>2026-12-01T07:00</c>.</param>
    /// <param name="zone">A name of the IANA time zone database.</param>
    public static Moment? When(string local, string zone)
    {
        if (!DateTime.TryParseExact(local, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var rules) || !rules.HasIanaId || rules.IsInvalidTime(time))
        {
            return null;
        }
        var offset = rules.IsAmbiguousTime(time) ? rules.GetAmbiguousTimeOffsets(time).Max() : rules.GetUtcOffset(time);
        return Moment.Of(new DateTimeOffset(time, offset));
    }
}
