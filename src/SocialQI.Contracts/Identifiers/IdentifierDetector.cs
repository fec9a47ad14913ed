namespace SocialQI.Identifiers;

/// <summary>
/// Finds words that may tell who a patient is, the same in browser and server. It reminds and asks; it proves nothing: a name without a title, or a
/// story that only one person has, it does not know. Its work grows with the length of the text and not faster: no rule looks further than a bounded
/// number of tokens.
/// </summary>
public static class IdentifierDetector
{
    /// <summary>What a text holds, in order and without overlaps.</summary>
    public static IReadOnlyList<Identifier> Find(string text)
    {
        var scanned = new Scanned(text);
        var found = new Findings(scanned);
        Addresses.Find(scanned, found);
        Citations.Skip(scanned, found);
        CuedNumbers.Find(scanned, found);
        ShapedNumbers.Find(scanned, found);
        Dates.Find(scanned, found);
        Phones.Find(scanned, found);
        Ages.Find(scanned, found);
        Places.Find(scanned, found);
        Names.Find(scanned, found);
        return found.InOrder;
    }
}
