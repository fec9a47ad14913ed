using SocialQI.Cases;
using SocialQI.Identifiers;

namespace SocialQI.Client.Cases.Identifying;

/// <summary>Words that may tell who the patient is.</summary>
/// <param name="Field">The text they stand in, as whoever gave it calls it.</param>
/// <param name="Kind">What they seem to be.</param>
/// <param name="Start">Where in that text.</param>
/// <param name="Words">They themselves.</param>
public sealed record MarkedWord(string Field, IdentifierKind Kind, int Start, string Words)
{
    /// <summary>The text without them: something was here, and is left out on purpose.</summary>
    public string TakenOutOf(string text) =>
        Start + Words.Length <= text.Length && string.CompareOrdinal(text, Start, Words, 0, Words.Length) == 0 ? $"{text[..Start]}…{text[(Start + Words.Length)..]}" : text;
}

/// <summary>Texts that somebody is about to let others read: the words that are marked in them, and what the person says of each.</summary>
public sealed class MarkedTexts
{
    private readonly HashSet<(IdentifierKind, string)> none = [];
    private List<MarkedWord> found = [];

    /// <summary>Those that nothing was said of yet, in the order of the texts.</summary>
    public IReadOnlyList<MarkedWord> Open => [.. found.Where(w => !none.Contains((w.Kind, w.Words)))];

    /// <summary>Whether the person says that they have read it all and it identifies nobody.</summary>
    public bool HasRead { get; set; }

    /// <summary>How many were left on purpose.</summary>
    public int Kept => found.Count - Open.Count;

    /// <summary>What goes with a text that others read: null where nothing in it is marked.</summary>
    public Attestation? OfWriting => found.Count > 0 ? new(Kept) : null;

    /// <summary>What goes with a case that is opened.</summary>
    public Attestation OfOpening => new(Kept);

    public void Look(IEnumerable<(string Field, string Text)> texts) =>
        found = [.. texts.SelectMany(t => IdentifierDetector.Find(t.Text).Select(f => new MarkedWord(t.Field, f.Kind, f.Start, t.Text.Substring(f.Start, f.Length))))];

    /// <summary>These words are no identifier, wherever they stand.</summary>
    public void Keep(MarkedWord word) => none.Add((word.Kind, word.Words));

    public void KeepAll() => none.UnionWith(found.Select(w => (w.Kind, w.Words)));

    /// <summary>Begins with another text.</summary>
    public void Clear()
    {
        none.Clear();
        (found, HasRead) = ([], false);
    }
}
