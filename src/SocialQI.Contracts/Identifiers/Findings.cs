namespace SocialQI.Identifiers;

/// <summary>What was found so far. No token belongs to two: who comes first keeps it, so the surest rules run first.</summary>
internal sealed class Findings(Scanned text)
{
    private readonly bool[] taken = new bool[text.Count];
    private readonly List<Identifier> found = [];

    public IReadOnlyList<Identifier> InOrder => [.. found.OrderBy(f => f.Start)];

    public bool IsTaken(int i) => i >= 0 && i < taken.Length && taken[i];

    /// <summary>Keeps the tokens from one until before another.</summary>
    /// <returns>Whether they were free.</returns>
    public bool Add(IdentifierKind kind, int first, int end)
    {
        if (!Skip(first, end))
        {
            return false;
        }
        var (start, length) = text.Place(first, end);
        found.Add(new(kind, start, length));
        return true;
    }

    /// <summary>Says that these are something else, a citation or a code, that nobody is known by.</summary>
    public bool Skip(int first, int end)
    {
        if (taken.AsSpan(first, end - first).Contains(true))
        {
            return false;
        }
        taken.AsSpan(first, end - first).Fill(true);
        return true;
    }
}
