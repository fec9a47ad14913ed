namespace SocialQI.Statistics.Agreement;

/// <summary>Agreement of several raters who all rated every subject, so that it is known who rated what.</summary>
public static class SameRaters
{
    /// <summary>
    /// Conger AJ. Integration and generalization of kappas for multiple raters. Psychol Bull 1980;88:322: chance agreement is the mean of Σpₐⱼp_bⱼ over all pairs of raters a, b,
    /// where Fleiss takes one distribution for all. Of two raters it is Cohen's kappa.
    /// </summary>
    /// <param name="ratings">Row: a subject, column: a rater; a category, 0 to <paramref name="categories"/> − 1. At most <see cref="Limits.ValuesMax"/> rows,
    /// <see cref="Limits.PairedRatersMax"/> columns and <see cref="Limits.CellsMax"/> cells.</param>
    /// <param name="categories">How many there are, 1 to <see cref="Limits.CategoriesMax"/>.</param>
    /// <returns>At most 1. Null without subjects, with fewer than two raters, or where everybody put everything into one category.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A category, a number or the table's size is out of range.</exception>
    /// <exception cref="ArgumentException">Rows differ in length.</exception>
    public static double? Conger(IReadOnlyList<IReadOnlyList<int>> ratings, int categories)
    {
        var raters = Check(ratings, categories);
        if (ratings.Count == 0 || raters < 2)
        {
            return null;
        }
        var byRater = Enumerable.Range(0, raters).Select(rater => CountsOf(ratings.Select(row => row[rater]), categories)).ToArray();
        var subjects = (Int128)ratings.Count;
        Int128 pairs = (Int128)raters * (raters - 1);
        var agreeing = ratings.Aggregate((Int128)0, (sum, row) => sum + CountsOf(row, categories).Sum(c => c * (c - 1)));
        Int128 expected = 0;
        for (var category = 0; category < categories; category++)
        {
            Int128 all = byRater.Sum(counts => counts[category]);
            expected += (all * all) - byRater.Aggregate((Int128)0, (sum, counts) => sum + ((Int128)counts[category] * counts[category]));
        }
        // Both are whole shares of N²m(m − 1).
        var left = (pairs * subjects * subjects) - expected;
        return left == 0 ? null : (double)((agreeing * subjects) - expected) / (double)left;
    }

    /// <summary>
    /// The mean of Cohen's kappas of all pairs of raters. Source: Light RJ. Measures of response agreement for qualitative data. Psychol Bull 1971;76:365.
    /// </summary>
    /// <param name="ratings">As for <see cref="Conger"/>.</param>
    /// <param name="categories">As for <see cref="Conger"/>.</param>
    /// <returns>At most 1. Null without subjects, with fewer than two raters, or where the kappa of any pair is undefined.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A category, a number or the table's size is out of range.</exception>
    /// <exception cref="ArgumentException">Rows differ in length.</exception>
    public static double? Light(IReadOnlyList<IReadOnlyList<int>> ratings, int categories)
    {
        var raters = Check(ratings, categories);
        var columns = Enumerable.Range(0, raters).Select(rater => ratings.Select(row => row[rater]).ToArray()).ToArray();
        var counts = columns.Select(column => CountsOf(column, categories)).ToArray();
        var kappas = Enumerable.Range(0, raters).SelectMany(one => Enumerable.Range(0, one).Select(other => Cohen(columns, counts, one, other))).ToArray();
        return kappas.Length == 0 || kappas.Contains(null) ? null : Sum.Of(kappas.OfType<double>()) / kappas.Length;
    }

    // As TwoRaters.Cohen, without its table: of many raters and categories there would be many large ones.
    private static double? Cohen(int[][] columns, long[][] counts, int one, int other)
    {
        long subjects = columns[one].Length;
        long agreeing = columns[one].Zip(columns[other]).Count(pair => pair.First == pair.Second);
        var expected = counts[one].Zip(counts[other]).Sum(pair => pair.First * pair.Second);
        var left = (subjects * subjects) - expected;
        return left == 0 ? null : (double)((agreeing * subjects) - expected) / left;
    }

    /// <summary>How many put each subject into each category, for <see cref="FleissKappa"/> and <see cref="GwetAc1"/>.</summary>
    /// <param name="ratings">As for <see cref="Conger"/>.</param>
    /// <param name="categories">As for <see cref="Conger"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A category, a number or the table's size is out of range.</exception>
    /// <exception cref="ArgumentException">Rows differ in length.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Counts(IReadOnlyList<IReadOnlyList<int>> ratings, int categories)
    {
        Check(ratings, categories);
        return [.. ratings.Select(row => CountsOf(row, categories).Select(c => (int)c).ToArray())];
    }

    private static int Check(IReadOnlyList<IReadOnlyList<int>> ratings, int categories)
    {
        Given.Within(categories, 1, Limits.CategoriesMax);
        var raters = Given.Rectangle(ratings, Limits.ValuesMax, Limits.PairedRatersMax);
        foreach (var row in ratings)
        {
            Given.Integers(row, 0, categories - 1, nameof(ratings));
        }
        return raters;
    }

    private static long[] CountsOf(IEnumerable<int> ratings, int categories)
    {
        var counts = new long[categories];
        foreach (var rating in ratings)
        {
            counts[rating]++;
        }
        return counts;
    }
}
