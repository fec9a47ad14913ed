using System.Text.RegularExpressions;
using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>
/// The people and places that the file itself names. Nothing of this is written anywhere: it only finds a display that repeats one of them.
/// A patient called White costs the display of "White blood cells", whose code is then shown instead: the safe way to be wrong.
/// </summary>
internal sealed partial class KnownPeople
{
    private const int WordLengthMin = 3;
    private const int PhraseLengthMin = 4;
    private const int WordsMax = 10_000;
    private const int PhrasesMax = 100;

    private readonly HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> phrases = new(StringComparer.OrdinalIgnoreCase);

    public void Learn(Resource resource)
    {
        switch (resource)
        {
            case Patient patient:
                Learn([.. patient.Name, .. patient.Contact.Select(contact => contact.Name)], patient.Address, patient.Telecom, patient.Identifier);
                break;
            case RelatedPerson relative:
                Learn(relative.Name, relative.Address, relative.Telecom, relative.Identifier);
                break;
            case Practitioner practitioner:
                Learn(practitioner.Name, [], [], []);
                break;
        }
    }

    public bool AreNamedIn(string display)
    {
        foreach (var word in Word().EnumerateMatches(display))
        {
            if (words.Contains(display.Substring(word.Index, word.Length)))
            {
                return true;
            }
        }

        return phrases.Any(phrase => display.Contains(phrase, StringComparison.OrdinalIgnoreCase));
    }

    private void Learn(IEnumerable<HumanName?> names, IEnumerable<Address> addresses, IEnumerable<ContactPoint> contacts, IEnumerable<Identifier> identifiers)
    {
        foreach (var name in names.OfType<HumanName>())
        {
            LearnWords([name.Family, name.Text, .. name.Given]);
        }

        foreach (var address in addresses)
        {
            LearnPhrases([.. address.Line, address.City, address.District, address.PostalCode]);
        }

        LearnPhrases(contacts.Select(contact => contact.Value));
        LearnPhrases(identifiers.Select(identifier => identifier.Value));
    }

    private void LearnWords(IEnumerable<string?> texts)
    {
        foreach (Match word in texts.OfType<string>().SelectMany(text => Word().Matches(text)))
        {
            if (word.Length >= WordLengthMin && words.Count < WordsMax)
            {
                words.Add(word.Value);
            }
        }
    }

    private void LearnPhrases(IEnumerable<string?> texts)
    {
        foreach (var text in texts.OfType<string>().Select(text => text.Trim()))
        {
            if (text.Length >= PhraseLengthMin && phrases.Count < PhrasesMax)
            {
                phrases.Add(text);
            }
        }
    }

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}]*")]
    private static partial Regex Word();
}
