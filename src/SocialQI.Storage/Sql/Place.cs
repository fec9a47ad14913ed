using System.Globalization;

namespace SocialQI.Storage.Sql;

/// <summary>
/// A place in a list, as its page names it for whoever goes on from there: what the list is sorted by, in order. Not a count of lines: those shift while
/// one reads.
/// </summary>
internal static class Place
{
    public static readonly Refusal Unknown = Refusal.NotA("place in the list");

    private const char Between = '~';

    public static string Of(params IEnumerable<object> keys) => string.Join(Between, keys.Select(k => Convert.ToString(k, CultureInfo.InvariantCulture)));

    /// <summary>A number and a text; null when it is no such place.</summary>
    public static (long Number, string Text)? NumberAndText(string place) =>
        place.Split(Between, 2) is [var number, var text] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && IsText(text)
            ? (value, text)
            : null;

    /// <summary>A person after a number, by id: their name is looked up, for places stand in addresses and those in logs.</summary>
    public static (long Rank, string Person)? RankAndPerson(string place) =>
        NumberAndText(place) is (var rank, var person) && ClinicianId.TryParse(person, out _) ? (rank, person) : null;

    // No database takes it.
    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
