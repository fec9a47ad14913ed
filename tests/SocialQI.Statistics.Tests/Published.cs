namespace SocialQI.Statistics.Tests;

/// <summary>Data that were printed with results of others.</summary>
internal static class Published
{
    /// <summary>Anxiety of 20 people rated 1 to 6 by three raters, one row a rater: the data set <c>anxiety</c> of R's irr.</summary>
    public static readonly int[][] Anxiety =
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ];

    /// <summary>Diagnoses 1 to 5 of 30 psychiatric patients by six raters, one row a patient (Fleiss 1971; as in R's irr, sorted within patients).</summary>
    public static readonly int[][] Diagnoses =
    [
        [4, 4, 4, 4, 4, 4], [2, 2, 2, 5, 5, 5], [2, 3, 3, 3, 3, 5], [5, 5, 5, 5, 5, 5], [2, 2, 2, 4, 4, 4], [1, 1, 3, 3, 3, 3],
        [3, 3, 3, 3, 5, 5], [1, 1, 3, 3, 3, 4], [1, 1, 4, 4, 4, 4], [5, 5, 5, 5, 5, 5], [1, 4, 4, 4, 4, 4], [1, 2, 4, 4, 4, 4],
        [2, 2, 2, 3, 3, 3], [1, 4, 4, 4, 4, 4], [2, 2, 4, 4, 4, 5], [3, 3, 3, 3, 3, 5], [1, 1, 1, 4, 5, 5], [1, 1, 1, 1, 1, 2],
        [2, 2, 4, 4, 4, 4], [1, 3, 3, 5, 5, 5], [5, 5, 5, 5, 5, 5], [2, 4, 4, 4, 4, 4], [2, 2, 4, 5, 5, 5], [1, 1, 4, 4, 4, 4],
        [1, 4, 4, 4, 4, 5], [2, 2, 2, 2, 2, 4], [1, 1, 1, 1, 5, 5], [2, 2, 4, 4, 4, 4], [1, 3, 3, 3, 3, 3], [5, 5, 5, 5, 5, 5],
    ];

    /// <summary>The same, from 0.</summary>
    public static int[][] DiagnosesFromZero => [.. Diagnoses.Select(row => row.Select(d => d - 1).ToArray())];

    public static double[] Numbers(IEnumerable<int> values) => [.. values.Select(v => (double)v)];

    public static double[][] Numbers(IEnumerable<int[]> rows) => [.. rows.Select(r => Numbers((IEnumerable<int>)r))];
}
