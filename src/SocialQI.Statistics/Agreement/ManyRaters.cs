namespace SocialQI.Statistics.Agreement;

/// <summary>Agreement on one category.</summary>
/// <param name="Share">p, how much of all ratings it has, 0 to 1.</param>
/// <param name="Kappa">At most 1; null where the share is 0 or 1.</param>
/// <param name="Z">Kappa over its standard error under chance; null where kappa is.</param>
public sealed record CategoryKappa(double Share, double? Kappa, double? Z);

/// <summary>Fleiss' kappa.</summary>
/// <param name="Subjects">N.</param>
/// <param name="RatersPerSubject">n, the same for all; not necessarily the same people.</param>
/// <param name="Observed">P̄, the share of agreeing pairs, 0 to 1.</param>
/// <param name="Expected">Pₑ, 0 to 1.</param>
/// <param name="Kappa">(P̄ − Pₑ)/(1 − Pₑ), −1/(n − 1) to 1; null where all ratings are of one category.</param>
/// <param name="StandardError">Under chance; null where kappa is.</param>
/// <param name="Z">Kappa over it; null where kappa is.</param>
/// <param name="P">Two-sided, of the normal distribution; null where kappa is.</param>
/// <param name="Categories">Each one's, in the order of the columns.</param>
public sealed record FleissKappa(
    int Subjects, int RatersPerSubject, double Observed, double Expected, double? Kappa, double? StandardError, double? Z, double? P, IReadOnlyList<CategoryKappa> Categories)
{
    /// <summary>
    /// Fleiss JL. Measuring nominal scale agreement among many raters. Psychol Bull 1971;76:378: P̄ = (1/N)Σ(Σnᵢⱼ² − n)/(n(n − 1)), Pₑ = Σpⱼ². Standard errors of
    /// Fleiss JL, Nee JCM, Landis JR. Psychol Bull 1979;86:974, as R's irr: SE² = 2[(Σpq)² − Σpq(q − p)]/(Nn(n − 1)(Σpq)²), and 2/(Nn(n − 1)) of one category.
    /// </summary>
    /// <param name="counts">Row i, column j: how many put subject i into category j. Rows of the same sum of 2 or more; at most <see cref="Limits.ValuesMax"/> rows,
    /// <see cref="Limits.CategoriesMax"/> columns and <see cref="Limits.CellsMax"/> cells.</param>
    /// <returns>Null without subjects, or with fewer than two ratings of each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or the table's size is out of range.</exception>
    /// <exception cref="ArgumentException">Rows differ in length or in sum.</exception>
    public static FleissKappa? Of(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        var table = SubjectTable.Of(counts);
        if (counts.Any(row => row.Sum() != counts[0].Sum()))
        {
            throw new ArgumentException("Subjects differ in how many rated them.", nameof(counts));
        }
        if (counts.Count == 0 || counts[0].Sum() < 2)
        {
            return null;
        }
        long n = counts[0].Sum(), ratings = n * counts.Count, pairs = ratings * (n - 1);
        // Of all pairs within subjects, and of all pairs of ratings, those that differ: whole numbers, 0 only where nothing differs.
        var apart = pairs - (table.Squares.Sum() - ratings);
        var apartByChance = ((Int128)ratings * ratings) - table.Columns.Aggregate((Int128)0, (sum, c) => sum + ((Int128)c * c));
        var observed = (double)apart / pairs;
        var expected = (double)apartByChance / (double)((Int128)ratings * ratings);
        double? kappa = apartByChance == 0 ? null : 1 - (observed / expected);
        double? error = apartByChance == 0 ? null : ErrorByChance([.. table.Columns.Select(c => (double)c / ratings)], pairs);
        var z = kappa / error;
        return new(
            counts.Count, (int)n, 1 - observed, 1 - expected, kappa, error, z, z is { } far ? Distributions.NormalTwoSided(far) : null,
            [.. table.Columns.Select((c, j) => Category(c, table.ColumnSquares[j], ratings, pairs))]);
    }

    private static CategoryKappa Category(long count, long squares, long ratings, long pairs)
    {
        var share = (double)count / ratings;
        if (count == 0 || count == ratings)
        {
            return new(share, null, null);
        }
        // Of the pairs in which one rating is of this category, how many agree.
        var agreeing = (double)(squares - count) / ((double)count * pairs / ratings);
        var kappa = (agreeing - share) / (1 - share);
        return new(share, kappa, kappa / Math.Sqrt(2.0 / pairs));
    }

    private static double ErrorByChance(double[] shares, long pairs)
    {
        var all = Sum.Of(shares.Select(p => p * (1 - p)));
        return Math.Sqrt(Math.Max(0, 2 * ((all * all) - Sum.Of(shares.Select(p => p * (1 - p) * (1 - p - p))))) / pairs) / all;
    }
}
