namespace SocialQI.Statistics.Agreement;

/// <summary>
/// Gwet's AC1, which stays high where nearly all agree on one category, and where kappa falls to 0 (the prevalence paradox). Source: Gwet KL. Computing inter-rater
/// reliability and its variance in the presence of high agreement. Br J Math Stat Psychol 2008;61:29.
/// </summary>
/// <param name="Subjects">How many have a rating.</param>
/// <param name="Observed">pₐ, the mean share of agreeing pairs over subjects with two or more ratings, 0 to 1.</param>
/// <param name="Expected">pₑ = Σπⱼ(1 − πⱼ)/(q − 1), π the mean over subjects of each one's shares; 0 to 1/q.</param>
/// <param name="Ac1">(pₐ − pₑ)/(1 − pₑ), −1 to 1.</param>
public sealed record GwetAc1(int Subjects, double Observed, double Expected, double Ac1)
{
    /// <summary>Subjects may differ in how many rated them. With two raters π is the mean of their two margins.</summary>
    /// <param name="counts">Row i, column j: how many put subject i into category j, 0 to <see cref="Limits.RatersMax"/>; one column for each of the q categories
    /// there are, used or not. At most <see cref="Limits.ValuesMax"/> rows, <see cref="Limits.CategoriesMax"/> columns and <see cref="Limits.CellsMax"/> cells.</param>
    /// <returns>Null with fewer than two categories, or where no subject has two ratings.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or the table's size is out of range.</exception>
    /// <exception cref="ArgumentException">Rows differ in length.</exception>
    public static GwetAc1? Of(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        var table = SubjectTable.Of(counts);
        var categories = table.Columns.Length;
        var ratings = counts.Select(row => row.Sum(c => (long)c)).ToArray();
        var paired = Enumerable.Range(0, counts.Count).Where(i => ratings[i] > 1).ToArray();
        if (categories < 2 || paired.Length == 0)
        {
            return null;
        }
        var rated = Enumerable.Range(0, counts.Count).Where(i => ratings[i] > 0).ToArray();
        var observed = Sum.Of(paired.Select(i => (double)(table.Squares[i] - ratings[i]) / (ratings[i] * (ratings[i] - 1)))) / paired.Length;
        var shares = Enumerable.Range(0, categories).Select(j => Sum.Of(rated.Select(i => (double)counts[i][j] / ratings[i])) / rated.Length);
        var expected = Sum.Of(shares.Select(p => p * (1 - p))) / (categories - 1);
        return new(rated.Length, observed, expected, (observed - expected) / (1 - expected));
    }
}
