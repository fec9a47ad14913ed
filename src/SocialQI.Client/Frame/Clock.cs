using System.Globalization;

namespace SocialQI.Client.Frame;

/// <summary>Times as they are read on a ward: relative, or by the clock for today and yesterday. Never a calendar date: in a case a date is an identifier.</summary>
public static class Clock
{
    /// <summary>In lists: how long ago.</summary>
    public static string Ago(Moment at, DateTimeOffset now) => (now - at.Time) switch
    {
        { TotalSeconds: < 60 } => "now",
        { TotalMinutes: < 60 } ago => Whole(ago.TotalMinutes, "min"),
        { TotalHours: < 24 } ago => Whole(ago.TotalHours, "h"),
        { TotalDays: < 2 } => "yesterday",
        { TotalDays: < 14 } ago => Whole(ago.TotalDays, "days"),
        var ago => Whole(ago.TotalDays / 7, "weeks"),
    };

    /// <summary>In a timeline: the time of day, where it still says something.</summary>
    public static string At(Moment at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (then, today) = (TimeZoneInfo.ConvertTime(at.Time, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        var time = then.ToString("HH:mm", CultureInfo.InvariantCulture);
        return then.Date == today ? time : then.Date == today.AddDays(-1) ? "yesterday " + time : Ago(at, now) is "yesterday" ? "2 days ago" : Ago(at, now) + " ago";
    }

    private static string Whole(double amount, string unit) => $"{Math.Floor(amount).ToString(CultureInfo.CurrentCulture)} {unit}";
}
