using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using SocialQI.Clinicians;

namespace SocialQI.Storage.Sql;

/// <summary>Reads passports from the rows that <see cref="StoreRows"/> keeps.</summary>
internal static class Passports
{
    private sealed record Held(string Holder, string Holds, string As, Moment From, Moment? Until);

    /// <summary>One statement, so that rows and position are of one moment.</summary>
    public static async Task<Passport> Of(DbConnection connection, ClinicianId person, Moment now, CancellationToken stop)
    {
        var holder = Audience.Person(person);
        var position = 0L;
        var rows = await connection.All(
            """
            select s.position, p.holder, p.holds, p.held_as, p.since, p.until from store s left join
            (
                select holder, holds, held_as, since, until from passport where holder = @holder and (holds not like 'g:%' or until > @now)
                union all
                select o.holder, o.holds, o.held_as, o.since, o.until from passport i join passport o on o.holder = i.holds
                where i.holder = @holder and i.holds like 'i:%' and o.holds like 'off:%'
            ) p on true
            order by p.since, p.holds
            """,
            row =>
            {
                position = row.GetInt64(0);
                return row.TextAt(1) is { } holds
                    ? new Held(holds, row.GetString(2), row.GetString(3), row.MomentAt(4), row.NumberAt(5) is { } until ? new Moment(until) : null)
                    : null;
            },
            stop, ("holder", holder), ("now", now.Micros));
        return Of(person, now, position, rows.OfType<Held>().ToLookup(r => r.Holder == holder));
    }

    /// <summary>Who keeps the privacy of an institution.</summary>
    public static Task<List<ClinicianId>> PrivacyOfficers(DbConnection connection, InstitutionId institution, Moment at, int max, CancellationToken stop) =>
        connection.All(
            """
            select holder from passport where holds = @holds and held_as = @role and since <= @at and (until is null or until > @at) order by holder limit @max
            """,
            row => ClinicianId.Parse(After(row.GetString(0))), stop,
            ("holds", Audience.Institution(institution)), ("role", nameof(InstitutionRole.PrivacyOfficer).ToLowerInvariant()), ("at", at.Micros), ("max", (long)max));

    private static Passport Of(ClinicianId person, Moment now, long position, ILookup<bool, Held> rows)
    {
        var own = rows[true].ToLookup(r => r.Holds.Split(':')[0]);
        var passport = new Passport(
            person,
            own["grade"].Select(r => (Grade?)Named<Grade>(r.As)).FirstOrDefault(),
            [.. own["i"].Select(r => new Affiliation(InstitutionId.Parse(After(r.Holds)), Named<InstitutionRole>(r.As), r.From, r.Until))],
            own["acting"].Select(r => (InstitutionId?)InstitutionId.Parse(r.As)).FirstOrDefault(),
            [.. own["c"].Select(r => new Membership(CommunityId.Parse(After(r.Holds)), Named<CommunityRole>(r.As)))],
            [],
            position)
        {
            Specialty = own["specialty"].Select(r => r.As).FirstOrDefault(),
            Record = own["record"].Select(r => Record(r.As)).FirstOrDefault(),
            Designated = own["em"].Any() ? [.. own["em"].Select(r => InstitutionId.Parse(After(r.Holds)))] : default,
            Glass = own["g"].Any() ? [.. own["g"].Select(r => new BrokenGlass(TopicId.Parse(After(r.Holds)), r.Until ?? default))] : default,
            Muted = own["muted"].Any() ? [.. own["muted"].Select(r => new MutedIn(CommunityId.Parse(After(r.Holds)), r.Until ?? default))] : default,
        };
        return passport.ActingAt(now) is { } acting ? passport with { SwitchedOff = Off(rows[false], Audience.Institution(acting)) } : passport;
    }

    private static ImmutableArray<Policy> Off(IEnumerable<Held> rows, string institution) =>
        [.. rows.Where(r => r.Holder == institution).Select(r => Named<Policy>(After(r.Holds))).Order()];

    private static TrackRecord? Record(string held) =>
        held.Split('/') is [var right, var cases] ? new(int.Parse(right, CultureInfo.InvariantCulture), int.Parse(cases, CultureInfo.InvariantCulture)) : null;

    private static string After(string key) => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static T Named<T>(string name) where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);
}
