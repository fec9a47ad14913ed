using System.Globalization;

namespace SocialQI.Server.Import;

/// <summary>When something was, as a reader may know it.</summary>
/// <param name="Day">Null for what is told in years, or not dated.</param>
/// <param name="Words">Empty when not dated.</param>
/// <param name="Order">Sorts; never shown.</param>
internal sealed record When(int? Day, string Words, int Order)
{
    public static readonly When NotDated = new(null, "", int.MinValue);

    public bool IsBefore => Day is null or < 0;
}

/// <summary>
/// Turns dates into days relative to the index encounter under 45 CFR 164.514(b)(2)(i)(C): no date elements, no age over 89, and nothing that would tell one.
/// Who is over 89, or of unknown age, has no exact days further back than a year: "87 years before" beside a childhood illness tells an age.
/// </summary>
internal sealed class Timeline(FhirDay index, FhirDay? birth)
{
    public const int AgeMax = 89;

    private const double DaysInYear = 365.25;
    private const int ExactDaysBefore = 365;
    private const int DaysAfterMax = 3_650;

    private readonly int? age = birth is { } born && index.YearsSince(born) is >= 0 and var years ? years : null;

    /// <summary>True when statements about ages and spans of years may not be taken.</summary>
    public bool HidesAge => age is null or > AgeMax;

    public string Age => age switch
    {
        null => "age not given",
        > AgeMax => "90 or older",
        0 => "under 1 year old",
        1 => "1 year old",
        _ => string.Create(CultureInfo.InvariantCulture, $"{age} years old"),
    };

    /// <returns>Null, and the reason, when the day may not or cannot be told.</returns>
    public When? Place(FhirDay on, out string reason)
    {
        reason = "";
        var days = on.DaysSince(index);
        if (days is < -(int)(AgeMax * DaysInYear) or > DaysAfterMax)
        {
            reason = "day outside the window";
        }
        else if (!HidesAge && days > 0 && on.YearsSince(birth!.Value) > AgeMax)
        {
            reason = "day that would tell an age over 89";
        }
        else if (!on.IsExact && days > -ExactDaysBefore)
        {
            reason = "imprecise date";
        }

        return reason.Length > 0 ? null : new When(days < -ExactDaysBefore ? null : days, Words(days), days);
    }

    private string Words(int days) =>
        days >= -ExactDaysBefore ? string.Create(CultureInfo.InvariantCulture, $"day {days}")
        : HidesAge ? "more than a year before"
        : Math.Round(-days / DaysInYear) is var years && years < 2 ? "about a year before"
        : string.Create(CultureInfo.InvariantCulture, $"about {years} years before");
}
