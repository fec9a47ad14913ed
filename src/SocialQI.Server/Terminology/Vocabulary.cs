namespace SocialQI.Server.Terminology;

/// <summary>Every word of the conditions, sorted, each with the conditions that have it.</summary>
internal sealed class Vocabulary
{
    private readonly string[] words;
    // How many letters a word shares with the one before it.
    private readonly int[] shared;
    private readonly int[][] conditions;
    private readonly int blocks;
    private readonly int longest;

    /// <param name="words">The words of each condition, by its place.</param>
    public Vocabulary(IReadOnlyList<IReadOnlySet<string>> words)
    {
        var places = new Dictionary<string, List<int>>();
        for (var place = 0; place < words.Count; place++)
        {
            foreach (var word in words[place])
            {
                if (!places.TryGetValue(word, out var having))
                {
                    places[word] = having = [];
                }
                having.Add(place);
            }
        }
        this.words = [.. places.Keys.Order(StringComparer.Ordinal)];
        conditions = [.. this.words.Select(w => places[w].ToArray())];
        shared = [.. this.words.Select((w, i) => i == 0 ? 0 : w.AsSpan().CommonPrefixLength(this.words[i - 1]))];
        blocks = (words.Count + 63) / 64;
        longest = this.words.Length == 0 ? 0 : this.words.Max(w => w.Length);
    }

    /// <summary>No conditions.</summary>
    public ulong[] None() => new ulong[blocks];

    /// <summary>Those that have this very word.</summary>
    public ulong[] Having(string word)
    {
        var found = None();
        if (Array.BinarySearch(words, word, StringComparer.Ordinal) is >= 0 and var at)
        {
            Mark(found, at);
        }
        return found;
    }

    /// <summary>Those that have a word which begins so.</summary>
    public ulong[] Beginning(string word)
    {
        var found = None();
        var at = Array.BinarySearch(words, word, StringComparer.Ordinal);
        for (at = at < 0 ? ~at : at; at < words.Length && words[at].StartsWith(word, StringComparison.Ordinal); at++)
        {
            Mark(found, at);
        }
        return found;
    }

    /// <summary>
    /// Those that have a word which is nearly this: first with one slip in the whole word; then two, or one in how the word begins; then two in how it begins.
    /// Each of the three holds those before it, and those given.
    /// </summary>
    public ulong[][] Near(string word, ulong[] certain)
    {
        ulong[][] found = [[.. certain], [.. certain], [.. certain]];
        var slips = Misspelling.Forgiven(word);
        if (slips > 0)
        {
            Misspelling.Near(word, slips, words, shared, longest, (at, whole, beginning) =>
            {
                for (var level = whole <= 1 ? 0 : whole <= slips || beginning <= 1 ? 1 : 2; level < found.Length; level++)
                {
                    Mark(found[level], at);
                }
            });
        }
        return found;
    }

    private void Mark(ulong[] found, int at)
    {
        foreach (var place in conditions[at])
        {
            found[place >> 6] |= 1UL << place;
        }
    }
}
