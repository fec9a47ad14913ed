namespace SocialQI.Statistics.Agreement;

/// <summary>Two raters' counts with their margins, at least one subject. Sums are sorted: swapped raters and renamed categories change no bit.</summary>
internal sealed record ContingencyTable(IReadOnlyList<IReadOnlyList<int>> Cells, long[] Rows, long[] Columns, long Total)
{
    public static ContingencyTable? Of(IReadOnlyList<IReadOnlyList<int>> table)
    {
        long[] columns = new long[table.Count], rows = new long[table.Count];
        for (var i = 0; i < table.Count; i++)
        {
            for (var j = 0; j < table.Count; j++)
            {
                Given.Within(table[i][j], 0, Limits.CountMax, nameof(table));
                rows[i] += table[i][j];
                columns[j] += table[i][j];
            }
        }
        var total = rows.Sum();
        if (total > Limits.CountMax)
        {
            throw new ArgumentOutOfRangeException(nameof(table), total, "The table counts more subjects than are taken.");
        }
        return total == 0 ? null : new(table, rows, columns, total);
    }

    /// <summary>κ = 1 − disagreement there is/disagreement by chance, which is (pₒ − pₑ)/(1 − pₑ) without its cancellation.</summary>
    /// <param name="apart">How much putting a subject into i and j disagrees, 0 to 1.</param>
    public TwoRaters Kappa(Func<int, int, double> apart)
    {
        var observed = Sum.Of(Pairs().Select(p => apart(p.I, p.J) * Cells[p.I][p.J])) / Total;
        var expected = Sum.Of(Pairs().Select(p => apart(p.I, p.J) * (Rows[p.I] * Columns[p.J]))) / Total / Total;
        double? kappa = expected == 0 ? null : 1 - (observed / expected);
        return new((int)Total, 1 - observed, 1 - expected, kappa, kappa is { } known ? StandardError(apart, expected, known) : null);
    }

    /// <summary>
    /// SE² = {Σpᵢⱼ[wᵢⱼ − (w̄ᵢ. + w̄.ⱼ)(1 − κ)]² − [κ − pₑ(1 − κ)]²}/n(1 − pₑ)², with w = 1 − v in terms of disagreement:
    /// {Σpᵢⱼ[vᵢⱼ − (v̄ᵢ. + v̄.ⱼ)(1 − κ)]² − [v̄(1 − κ)]²}/n v̄², v̄ by chance.
    /// </summary>
    private double StandardError(Func<int, int, double> apart, double expected, double kappa)
    {
        var categories = Enumerable.Range(0, Rows.Length).ToArray();
        var ofRows = categories.Select(i => Sum.Of(categories.Select(j => Columns[j] * apart(i, j))) / Total).ToArray();
        var ofColumns = categories.Select(j => Sum.Of(categories.Select(i => Rows[i] * apart(i, j))) / Total).ToArray();
        var squares = Sum.Of(Pairs().Select(p => Cells[p.I][p.J] * Square(apart(p.I, p.J) - ((ofRows[p.I] + ofColumns[p.J]) * (1 - kappa))))) / Total;
        return Math.Sqrt(Math.Max(0, squares - Square(expected * (1 - kappa))) / Total) / expected;
    }

    private IEnumerable<(int I, int J)> Pairs() => Enumerable.Range(0, Rows.Length).SelectMany(i => Enumerable.Range(0, Rows.Length).Select(j => (i, j)));

    private static double Square(double value) => value * value;
}
