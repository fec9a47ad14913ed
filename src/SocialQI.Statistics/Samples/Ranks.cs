namespace SocialQI.Statistics.Samples;

/// <summary>Ranks with ties. Kept as twice their value, which is whole: sums of them are exact.</summary>
/// <param name="Doubled">Twice the mean rank of each value, in the order they came; the smallest value has rank 1.</param>
/// <param name="TieTerm">T = Σ(t³ − t) over groups of t equal values; 0 where there are no ties.</param>
internal readonly record struct Ranks(int[] Doubled, Int128 TieTerm)
{
    public static Ranks Of(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(k => values[k]).ToArray();
        var doubled = new int[values.Count];
        Int128 tieTerm = 0;
        for (var first = 0; first < order.Length;)
        {
            var next = first + 1;
            while (next < order.Length && values[order[next]] == values[order[first]])
            {
                next++;
            }
            for (var k = first; k < next; k++)
            {
                doubled[order[k]] = first + next + 1;
            }
            Int128 tied = next - first;
            tieTerm += (tied * tied * tied) - tied;
            first = next;
        }
        return new(doubled, tieTerm);
    }
}
