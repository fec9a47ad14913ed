namespace SocialQI.Statistics.Agreement;

/// <summary>How many put each subject into each category, in whole numbers: no order of subjects or categories changes a bit.</summary>
/// <param name="Columns">How many ratings each category has.</param>
/// <param name="ColumnSquares">The sum of squared counts of each category.</param>
/// <param name="Squares">The sum of squared counts of each subject.</param>
internal sealed record SubjectTable(long[] Columns, long[] ColumnSquares, long[] Squares)
{
    public static SubjectTable Of(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        var categories = Given.Rectangle(counts, Limits.ValuesMax, Limits.CategoriesMax);
        long[] columns = new long[categories], columnSquares = new long[categories], squares = new long[counts.Count];
        for (var i = 0; i < counts.Count; i++)
        {
            for (var j = 0; j < categories; j++)
            {
                Given.Within(counts[i][j], 0, Limits.RatersMax, nameof(counts));
                columns[j] += counts[i][j];
                columnSquares[j] += (long)counts[i][j] * counts[i][j];
                squares[i] += (long)counts[i][j] * counts[i][j];
            }
        }
        return new(columns, columnSquares, squares);
    }
}
