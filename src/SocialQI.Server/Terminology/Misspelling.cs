namespace SocialQI.Server.Terminology;

/// <summary>
/// How many slips of the finger lie between what was typed and a word: a letter too many, one too few, a wrong one, two that changed places
/// (Damerau and Levenshtein, no letter moved twice).
/// </summary>
internal static class Misspelling
{
    /// <summary>How many slips are forgiven.</summary>
    public static int Forgiven(string asked) => asked.Length switch { < 4 => 0, <= 6 => 1, _ => 2 };

    /// <summary>Slips between two words.</summary>
    public static int Between(string asked, string word)
    {
        var rows = new Rows(asked, word.Length);
        for (var depth = 1; depth <= word.Length; depth++)
        {
            rows.Take(word, depth);
        }
        return rows.Whole(word.Length);
    }

    /// <summary>
    /// Finds in a sorted list all words, and all beginnings of words, that are near; told are the word's place, the slips to the whole word and the slips
    /// to its nearest beginning. Words with the same beginning share its rows, and what no ending can bring near is passed over.
    /// </summary>
    public static void Near(string asked, int slips, string[] sorted, int[] shared, int longest, Action<int, int, int> tell)
    {
        var rows = new Rows(asked, longest);
        var (known, hopelessAt) = (0, int.MaxValue);
        for (var i = 0; i < sorted.Length; i++)
        {
            var word = sorted[i];
            if (shared[i] < hopelessAt)
            {
                (known, hopelessAt) = (Math.Min(known, shared[i]), int.MaxValue);
                while (known < word.Length && hopelessAt == int.MaxValue)
                {
                    known++;
                    hopelessAt = rows.Take(word, known) > slips ? known : int.MaxValue;
                }
            }
            var beginning = rows.Beginning(known);
            if (beginning <= slips)
            {
                tell(i, hopelessAt == int.MaxValue ? rows.Whole(word.Length) : int.MaxValue, beginning);
            }
        }
    }

    // Row d has the slips from each beginning of what was asked to the first d letters of the word.
    private sealed class Rows
    {
        private readonly string asked;
        private readonly int width;
        private readonly int[] cells;
        private readonly int[] beginnings;

        public Rows(string asked, int longest)
        {
            (this.asked, width) = (asked, asked.Length + 1);
            cells = new int[(longest + 1) * width];
            beginnings = new int[longest + 1];
            for (var j = 0; j < width; j++)
            {
                cells[j] = j;
            }
            beginnings[0] = asked.Length;
        }

        public int Whole(int depth) => cells[(depth * width) + asked.Length];

        public int Beginning(int depth) => beginnings[depth];

        /// <summary>Fills the row of a word's letter; returns the least in it, which no later row goes below.</summary>
        public int Take(string word, int depth)
        {
            var (row, above) = (depth * width, (depth - 1) * width);
            var letter = word[depth - 1];
            var least = cells[row] = depth;
            for (var j = 1; j < width; j++)
            {
                var slips = Math.Min(Math.Min(cells[above + j], cells[row + j - 1]) + 1, cells[above + j - 1] + (asked[j - 1] == letter ? 0 : 1));
                if (depth > 1 && j > 1 && letter == asked[j - 2] && word[depth - 2] == asked[j - 1])
                {
                    slips = Math.Min(slips, cells[above - width + j - 2] + 1);
                }
                cells[row + j] = slips;
                least = Math.Min(least, slips);
            }
            beginnings[depth] = Math.Min(beginnings[depth - 1], cells[row + asked.Length]);
            return least;
        }
    }
}
