namespace SocialQI.Statistics.Agreement;

/// <summary>What a disagreement between ordered categories i and j of k counts.</summary>
public enum KappaWeights
{
    /// <summary>Agreement 1 − |i − j|/(k − 1).</summary>
    Linear,

    /// <summary>Agreement 1 − (i − j)²/(k − 1)².</summary>
    Quadratic,
}

/// <summary>Agreement of two raters beyond chance.</summary>
/// <param name="Subjects">How many both rated.</param>
/// <param name="Observed">pₒ, the (weighted) agreement there is, 0 to 1.</param>
/// <param name="Expected">pₑ, what chance would bring, 0 to 1.</param>
/// <param name="Kappa">(pₒ − pₑ)/(1 − pₑ), at most 1; null where pₑ = 1, as where both put everything into one category.</param>
/// <param name="StandardError">In large samples, not under chance (Fleiss JL, Cohen J, Everitt BS. Psychol Bull 1969;72:323); null where kappa is.</param>
public sealed record TwoRaters(int Subjects, double Observed, double Expected, double? Kappa, double? StandardError)
{
    /// <summary>κ ± z·SE, cut at 1 and at −1; given weights may bring kappa itself below −1, and then it is not cut there. Null where kappa is.</summary>
    /// <param name="confidence"><see cref="Proportions.WilsonInterval.ConfidenceMin"/> to <see cref="Proportions.WilsonInterval.ConfidenceMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is out of range.</exception>
    public (double Low, double High)? Interval(double confidence = Proportions.WilsonInterval.ConfidenceDefault)
    {
        Given.Within(confidence, Proportions.WilsonInterval.ConfidenceMin, Proportions.WilsonInterval.ConfidenceMax);
        return Kappa is { } kappa && StandardError * Proportions.WilsonInterval.Z(confidence) is { } half ? (Math.Max(Math.Min(-1, kappa), kappa - half), Math.Min(1, kappa + half)) : null;
    }

    /// <summary>Cohen's kappa. Source: Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas 1960;20:37. pₒ = Σpᵢᵢ, pₑ = Σpᵢ.p.ᵢ.</summary>
    /// <param name="table">Row i, column j: how many the first put into i and the second into j, 0 or more. Square, at most <see cref="Limits.CategoriesMax"/> wide,
    /// together at most <see cref="Limits.CountMax"/>.</param>
    /// <returns>Null where nothing was rated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or the table's size is out of range.</exception>
    /// <exception cref="ArgumentException">The table is not square.</exception>
    public static TwoRaters? Cohen(IReadOnlyList<IReadOnlyList<int>> table) => Of(table, (i, j) => i == j ? 0 : 1);

    /// <summary>
    /// Weighted kappa for ordered categories, all of the scale, used or not. Source: Cohen J. Weighted kappa. Psychol Bull 1968;70:213. One category has no disagreement.
    /// </summary>
    /// <param name="table">As for <see cref="Cohen"/>.</param>
    /// <param name="weights">What a disagreement counts.</param>
    /// <returns>Null where nothing was rated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or the table's size is out of range, or the weights have no name.</exception>
    /// <exception cref="ArgumentException">The table is not square.</exception>
    public static TwoRaters? Weighted(IReadOnlyList<IReadOnlyList<int>> table, KappaWeights weights)
    {
        Given.Named(weights);
        double far = Math.Max(1, Rows(table) - 1);
        return Of(table, (i, j) => weights == KappaWeights.Linear ? Math.Abs(i - j) / far : (i - j) * (i - j) / (far * far));
    }

    /// <summary>Weighted kappa with given weights of disagreement v: κ = 1 − Σvᵢⱼpᵢⱼ/Σvᵢⱼpᵢ.p.ⱼ (Cohen 1968). Observed and expected are 1 − v/v max.</summary>
    /// <param name="table">As for <see cref="Cohen"/>.</param>
    /// <param name="disagreement">As wide as the table; 0 on the diagonal, else 0 to <see cref="Limits.MagnitudeMax"/>, at least one 1e-12 or more.</param>
    /// <returns>Null where nothing was rated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count, a weight or a size is out of range.</exception>
    /// <exception cref="ArgumentException">A table is not square or not as wide as the other, or there is no disagreement.</exception>
    public static TwoRaters? Weighted(IReadOnlyList<IReadOnlyList<int>> table, IReadOnlyList<IReadOnlyList<double>> disagreement)
    {
        var categories = Rows(table);
        Given.Rectangle(disagreement, Limits.CategoriesMax, Limits.CategoriesMax);
        Given.SameLength(table, disagreement);
        for (var i = 0; i < categories; i++)
        {
            Given.SameLength(table, disagreement[i], nameof(disagreement));
            for (var j = 0; j < categories; j++)
            {
                Given.Within(disagreement[i][j], 0, i == j ? 0 : Limits.MagnitudeMax, nameof(disagreement));
            }
        }
        var most = disagreement.SelectMany(row => row).DefaultIfEmpty(0).Max();
        if (most < 1 / Limits.MagnitudeMax)
        {
            throw new ArgumentException("No disagreement has a weight.", nameof(disagreement));
        }
        return Of(table, (i, j) => disagreement[i][j] / most);
    }

    /// <summary>The table of two raters' categories, for the others here.</summary>
    /// <param name="first">One category a subject, 0 to <paramref name="categories"/> − 1, at most <see cref="Limits.ValuesMax"/>.</param>
    /// <param name="second">The same subjects in the same order.</param>
    /// <param name="categories">How many there are, 1 to <see cref="Limits.CategoriesMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A category or a number is out of range.</exception>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Table(IReadOnlyList<int> first, IReadOnlyList<int> second, int categories)
    {
        Given.Within(categories, 1, Limits.CategoriesMax);
        Given.Integers(first, 0, categories - 1);
        Given.Integers(second, 0, categories - 1);
        Given.SameLength(first, second);
        var table = Enumerable.Range(0, categories).Select(_ => new int[categories]).ToArray();
        foreach (var (row, column) in first.Zip(second))
        {
            table[row][column]++;
        }
        return table;
    }

    private static int Rows(IReadOnlyList<IReadOnlyList<int>> table)
    {
        var columns = Given.Rectangle(table, Limits.CategoriesMax, Limits.CategoriesMax);
        if (columns != table.Count)
        {
            throw new ArgumentException("The table is not square.", nameof(table));
        }
        return columns;
    }

    private static TwoRaters? Of(IReadOnlyList<IReadOnlyList<int>> table, Func<int, int, double> apart)
    {
        Rows(table);
        return ContingencyTable.Of(table) is { } counts ? counts.Kappa(apart) : null;
    }
}
