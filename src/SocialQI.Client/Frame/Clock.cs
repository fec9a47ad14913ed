using System.Globalization;
using Microsoft.Extensions.Localization;

namespace SocialQI.Client.Frame;

/// <summary>Times as they are read on a ward: relative, or by the clock for today and yesterday. Never a calendar date: in a case a date is an identifier.</summary>
public sealed class Clock(IStringLocalizer<Clock> texts)
{
    /// <summary>In lists: how long ago.</summary>
    public string Ago(Moment at, DateTimeOffset now) => (now - at.Time) switch
    {
        { TotalSeconds: < 60 } => texts["Now"],
        { TotalMinutes: < 60 } ago => Whole(ago.TotalMinutes, "Minutes"),
        { TotalHours: < 24 } ago => Whole(ago.TotalHours, "Hours"),
        { TotalDays: < 2 } => texts["Yesterday"],
        { TotalDays: < 14 } ago => Whole(ago.TotalDays, "Days"),
        var ago => Whole(ago.TotalDays / 7, "Weeks"),
    };

    /// <summary>In a timeline: the time of day, where it still says something.</summary>
    public string At(Moment at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (then, today) = (TimeZoneInfo.ConvertTime(at.Time, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        var time = then.ToString("HH:mm", CultureInfo.InvariantCulture);
        return then.Date == today ? time
            : then.Date == today.AddDays(-1) ? texts["YesterdayAt", time]
            : now - at.Time < TimeSpan.FromDays(2) ? texts["TwoDaysAgo"]
            : texts["Ago", Ago(at, now)];
    }

    private string Whole(double amount, string unit) => texts[unit, Math.Floor(amount).ToString(CultureInfo.CurrentCulture)];
}
