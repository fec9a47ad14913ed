using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using SocialQI.GrandRounds;
using SocialQI.Storage;
using Calendar = Ical.Net.Calendar;

namespace SocialQI.Server.Calendars;

/// <summary>
/// Sessions as iCalendar (RFC 5545). It lies in programs and on machines that nobody here knows: when, how long, whose and where to look, and no word that
/// somebody wrote into a plan.
/// </summary>
/// <param name="service">Where the pages are.</param>
/// <param name="names">What the homes of the sessions are called.</param>
internal sealed class RoundsCalendar(Uri service, IReadOnlyDictionary<InstitutionId, string> names)
{
    /// <summary>What all of it is served as.</summary>
    public const string Type = "text/calendar; charset=utf-8";

    private const string Product = "-//SocialQI//Rounds//EN";

    /// <summary>A person's own, to be read again and again.</summary>
    public byte[] Feed(IReadOnlyCollection<RoundsEntry> sessions) => Written(new Calendar { ProductId = Product }, sessions, stamp: null);

    /// <summary>One session, to be taken into a calendar.</summary>
    public byte[] Published(RoundsEntry session, Moment now) => Written(new Calendar { ProductId = Product, Method = CalendarMethods.Publish }, [session], now);

    private byte[] Written(Calendar calendar, IReadOnlyCollection<RoundsEntry> sessions, Moment? stamp)
    {
        foreach (var zone in sessions.GroupBy(s => s.Line.Zone, StringComparer.Ordinal))
        {
            var rules = ZoneRules.Of(zone.Key, zone.Min(s => s.Line.At), zone.Max(s => s.Line.At));
            if (rules is not null)
            {
                calendar.AddChild(rules);
            }
            calendar.Events.AddRange(zone.Select(s => EventOf(s, rules is not null, stamp ?? s.Changed)));
        }
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private CalendarEvent EventOf(RoundsEntry session, bool isByTheWall, Moment stamp)
    {
        var line = session.Line;
        return new()
        {
            Uid = $"{line.Rounds}@socialqi",
            Sequence = session.Sequence,
            DtStamp = Utc(stamp),
            LastModified = Utc(session.Changed),
            DtStart = isByTheWall ? new(DateTime.ParseExact(line.Local, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), line.Zone) : Utc(line.At),
            Duration = Duration.FromMinutes(line.Minutes),
            Status = line.Stage == RoundsStage.Cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Summary = "Rounds, " + (names.GetValueOrDefault(line.Rounds.Home) ?? line.Rounds.Home.ToString()),
            Url = new Uri(service, $"/rounds/{line.Rounds}"),
        };
    }

    private static CalDateTime Utc(Moment at) => new(at.Time.UtcDateTime);
}
