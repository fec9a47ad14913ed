using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Terminology;

/// <summary>
/// Finds conditions while somebody types: by code, by words in any order, by their beginnings, by synonyms, and nearly. Made once of the current versions,
/// never changed, asked by any number of threads. Conditions stand in the order in which they are offered, common ones and short names first, so that a
/// rank is a place and the best are the first bits of a set. 75,000 codes take about 40 MB, most of it their titles, and a search some 100 KB for its time.
/// </summary>
internal sealed class ConditionIndex
{
    private const int WordsMax = 8;

    private readonly Concept[] conditions;
    private readonly Vocabulary vocabulary;
    private readonly (string Code, int Place)[] codes;
    private readonly Dictionary<ulong, int[]> terms;

    /// <param name="concepts">Of the current versions of what was loaded; the first of a code counts.</param>
    /// <param name="common">The starter list: its codes come first and bring their synonyms; it is all there is when nothing was loaded.</param>
    public ConditionIndex(IEnumerable<Concept> concepts, IReadOnlyList<Concept> common)
    {
        var known = common.ToDictionary(c => c.Code);
        var loaded = concepts.DistinctBy(c => c.Code).ToList();
        var ranked = (loaded.Count == 0 ? common : loaded)
            .Select(c => known.TryGetValue(c.Code, out var plain)
                ? new Ranked(true, Math.Min(c.Title.Length, plain.Title.Length), Joined(c, plain))
                : new Ranked(false, c.Title.Length, c))
            .OrderByDescending(r => r.IsCommon).ThenBy(r => r.Brief).ThenBy(r => r.Concept.Code, StringComparer.Ordinal);
        conditions = [.. ranked.Select(r => r.Concept)];
        var words = conditions.Select(c => Terms(c).Select(Spelling.Words).ToList()).ToList();
        vocabulary = new Vocabulary([.. words.Select(w => w.SelectMany(t => t).ToHashSet())]);
        terms = words.SelectMany((w, place) => w.Select(t => (Key: Key(t), Place: place))).GroupBy(t => t.Key, t => t.Place).ToDictionary(g => g.Key, g => g.Distinct().ToArray());
        codes = [.. conditions.Select((c, place) => (Code: Plain(c.Code), place)).OrderBy(c => c.Code, StringComparer.Ordinal)];
    }

    public int Count => conditions.Length;

    /// <summary>The best first: code; a whole name, synonym or abbreviation; all its words; their beginnings; nearly.</summary>
    public IReadOnlyList<ConditionLine> Find(string asked, int take)
    {
        var words = Spelling.Words(asked);
        words = words[..Math.Min(words.Count, WordsMax)];
        var found = new List<ConditionLine>();
        var seen = new HashSet<int>();
        foreach (var place in ByCode(asked).Concat(ByWords(words, asked.Trim())).Where(seen.Add).Take(take))
        {
            var condition = conditions[place];
            found.Add(new ConditionLine(condition.Code, condition.Title, IsByCode(asked, condition) ? null : FoundBy(condition, words)));
        }
        return found;
    }

    private IEnumerable<int> ByCode(string asked)
    {
        var code = Plain(asked.Trim());
        if (code.Length is < 2 or > 7 || !char.IsAsciiLetter(code[0]) || !char.IsAsciiDigit(code[1]) || !code.All(char.IsAsciiLetterOrDigit))
        {
            return [];
        }
        var (low, high) = (0, codes.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(codes[middle].Code, code) < 0 ? (middle + 1, high) : (low, middle);
        }
        return codes.Skip(low).TakeWhile(c => c.Code.StartsWith(code, StringComparison.Ordinal)).OrderBy(c => c.Code != code).ThenBy(c => c.Place).Select(c => c.Place);
    }

    // Each step is made only when those before it were too few.
    private IEnumerable<int> ByWords(List<string> words, string asked)
    {
        if (words.Count == 0)
        {
            yield break;
        }
        // Letter by letter first: to who types HE the angioedema that is called HAE is the same word, but not the one meant.
        foreach (var place in terms.GetValueOrDefault(Key(words), []).OrderBy(place => !Terms(conditions[place]).Contains(asked, StringComparer.OrdinalIgnoreCase)))
        {
            yield return place;
        }
        foreach (var place in InAll(words.ConvertAll(vocabulary.Having)))
        {
            yield return place;
        }
        var begun = words.ConvertAll(vocabulary.Beginning);
        foreach (var place in InAll(begun))
        {
            yield return place;
        }
        var near = words.Select((w, i) => vocabulary.Near(w, begun[i])).ToList();
        for (var level = 0; level < 3; level++)
        {
            foreach (var place in InAll(near.ConvertAll(n => n[level])))
            {
                yield return place;
            }
        }
    }

    private static IEnumerable<int> InAll(List<ulong[]> sets)
    {
        for (var block = 0; block < sets[0].Length; block++)
        {
            var bits = ulong.MaxValue;
            foreach (var set in sets)
            {
                bits &= set[block];
            }
            for (; bits != 0; bits &= bits - 1)
            {
                yield return (block << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    private static bool IsByCode(string asked, Concept condition) => Plain(condition.Code).StartsWith(Plain(asked.Trim()), StringComparison.Ordinal);

    // Which words of the condition were meant: nothing need be said when its title has them.
    private static string? FoundBy(Concept condition, List<string> asked)
    {
        var title = Spelling.Words(condition.Title);
        return asked.TrueForAll(a => title.Exists(w => w.StartsWith(a, StringComparison.Ordinal))) ? null
            : condition.Synonyms.FirstOrDefault(s => Key(Spelling.Words(s)) == Key(asked))
                ?? condition.Synonyms.FirstOrDefault(s => Spelling.Words(s) is var words && asked.TrueForAll(a => words.Exists(w => w.StartsWith(a, StringComparison.Ordinal))))
                ?? (asked.TrueForAll(a => title.Exists(w => IsNear(a, w))) ? null
                    : condition.Synonyms.FirstOrDefault(s => Spelling.Words(s) is var words && asked.TrueForAll(a => words.Exists(w => IsNear(a, w)))));
    }

    private static bool IsNear(string asked, string word) =>
        word.StartsWith(asked, StringComparison.Ordinal) || Misspelling.Between(asked, word) <= Misspelling.Forgiven(asked);

    private static IEnumerable<string> Terms(Concept concept) => concept.Synonyms.Prepend(concept.Title);

    private static Concept Joined(Concept loaded, Concept plain) => ReferenceEquals(loaded, plain) ? plain : loaded with
    {
        Synonyms = [.. loaded.Synonyms.Append(plain.Title).Concat(plain.Synonyms).Where(s => s != loaded.Title).Distinct()],
    };

    private readonly record struct Ranked(bool IsCommon, int Brief, Concept Concept);

    // The same for the same words in any order, and a quarter of their size; of a million terms no two others have the same (Fowler, Noll, Vo).
    private static ulong Key(List<string> words)
    {
        var key = 14_695_981_039_346_656_037UL;
        foreach (var word in words.Order(StringComparer.Ordinal))
        {
            foreach (var c in word.Append(' '))
            {
                key = (key ^ c) * 1_099_511_628_211UL;
            }
        }
        return key;
    }

    private static string Plain(string code) => code.Replace(".", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);
}
