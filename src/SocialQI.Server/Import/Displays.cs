using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialQI.Server.Import;

/// <summary>A display is whatever the sender typed beside a code, so it is believed only as far as it looks like a term.</summary>
internal sealed partial class Displays(KnownPeople people, Tally leftOut)
{
    public const int LengthMax = 200;

    // More than is shown, so that nothing is half seen at the cut; not all, so that a megabyte costs no more than a line.
    private const int JudgedMax = 2 * LengthMax;

    private const string Suspicious = "suspicious display";

    private const string Month =
        "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    /// <returns>The display on one line, or null when it is missing or was left out.</returns>
    public string? Safe(string? display)
    {
        if (string.IsNullOrWhiteSpace(display))
        {
            return null;
        }

        var term = display.Length > JudgedMax ? display[..JudgedMax] : display;
        var reason = Hides(term) ? Suspicious
            // Full-width digits and letters would pass the patterns, so the compatibility form is judged; the form written is shown.
            : Identifies().IsMatch(term.Normalize(NormalizationForm.FormKC)) ? Suspicious
            : people.AreNamedIn(term) ? "display that names a person or place of this file"
            : null;
        if (reason is not null)
        {
            leftOut.Add(reason);
            return null;
        }

        return Lines.Shortened(SemanticTag().Replace(term.Trim(), ""), LengthMax);
    }

    // Line breaks could forge a line of ours; format characters hide or reorder; U+FFFD stands for half a surrogate pair.
    private static bool Hides(string text) => text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);

    // In order: e-mail; links; eight digits with up to two separators between them (telephone, SSN, ISO date); other dates; ages over 89.
    [GeneratedRegex(
        @"@" +
        @"|\w://|\bwww\.|\bmailto:|\w\.(?:com|org|net|edu|gov|info|io)\b" +
        @"|\d(?:[-. ()/_]{0,2}\d){7,}" +
        @"|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b" +
        @"|\b" + Month + @"\.? ?\d{1,4}\b|\b\d{1,2}(?:st|nd|rd|th)?\.? " + Month + @"\b" +
        @"|\b(?:9\d|1[0-4]\d)[- ]?(?:years?|yrs?|y/?o)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identifies();

    // SNOMED CT's fully specified names end in their hierarchy, which a clinician does not say.
    [GeneratedRegex(@" \((?:disorder|finding|procedure|situation|event|morphologic abnormality|observable entity|substance|product|" +
        @"regime/therapy|qualifier value)\)\z")]
    private static partial Regex SemanticTag();
}
