using System.Globalization;
using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>A FHIR date as far as it is known. Stays inside this folder: only days relative to the index encounter leave it.</summary>
/// <param name="Day">As written, in the writer's own calendar; the middle of the year or month when that is all there is.</param>
/// <param name="Instant">Null when no time was given.</param>
/// <param name="IsExact">False when only a year or a month was given.</param>
internal readonly record struct FhirDay(DateOnly Day, DateTimeOffset? Instant, bool IsExact)
{
    private const string DayForm = "yyyy-MM-dd";

    /// <returns>Null when there is no date or it is none.</returns>
    public static FhirDay? Of(string? written)
    {
        var (form, exact) = written?.Length switch
        {
            >= 10 => (written[..10], true),
            7 => (written + "-15", false),
            4 => (written + "-07-01", false),
            _ => ("", false),
        };
        return DateOnly.TryParseExact(form, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new FhirDay(day, InstantOf(written!), exact)
            : null;
    }

    public static FhirDay? Of(DataType? time) => time switch
    {
        FhirDateTime at => Of(at.Value),
        Date on => Of(on.Value),
        Instant at => Of(at.Value?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)),
        Period period => Of(period.Start ?? period.End),
        _ => null,
    };

    /// <summary>Days from another day on. Two instants are compared in the other one's time zone: a server may write both in its own.</summary>
    public int DaysSince(FhirDay other) => (Instant is { } at && other.Instant is { } from
        ? DateOnly.FromDateTime(at.ToOffset(from.Offset).DateTime)
        : Day).DayNumber - other.Day.DayNumber;

    /// <summary>Whole years from a birth to this day; an imprecise date counts as the one that makes the person older.</summary>
    public int YearsSince(FhirDay birth)
    {
        var years = Day.Year - birth.Day.Year;
        return birth.IsExact && (Day.Month, Day.Day).CompareTo((birth.Day.Month, birth.Day.Day)) < 0 ? years - 1 : years;
    }

    // Times near the first and last year leave the calendar when their offset is applied; they are no clinical dates.
    private static DateTimeOffset? InstantOf(string written) =>
        written.Contains('T') && DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is > 1800 and < 2200
            ? at
            : null;
}
