namespace SocialQI.Storage.Search;

/// <summary>
/// English words without their endings, so that "infusions" finds "infused": M. F. Porter, An algorithm for suffix stripping, 1980. Words of other
/// letters than a to z, and those of one or two, stay as they are.
/// </summary>
internal static class Stem
{
    private static readonly (string Ending, string Becomes)[] Second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("entli", "ent"), ("eli", "e"),
        ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Ending, string Becomes)[] Third =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly (string Ending, string Becomes)[] Fourth =
    [
        .. from ending in (string[])["ement", "ance", "ence", "able", "ible", "ment", "sion", "tion", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic", "ou"]
           select (ending, ending is "sion" or "tion" ? ending[..1] : ""),
    ];

    public static string Of(string word)
    {
        if (word.Length < 3 || !word.All(char.IsAsciiLetterLower))
        {
            return word;
        }
        word = WithoutPast(WithoutPlural(word));
        if (word[^1] == 'y' && HasVowel(word[..^1]))
        {
            word = word[..^1] + "i";
        }
        word = Replaced(word, Second, 0);
        word = Replaced(word, Third, 0);
        word = Replaced(word, Fourth, 1);
        if (word[^1] == 'e' && (Measure(word[..^1]) > 1 || (Measure(word[..^1]) == 1 && !EndsShort(word[..^1]))))
        {
            word = word[..^1];
        }
        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word) > 1 ? word[..^1] : word;
    }

    private static string WithoutPlural(string word) =>
        word switch
        {
            [.., 's', 's', 'e', 's'] or [.., 'i', 'e', 's'] => word[..^2],
            [.., 's', 's'] => word,
            [.., 's'] => word[..^1],
            _ => word,
        };

    private static string WithoutPast(string word) =>
        word switch
        {
            [.., 'e', 'e', 'd'] => Measure(word[..^3]) > 0 ? word[..^1] : word,
            [.., 'e', 'd'] when HasVowel(word[..^2]) => Mended(word[..^2]),
            [.., 'i', 'n', 'g'] when HasVowel(word[..^3]) => Mended(word[..^3]),
            _ => word,
        };

    private static string Mended(string stem) =>
        stem switch
        {
            [.., 'a', 't'] or [.., 'b', 'l'] or [.., 'i', 'z'] => stem + "e",
            [.., var c, var last] when c == last && IsConsonant(stem, stem.Length - 1) && last is not ('l' or 's' or 'z') => stem[..^1],
            _ => Measure(stem) == 1 && EndsShort(stem) ? stem + "e" : stem,
        };

    // The longest ending decides, also where it then stays because too little would be left.
    private static string Replaced(string word, (string Ending, string Becomes)[] endings, int measureOver)
    {
        var (ending, becomes) = endings.Where(e => word.EndsWith(e.Ending, StringComparison.Ordinal)).OrderByDescending(e => e.Ending.Length).FirstOrDefault();
        if (ending is null)
        {
            return word;
        }
        var stem = word[..^ending.Length];
        return Measure(stem + (ending is "sion" or "tion" && measureOver > 0 ? becomes : "")) > measureOver ? stem + becomes : word;
    }

    private static bool HasVowel(string stem) => Enumerable.Range(0, stem.Length).Any(i => !IsConsonant(stem, i));

    private static bool IsConsonant(string word, int at) =>
        word[at] switch
        {
            'a' or 'e' or 'i' or 'o' or 'u' => false,
            'y' => at == 0 || !IsConsonant(word, at - 1),
            _ => true,
        };

    /// <summary>How often a vowel is followed by a consonant.</summary>
    private static int Measure(string stem) => Enumerable.Range(1, Math.Max(0, stem.Length - 1)).Count(i => IsConsonant(stem, i) && !IsConsonant(stem, i - 1));

    /// <summary>Consonant, vowel, and a consonant other than w, x, y.</summary>
    private static bool EndsShort(string stem) =>
        stem.Length >= 3 && IsConsonant(stem, stem.Length - 3) && !IsConsonant(stem, stem.Length - 2) && IsConsonant(stem, stem.Length - 1)
        && stem[^1] is not ('w' or 'x' or 'y');
}
