using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace SocialQI.Server.Calendars;

/// <summary>
/// The rules of a time zone for a while, one by one as this machine knows them: the same that said when the sessions begin. Calendars that know the zone's
/// name may follow rules of their own.
/// </summary>
internal static class ZoneRules
{
    // No zone changes its clocks twice within a day.
    private static readonly TimeSpan step = TimeSpan.FromDays(1);

    private static readonly TimeSpan precision = TimeSpan.FromSeconds(1);

    /// <summary>Null where this machine does not know the zone.</summary>
    public static VTimeZone? Of(string zone, Moment first, Moment last)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var rules))
        {
            return null;
        }
        var component = new VTimeZone(zone);
        var (at, end) = (first.Time - step, last.Time + step);
        component.AddChild(From(at, rules.GetUtcOffset(at), rules));
        for (; at < end; at += step)
        {
            var before = rules.GetUtcOffset(at);
            if (rules.GetUtcOffset(at + step) != before)
            {
                component.AddChild(From(Change(rules, at, at + step), before, rules));
            }
        }
        return component;
    }

    // The first second with the new offset.
    private static DateTimeOffset Change(TimeZoneInfo rules, DateTimeOffset before, DateTimeOffset after)
    {
        var offset = rules.GetUtcOffset(before);
        while (after - before > precision)
        {
            var between = before + TimeSpan.FromSeconds(Math.Floor((after - before).TotalSeconds / 2));
            (before, after) = rules.GetUtcOffset(between) == offset ? (between, after) : (before, between);
        }
        return after;
    }

    // Its beginning is told by the clocks as they were before.
    private static VTimeZoneInfo From(DateTimeOffset at, TimeSpan before, TimeZoneInfo rules) =>
        new(rules.IsDaylightSavingTime(at) ? Components.Daylight : Components.Standard)
        {
            DtStart = new CalDateTime(DateTime.SpecifyKind((at.UtcDateTime + before), DateTimeKind.Unspecified)),
            OffsetFrom = new UtcOffset(before),
            OffsetTo = new UtcOffset(rules.GetUtcOffset(at)),
        };
}
