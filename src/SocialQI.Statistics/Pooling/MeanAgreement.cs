namespace SocialQI.Statistics.Pooling;

/// <summary>
/// How good somebody may be while nobody knows the truth. Source: Kurvers RHJM, Herzog SM, Hertwig R, et al. How to detect high-performing individuals and groups:
/// decision similarity predicts accuracy. Sci Adv 2019;5:eaaw9011. It rests on the majority being right more often than not: use it as a provisional weight, called so.
/// </summary>
public static class MeanAgreement
{
    /// <summary>For each person the mean, over all others who share a case, of the share of shared cases in which both answered the same. 0 to 1.</summary>
    /// <param name="answers">One row a person, one column a case; null where somebody gave no answer. Answers are compared ordinally. At most
    /// <see cref="Limits.PairedRatersMax"/> rows and <see cref="Limits.CellsMax"/> cells.</param>
    /// <returns>In the order of the rows; null for whoever shares no case with anybody.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The table is too large.</exception>
    /// <exception cref="ArgumentException">Rows differ in length.</exception>
    public static IReadOnlyList<double?> WithOthers(IReadOnlyList<IReadOnlyList<string?>> answers)
    {
        Given.Rectangle(answers, Limits.PairedRatersMax, Limits.ValuesMax);
        return [.. answers.Select((one, k) => Mean([.. answers.Where((_, other) => other != k).Select(other => Shared(one, other)).OfType<double>()]))];
    }

    private static double? Mean(double[] shares) => shares.Length == 0 ? null : Math.Clamp(Sum.Of(shares) / shares.Length, 0, 1);

    private static double? Shared(IReadOnlyList<string?> one, IReadOnlyList<string?> other)
    {
        int same = 0, shared = 0;
        for (var k = 0; k < one.Count; k++)
        {
            if (one[k] is not null && other[k] is not null)
            {
                shared++;
                same += one[k] == other[k] ? 1 : 0;
            }
        }
        return shared == 0 ? null : (double)same / shared;
    }
}
