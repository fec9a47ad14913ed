namespace SocialQI.Statistics.Pooling;

/// <summary>What a place in somebody's list counts.</summary>
public enum RankWeight
{
    /// <summary>1/r for place r: the rule of Barnett 2019.</summary>
    Inverse,

    /// <summary>1/r².</summary>
    InverseSquare,

    /// <summary>1 wherever it stands.</summary>
    Equal,
}

/// <summary>A diagnosis as all lists together place it.</summary>
/// <param name="Label">As it was listed.</param>
/// <param name="Score">The sum of its places' weights, above 0.</param>
/// <param name="Raters">How many who count listed it.</param>
/// <param name="FirstPlaces">How many of these listed it first.</param>
public sealed record PooledDiagnosis(string Label, double Score, int Raters, int FirstPlaces);

/// <summary>
/// Differential diagnoses of several people made one. Source: Barnett ML, Boddupalli D, Nundy S, Bates DW. Comparative accuracy of diagnosis by collective intelligence
/// of multiple physicians vs individual physicians. JAMA Netw Open 2019;2:e190096.
/// </summary>
/// <param name="Raters">How many lists there were, empty ones too.</param>
/// <param name="Diagnoses">All that were listed, the best first: by score, then by how many listed it, by first places, and by label (ordinal). No two places are the same.</param>
public sealed record PooledDifferential(int Raters, IReadOnlyList<PooledDiagnosis> Diagnoses)
{
    /// <summary>How many of one list count by default.</summary>
    public const int ListedDefault = 3;

    /// <summary>The longest list that may be allowed.</summary>
    public const int ListedMax = 20;

    /// <summary>How many diagnoses are the group's answer.</summary>
    public const int AnswerMax = 3;

    // The least number that all of 1 to ListedMax divide: shares of it are whole, so that equal scores are equal.
    private const long Whole = 232_792_560;

    /// <summary>The group's answer: the first three.</summary>
    public IReadOnlyList<PooledDiagnosis> Answer => [.. Diagnoses.Take(AnswerMax)];

    /// <summary>Whether the group was right: the truth is among its first three.</summary>
    /// <param name="truth">The label, compared ordinally.</param>
    public bool IsRight(string truth) => Diagnoses.Take(AnswerMax).Any(d => d.Label == truth);

    /// <summary>
    /// Sums the weights of places over all lists. Labels are compared as they are: make one of synonyms before, by their codes.
    /// </summary>
    /// <param name="lists">One a person, the likeliest first; none of them with the same label twice. At most <see cref="Limits.RatersMax"/>, labels not blank and at most
    /// <see cref="Limits.LabelLengthMax"/> characters.</param>
    /// <param name="weight">What a place counts.</param>
    /// <param name="listedMax">How long a list may be, 1 to <see cref="ListedMax"/>.</param>
    /// <param name="weights">What a person counts, one a list, 0 or more: it multiplies the weights of that list's places. A list of weight 0 is as an empty one. Null, or all 0:
    /// each counts 1. Only how they relate to the largest matters for the order; what is less than 2⁻⁵³ of it counts as that much.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too many lists, one is longer than allowed, the weight has no name, a person's is out of range.</exception>
    /// <exception cref="ArgumentException">A list has a label twice, or a blank or too long one; there are not as many weights as lists, or none counts.</exception>
    public static PooledDifferential Of(
        IReadOnlyList<IReadOnlyList<string>> lists, RankWeight weight, int listedMax = ListedDefault, IReadOnlyList<double>? weights = null)
    {
        Given.Within(listedMax, 1, ListedMax);
        Given.Named(weight);
        Given.Few(lists, Limits.RatersMax);
        foreach (var list in lists)
        {
            Given.Few(list, listedMax, nameof(lists));
            foreach (var label in list)
            {
                Given.Label(label, nameof(lists));
            }
            if (list.Distinct(StringComparer.Ordinal).Count() != list.Count)
            {
                throw new ArgumentException("A list has the same diagnosis twice.", nameof(lists));
            }
        }
        var units = Units.Of(lists, weights);
        return new(lists.Count, Pool([.. lists.Zip(units.Each).Where(l => l.Second > 0)], weight, units.Shift));
    }

    private static PooledDiagnosis[] Pool(IReadOnlyList<(IReadOnlyList<string> List, long Units)> lists, RankWeight weight, int shift) =>
    [
        .. lists.SelectMany(l => l.List.Select((label, place) => (Label: label, Place: place, l.Units)))
            .GroupBy(listed => listed.Label, StringComparer.Ordinal)
            .Select(g => (
                Exact: g.Aggregate((Int128)0, (sum, listed) => sum + (listed.Units * Weight(listed.Place + 1, weight))),
                Diagnosis: new PooledDiagnosis(g.Key, 0, g.Count(), g.Count(listed => listed.Place == 0))))
            .OrderByDescending(d => d.Exact)
            .ThenByDescending(d => d.Diagnosis.Raters)
            .ThenByDescending(d => d.Diagnosis.FirstPlaces)
            .ThenBy(d => d.Diagnosis.Label, StringComparer.Ordinal)
            .Select(d => d.Diagnosis with { Score = Math.ScaleB((double)d.Exact / (double)Weight(1, weight), -shift) }),
    ];

    private static Int128 Weight(int place, RankWeight weight) => weight switch
    {
        RankWeight.Inverse => Whole / place,
        RankWeight.InverseSquare => (Int128)(Whole / place) * (Whole / place),
        _ => 1,
    };

    // People's weights as whole multiples of 2^-Shift, the largest of 53 bits: with them sums are still exact, and with the most lists and squares within 123 bits.
    private readonly record struct Units(IReadOnlyList<long> Each, int Shift)
    {
        private const int Bits = 53;

        public static Units Of(IReadOnlyList<IReadOnlyList<string>> lists, IReadOnlyList<double>? weights)
        {
            if (weights is not null)
            {
                Given.SameLength(lists, weights);
            }
            if (weights is null || weights.All(w => w == 0))
            {
                return new([.. lists.Select(_ => 1L)], 0);
            }
            Given.Weights(weights);
            var shift = Bits - 1 - Math.ILogB(weights.Max());
            return new([.. weights.Select(w => w == 0 ? 0 : Math.Max(1, (long)Math.Round(Math.ScaleB(w, shift))))], shift);
        }
    }
}
