using System.Globalization;

namespace SocialQI.Client.GrandRounds;

/// <summary>When a session is, as it is written. Sessions have dates; what happens in a case has none.</summary>
public static class Times
{
    private const string Written = "ddd d MMM yyyy, HH:mm";

    /// <summary>How <see cref="SocialQI.GrandRounds.RoundsPlan.Local"/> is written.</summary>
    public const string Local = "yyyy-MM-dd'T'HH:mm";

    /// <summary>A moment by the clocks on the wall in a zone.</summary>
    public static string Of(Moment at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at.Time, zone).ToString(Written, CultureInfo.CurrentCulture);

    /// <summary>A time on the wall; as it stands where it is none.</summary>
    public static string OfLocal(string local) =>
        DateTime.TryParseExact(local, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToString(Written, CultureInfo.CurrentCulture) : local;

    public static string Hour(Moment at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at.Time, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day, without the hour.</summary>
    public static string Day(Moment at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at.Time, zone).ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture);
}
